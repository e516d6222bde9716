import type { CaseView } from '@comity/node/api';
import { useEffect } from 'react';
import { addWords } from '../../words/catalogue.ts';
import { useWords } from '../../words/useWords.ts';

/** What stood in the way of an act before this decision, and who went on all the same; the reason is among what was written, above. */
export function Overridden({ view }: { readonly view: CaseView }) {
  const { term, has } = useWords();
  const acts = view.acts.filter(({ data }) => typeof data['overrides'] === 'string');
  useEffect(() => {
    if (acts.length > 0) void addWords('gate');
  }, [acts.length]);
  if (acts.length === 0) return null;
  return (
    <section aria-labelledby="overridden">
      <h3 id="overridden">{term('member.overrides')}</h3>
      <ul>
        {acts.flatMap((act) =>
          String(act.data['overrides'])
            .split(' ')
            .map((rule) => (
              <li key={`${act.digest} ${rule}`}>
                {has(rule) ? term(rule) : <code>{rule}</code>}{' '}
                <span className="quiet">
                  ({term(`act.${act.type}.done`)}: <bdi>{act.person}</bdi>, {term(`role.${act.role}`)})
                </span>
              </li>
            )),
        )}
      </ul>
    </section>
  );
}

import { isJsonObject } from '@comity/core';
import type { ActView, CaseView } from '@comity/node/api';
import { useEffect } from 'react';
import { addWords } from '../../words/catalogue.ts';
import { useWords } from '../../words/useWords.ts';

/** What stood in the way of an act before this decision, and why it went on all the same. */
export function Overridden({ view }: { readonly view: CaseView }) {
  const { term } = useWords();
  const acts = view.acts.filter(({ data }) => typeof data['overrides'] === 'string');
  useEffect(() => {
    if (acts.length > 0) void addWords('gate');
  }, [acts.length]);
  if (acts.length === 0) return null;
  return (
    <section aria-labelledby="overridden">
      <h2 id="overridden">{term('member.overrides')}</h2>
      {acts.map((act) => (
        <OneOverride key={act.digest} act={act} />
      ))}
    </section>
  );
}

function OneOverride({ act }: { readonly act: ActView }) {
  const { t, term, has } = useWords();
  const rules = String(act.data['overrides']).split(' ');
  const section = act.sections['override'];
  const reason = isJsonObject(section) ? section['text'] : undefined;
  return (
    <>
      <ul>
        {rules.map((rule) => (
          <li key={rule}>{has(rule) ? term(rule) : <code>{rule}</code>}</li>
        ))}
      </ul>
      <p>
        <strong>{term('section.override')}:</strong>{' '}
        {typeof reason === 'string' ? <bdi dir="auto">{reason}</bdi> : <span className="quiet">{t('withheld')}</span>}{' '}
        <span className="quiet">
          ({act.person}, {term(`act.${act.type}.done`)})
        </span>
      </p>
    </>
  );
}

import type { OversightView, WatchedContradiction } from '@comity/node/api';
import { useState } from 'react';
import { useWords } from '../../words/useWords.ts';
import { More } from './More.tsx';
import { officeOf } from './officeOf.ts';

/** Contradictions that are shown at first: an office that lies once often does so many times. */
const FIRST = 10;

/** Where one log says that another holds an entry, and that one does not: who says what about whom. */
export function ContradictionList({ view }: { readonly view: OversightView }) {
  const { t } = useWords();
  const [all, setAll] = useState(false);
  const shown = all ? view.contradictions : view.contradictions.slice(0, FIRST);
  return (
    <section className="section" aria-labelledby="contradictions">
      <h2 id="contradictions">{t('oversight.contradictions')}</h2>
      {view.contradictions.length === 0 ? (
        <p className="quiet">{t('oversight.contradictions.empty')}</p>
      ) : (
        <>
          <p>{t('oversight.says.next')}</p>
          <ul className="contradictions">
            {shown.map((one) => (
              <li key={`${one.toldBy} ${one.toldAt} ${one.about} ${one.index}`}>
                <Said one={one} view={view} />
              </li>
            ))}
          </ul>
          <More hidden={view.contradictions.length - shown.length} show={() => setAll(true)} />
        </>
      )}
    </section>
  );
}

function Said({ one, view }: { readonly one: WatchedContradiction; readonly view: OversightView }) {
  const { t, term } = useWords();
  const [kind, ...type] = one.type.split('.');
  const about = officeOf(view, one.about);
  const values = {
    teller: officeOf(view, one.toldBy),
    act: term(`act.${type.join('.')}.done`),
    about,
    index: one.index,
    at: one.toldAt,
  };
  return (
    <>
      <p>{t(kind === 'receipted' ? 'oversight.says.receipted' : 'oversight.says.received', values)}</p>
      <p>
        <strong>{t(one.missing ? 'oversight.says.missing' : 'oversight.says.other', { about })}</strong>
      </p>
    </>
  );
}

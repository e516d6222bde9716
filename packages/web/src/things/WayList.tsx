import type { Alternative, Alternatives } from '@comity/assess';
import type { ReactNode } from 'react';
import { useWords } from '../words/useWords.ts';
import { Basis } from './Basis.tsx';
import { useFactWords } from './useFactWords.ts';
import { Verdict } from './Verdict.tsx';
import './waylist.css';

const SHOWN = 6;

interface Props {
  readonly found: Alternatives;
  /** What can be done with a way, e.g. try it. */
  readonly action: (way: Alternative) => ReactNode;
}

/** Not this way, but this way: the smallest sets of changes, cheapest first; or the rules that no change moves. */
export function WayList({ found, action }: Props) {
  const { t } = useWords();
  const { sets, never, tried } = found;
  return (
    <>
      <p>{sets.length > 0 ? t('ways.lead', { n: sets.length, tried }) : t('ways.none')}</p>
      <ol className="ways">
        {sets.slice(0, SHOWN).map((way) => (
          <Way key={keyOf(way)} way={way} action={action} />
        ))}
      </ol>
      {sets.length > SHOWN && (
        <details>
          <summary>{t('ways.more', { n: sets.length - SHOWN })}</summary>
          <ol className="ways" start={SHOWN + 1}>
            {sets.slice(SHOWN).map((way) => (
              <Way key={keyOf(way)} way={way} action={action} />
            ))}
          </ol>
        </details>
      )}
      <ul>
        {never.map((rule) => (
          <li key={rule.rule}>
            <bdi lang="en">{rule.says}</bdi> <Basis cite={{ ref: rule.cite }} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Way({ way, action }: { readonly way: Alternative; readonly action: Props['action'] }) {
  const { t } = useWords();
  const say = useFactWords();
  return (
    <li>
      <ul className="changes">
        {way.changes.map((change) => (
          <li key={`${change.fact}${change.value}`}>{say.change(change)}</li>
        ))}
      </ul>
      <span className="row">
        <Verdict verdict={way.verdict} />
        <span className="quiet small">{t('ways.duties', { n: way.duties.length })}</span>
        {action(way)}
      </span>
    </li>
  );
}

function keyOf({ changes }: Alternative): string {
  return changes.map(({ fact, value, countries }) => `${fact}=${value}${countries?.length ?? ''}`).join();
}

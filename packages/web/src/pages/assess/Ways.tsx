import type { Change, Verdict as VerdictOf } from '@comity/assess';
import type { Facts } from '@comity/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { alternativesTo } from '../../api/law.ts';
import { Problem } from '../../things/Problem.tsx';
import { useFactWords } from '../../things/useFactWords.ts';
import { WayList } from '../../things/WayList.tsx';
import { useWords } from '../../words/useWords.ts';

interface Props {
  readonly facts: Facts;
  readonly on: string;
  readonly verdict: VerdictOf;
  readonly have: readonly string[];
}

/** What would have to change, cheapest first; each can be tried, and then everything above is assessed again. */
export function Ways({ facts, on, verdict, have }: Props) {
  const { t } = useWords();
  const stuck = verdict !== 'free' && verdict !== 'conditional';
  const { data, error } = useQuery({ ...alternativesTo({ facts, on }), enabled: stuck });
  if (!stuck && have.length === 0) return null;
  return (
    <section className="section" aria-labelledby="ways">
      <h2 id="ways">{t('ways.title')}</h2>
      <Having have={have} />
      {error !== null && <Problem error={error} />}
      {stuck && data !== undefined && (
        <WayList
          found={data}
          action={(way) => (
            <Link to="." search={(before) => ({ ...before, have: [...have, ...way.changes.map(textOf)] })} resetScroll={false}>
              {t('ways.try')}
            </Link>
          )}
        />
      )}
    </section>
  );
}

function textOf(change: Change): string {
  return `${change.fact}=${change.value}`;
}

/** What was added by hand, and how to take it back. */
function Having({ have }: { readonly have: readonly string[] }) {
  const { t } = useWords();
  const say = useFactWords();
  if (have.length === 0) return null;
  return (
    <>
      <p>{t('ways.having')}</p>
      <ul>
        {have.map((one) => {
          const [fact = '', value = ''] = one.split('=');
          return (
            <li key={one}>
              {say.change({ fact, value })}{' '}
              <Link to="." search={(before) => ({ ...before, have: have.filter((other) => other !== one) })} resetScroll={false}>
                {t('ways.undo')}
              </Link>
            </li>
          );
        })}
      </ul>
    </>
  );
}

import type { ActView, ItemView, PartyView } from '@comity/node/api';
import { useWords } from '../words/useWords.ts';
import { dayIn, momentIn, timeIn } from '../words/when.ts';
import { ActDetails } from './ActDetails.tsx';
import { Basis } from './Basis.tsx';
import { Digest } from './Digest.tsx';
import { nameOf } from './nameOf.ts';
import './timeline.css';

interface Props {
  readonly caseId: string;
  readonly acts: readonly ActView[];
  readonly parties: readonly PartyView[];
  readonly items: readonly ItemView[];
  readonly zone: string;
}

/** Everything that happened, oldest first, grouped by day. */
export function Timeline({ caseId, acts, parties, items, zone }: Props) {
  const { locale } = useWords();
  const days = [...Map.groupBy(acts, (act) => dayIn(act.at, zone, locale))];
  return (
    <div className="timeline">
      {days.map(([day, list]) => (
        <section key={day} aria-label={day}>
          <h3 className="day">{day}</h3>
          <ol>
            {list.map((act) => (
              <ActEntry key={act.digest} caseId={caseId} act={act} parties={parties} items={items} zone={zone} />
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

function ActEntry({ caseId, act, parties, items, zone }: Omit<Props, 'acts'> & { readonly act: ActView }) {
  const { t, term, locale } = useWords();
  return (
    <li className={`act ${act.verdict}`}>
      <time dateTime={act.at} className="quiet" title={momentIn(act.at, 'UTC', locale)}>
        <bdi>{timeIn(act.at, zone, locale)}</bdi>
      </time>
      <div>
        <p className="what">
          <strong>{term(`act.${act.type}.done`)}</strong> <Basis cite={act.cite} />
        </p>
        <p className="who">
          <bdi>{nameOf(parties, act.party)}</bdi>
          <span className="quiet">
            {t('comma')}
            {term(`role.${act.role}`)}
            {act.person !== 'node' && (
              <>
                {' '}
                (<bdi>{act.person}</bdi>)
              </>
            )}
          </span>
        </p>
        {act.verdict !== 'counted' && (
          <p className="uncounted">
            {t(act.verdict === 'void' ? 'act.void' : 'act.waiting')}{' '}
            {act.refusal !== undefined && term(`error.${act.refusal.code}`)}
          </p>
        )}
        <ActDetails act={act} items={items} zone={zone} />
        <Proof caseId={caseId} act={act} parties={parties} zone={zone} />
      </div>
    </li>
  );
}

/** Where the act is proved, and who has taken it: one line, the particulars on request. */
function Proof({ caseId, act, parties, zone }: Pick<Props, 'caseId' | 'parties' | 'zone'> & { readonly act: ActView }) {
  const { t, locale } = useWords();
  const taken = act.sent.filter((sent) => sent.delivered !== null).length;
  const index = act.logIndex === null ? t('act.unlogged') : t('act.logged', { index: act.logIndex });
  const line = act.sent.length === 0 ? index : t('act.proof', { index, taken, n: act.sent.length });
  return (
    <details className="small quiet proof">
      <summary>{line}</summary>
      <p>
        <Digest value={act.digest} />
      </p>
      {act.logYear !== null && (
        <p className="row no-print">
          <a href={`/api/cases/${encodeURIComponent(caseId)}/acts/${act.digest}/proof`} download>
            {t('act.proof.save')}
          </a>
          <a href={`/public/policy?year=${act.logYear}`} download={`log-${act.logYear}.policy`}>
            {t('act.proof.policy')}
          </a>
        </p>
      )}
      {act.sent.map(({ party, delivered }) => (
        <p key={party}>
          {delivered === null
            ? t('act.sending', { party: nameOf(parties, party) })
            : t('act.taken', { party: nameOf(parties, party), time: momentIn(delivered, zone, locale) })}
        </p>
      ))}
    </details>
  );
}

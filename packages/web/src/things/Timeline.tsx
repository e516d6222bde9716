import type { ActView, ItemView, PartyView } from '@comity/node/api';
import { useWords } from '../words/useWords.ts';
import { dayIn, momentIn, timeIn } from '../words/when.ts';
import { ActDetails } from './ActDetails.tsx';
import { Basis } from './Basis.tsx';
import { Digest } from './Digest.tsx';
import { nameOf } from './nameOf.ts';
import './timeline.css';

interface Props {
  readonly acts: readonly ActView[];
  readonly parties: readonly PartyView[];
  readonly items: readonly ItemView[];
  readonly zone: string;
}

/** Everything that happened, oldest first, grouped by day. */
export function Timeline({ acts, parties, items, zone }: Props) {
  const { locale } = useWords();
  const days = [...Map.groupBy(acts, (act) => dayIn(act.at, zone, locale))];
  return (
    <div className="timeline">
      {days.map(([day, list]) => (
        <section key={day} aria-label={day}>
          <h3 className="day">{day}</h3>
          <ol>
            {list.map((act) => (
              <ActEntry key={act.digest} act={act} parties={parties} items={items} zone={zone} />
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

function ActEntry({ act, parties, items, zone }: Omit<Props, 'acts'> & { readonly act: ActView }) {
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
            , {term(`role.${act.role}`)}
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
        <p className="small quiet proof">
          {act.logIndex === null ? t('act.unlogged') : t('act.logged', { index: act.logIndex })}
          {act.sent.map((sent) => (
            <Receipt key={sent.party} name={nameOf(parties, sent.party)} delivered={sent.delivered} zone={zone} />
          ))}
          <Digest value={act.digest} />
        </p>
      </div>
    </li>
  );
}

function Receipt({ name, delivered, zone }: { readonly name: string; readonly delivered: string | null; readonly zone: string }) {
  const { t, locale } = useWords();
  return (
    <span>
      {delivered === null
        ? t('act.sending', { party: name })
        : t('act.taken', { party: name, time: momentIn(delivered, zone, locale) })}
    </span>
  );
}

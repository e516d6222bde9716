import type { DeskRow, DeskView } from '@comity/node/api';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { desk, type PartyWithFacts, parties } from '../../api/queries.ts';
import { ClockLine } from '../../things/Clock.tsx';
import { Loading } from '../../things/Loading.tsx';
import { nameOf } from '../../things/nameOf.ts';
import { oversees } from '../../things/oversees.ts';
import { Problem } from '../../things/Problem.tsx';
import { shortId } from '../../things/shortId.ts';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { WatchNote } from './WatchNote.tsx';
import './desk.css';

/** The queue, ordered by clock: what waits for us first, then what waits for others. */
export function Desk() {
  const { t } = useWords();
  const { data, error } = useQuery(desk);
  const { person } = useOwn();
  const known = useQuery(parties).data?.parties ?? [];
  const all = useSearch({ strict: false, select: (search) => search.show === 'all' });
  if (error !== null && data === undefined) return <Problem error={error} />;
  if (data === undefined) return <Loading />;
  const open = data.rows.filter((row) => !row.closed);
  const closed = data.rows.length - open.length;
  return (
    <>
      <div className="row head">
        <h1>{t('desk.title')}</h1>
        <NewLinks view={data} />
      </div>
      {oversees(person) && <WatchNote />}
      {data.quarantined > 0 && <p className="quarantine">{t('desk.quarantined', { n: data.quarantined })}</p>}
      <Queue title={t('desk.ours')} rows={open.filter((row) => row.ours)} known={known} empty={t('desk.ours.empty')} />
      <Queue title={t('desk.theirs')} rows={open.filter((row) => !row.ours)} known={known} empty={t('desk.theirs.empty')} />
      {all && (
        <Queue
          title={t('desk.closed')}
          rows={data.rows.filter((row) => row.closed)}
          known={known}
          empty={t('desk.closed.empty')}
        />
      )}
      {closed > 0 && (
        <p>
          <Link to="/" search={all ? {} : { show: 'all' }}>
            {all ? t('desk.closed.hide') : t('desk.closed.show', { n: closed })}
          </Link>
        </p>
      )}
    </>
  );
}

function NewLinks({ view }: { readonly view: DeskView }) {
  const { term } = useWords();
  return view.opens.map(({ procedure, act }) => (
    <Link key={procedure} to="/new/$procedure" params={{ procedure }} className="button">
      {term(`act.${act}`)}
    </Link>
  ));
}

interface QueueProps {
  readonly title: string;
  readonly rows: readonly DeskRow[];
  readonly known: readonly PartyWithFacts[];
  readonly empty: string;
}

function Queue({ title, rows, known, empty }: QueueProps) {
  return (
    <section className="section" aria-label={title}>
      <h2>
        {title} <span className="quiet">{rows.length}</span>
      </h2>
      {rows.length === 0 ? <p className="quiet">{empty}</p> : null}
      <ul className="queue">
        {rows.map((row) => (
          <QueueRow key={row.id} row={row} known={known} />
        ))}
      </ul>
    </section>
  );
}

function QueueRow({ row, known }: { readonly row: DeskRow; readonly known: readonly PartyWithFacts[] }) {
  const { t, term } = useWords();
  const { party } = useOwn();
  const [duty] = row.duties;
  const sentence =
    duty === undefined
      ? t(row.closed ? 'status.closed' : 'status.nothing')
      : term(`duty.${duty.id}`, { party: nameOf(known, duty.party) });
  const others = [...new Set(Object.values(row.parties))].filter((id) => id !== party?.id).map((id) => nameOf(known, id));
  const next = duty !== undefined && duty.party === party?.id ? duty.acts[0] : undefined;
  const many = (duty?.acts.length ?? 0) > 1;
  return (
    <li>
      <div className="line">
        <Link to="/cases/$id" params={{ id: row.id }} className="sentence">
          {sentence}
        </Link>
        <p className="small quiet">
          {term(`procedure.${row.procedure}`)} <bdi className="mono">{shortId(row.id)}</bdi> ·{' '}
          {t('items.count', { n: row.items })}
          {others.length > 0 && (
            <>
              {' · '}
              <bdi>{others.join(', ')}</bdi>
            </>
          )}
        </p>
        {duty?.clock !== undefined && (
          <p className="small">
            <ClockLine clock={duty.clock} />
          </p>
        )}
      </div>
      {next !== undefined && (
        <Link to="/cases/$id" params={{ id: row.id }} search={many ? {} : { move: next }} className="button quiet-button">
          {many ? t('desk.decide') : term(`act.${next}`)}
        </Link>
      )}
    </li>
  );
}

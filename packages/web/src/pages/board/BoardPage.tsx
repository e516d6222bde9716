import type { DeskRow } from '@comity/node/api';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useNow } from '../../api/now.ts';
import { deskOf, type PartyWithFacts, parties } from '../../api/queries.ts';
import { AllZones } from '../../things/AllZones.tsx';
import { Basis } from '../../things/Basis.tsx';
import { ClockState } from '../../things/Clock.tsx';
import { Loading } from '../../things/Loading.tsx';
import { nameOf } from '../../things/nameOf.ts';
import { Problem } from '../../things/Problem.tsx';
import { shortId } from '../../things/shortId.ts';
import { ExpiredMark, TurnMark } from '../../things/TurnMark.tsx';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { remaining } from '../../words/when.ts';
import { BoardKeys } from './BoardKeys.tsx';
import './board.css';

/** Every open order by its strict end: on whose clock, what is owed, and what happens if nobody acts. */
export function BoardPage() {
  const { t } = useWords();
  const page = useSearch({ strict: false, select: (search) => search.page ?? 0 });
  const { data, error } = useQuery(deskOf({ by: 'clock', page }));
  const known = useQuery(parties).data?.parties ?? [];
  if (data === undefined) return error === null ? <Loading /> : <Problem error={error} />;
  const pages = Math.ceil(data.total / data.size);
  return (
    <>
      <div className="row head">
        <h1>{t('board.title')}</h1>
        <BoardKeys />
      </div>
      <p className="reading">{t('board.lead')}</p>
      {data.rows.length === 0 ? (
        <p className="quiet">{t('board.empty')}</p>
      ) : (
        <table className="board">
          <caption className="unseen">{t('board.title')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('board.due')}</th>
              <th scope="col">{t('board.order')}</th>
              <th scope="col">{t('board.owed')}</th>
              <th scope="col">{t('board.else')}</th>
            </tr>
          </thead>
          <tbody>
            {data.rows.map((row) => (
              <BoardRow key={row.id} row={row} known={known} />
            ))}
          </tbody>
        </table>
      )}
      {pages > 1 && <Pages page={page} pages={pages} />}
    </>
  );
}

function Pages({ page, pages }: { readonly page: number; readonly pages: number }) {
  const { t } = useWords();
  return (
    <nav className="row no-print" aria-label={t('board.pages')}>
      {page > 0 && (
        <Link to="/board" search={{ page: page - 1 }}>
          {t('board.before')}
        </Link>
      )}
      <span>{t('board.page', { page: page + 1, pages })}</span>
      {page + 1 < pages && (
        <Link to="/board" search={{ page: page + 1 }}>
          {t('board.after')}
        </Link>
      )}
    </nav>
  );
}

function BoardRow({ row, known }: { readonly row: DeskRow; readonly known: readonly PartyWithFacts[] }) {
  const { t, term } = useWords();
  const { party, zone } = useOwn();
  const [duty] = row.duties;
  const clock = duty?.clock;
  const zones = Object.values(row.parties).flatMap((id) => known.find((one) => one.id === id)?.zone ?? []);
  const others = [...new Set(Object.values(row.parties))].filter((id) => id !== party?.id);
  return (
    <tr>
      <td data-label={t('board.due')}>
        {clock === undefined ? (
          <span className="quiet">{t('clock.none')}</span>
        ) : (
          <>
            <ClockState clock={clock} />
            <AllZones at={clock.strict} own={zone} zones={[clock.zone, ...zones]} />
            <Remaining strict={clock.strict} />
          </>
        )}
      </td>
      <td data-label={t('board.order')}>
        <Link to="/board/$id" params={{ id: row.id }} className="sentence">
          {term(`procedure.${row.procedure}`)} <bdi className="mono">{shortId(row.id)}</bdi>
        </Link>
        <p className="small quiet">
          {t('items.count', { n: row.items })} · <bdi>{others.map((id) => nameOf(known, id)).join(', ')}</bdi>
        </p>
      </td>
      <td data-label={t('board.owed')}>
        {duty === undefined ? t('status.nothing') : term(`duty.${duty.id}`, { party: nameOf(known, duty.party) })}
        {duty !== undefined && (
          <p className="small">
            <TurnMark ours={duty.party === party?.id} name={nameOf(known, duty.party)} /> {row.expired && <ExpiredMark />}
          </p>
        )}
      </td>
      <td data-label={t('board.else')}>
        {clock === undefined ? <span className="quiet">{t('board.else.none')}</span> : term(`clock.${clock.id}.then`)}{' '}
        <Basis cite={clock?.cite} />
      </td>
    </tr>
  );
}

function Remaining({ strict }: { readonly strict: string }) {
  const words = useWords();
  const now = useNow();
  const due = Date.parse(strict);
  const span = remaining(due - now, words);
  return <span className="small">{now < due ? words.t('clock.in', { span }) : words.t('clock.ago', { span })}</span>;
}

import type { DeskView } from '@comity/node/api';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type DeskSide, deskOf, parties } from '../../api/queries.ts';
import { Loading } from '../../things/Loading.tsx';
import { oversees } from '../../things/oversees.ts';
import { Problem } from '../../things/Problem.tsx';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { DeskFilter } from './DeskFilter.tsx';
import { FirstDay } from './FirstDay.tsx';
import { Queue } from './Queue.tsx';
import { useDeskSearch } from './useDeskSearch.ts';
import { WatchNote } from './WatchNote.tsx';
import './desk.css';

/** The queue, ordered by clock: what waits for us first, then what waits for others. */
export function Desk() {
  const { t } = useWords();
  const { show, ...filter } = useDeskSearch();
  const { data, error } = useQuery(deskOf({ ...filter, page: 0 }));
  const { person } = useOwn();
  const known = useQuery(parties).data?.parties ?? [];
  if (error !== null && data === undefined) return <Problem error={error} />;
  if (data === undefined) return <Loading />;
  const sides: readonly DeskSide[] =
    show === undefined ? ['ours', 'theirs'] : show === 'all' ? ['ours', 'theirs', 'closed'] : [show];
  const nothing = data.kinds.length === 0;
  return (
    <>
      <div className="row head">
        <h1>{t('desk.title')}</h1>
        <span className="row">
          <NewLinks view={data} />
          {data.opens.some(({ dangers }) => dangers.length > 0) && (
            <Link to="/emergency" className="button quiet-button">
              {t('nav.emergency')}
            </Link>
          )}
        </span>
      </div>
      {oversees(person) && <WatchNote />}
      {data.quarantined > 0 && <p className="quarantine">{t('desk.quarantined', { n: data.quarantined })}</p>}
      {data.imports !== null && (
        <p className="row">
          <Link to="/imports">{t('desk.imports', { n: data.imports })}</Link>
          <Link to="/figures">{t('nav.figures')}</Link>
        </p>
      )}
      {!nothing && <DeskFilter view={data} />}
      {nothing ? (
        <FirstDay opens={data.opens.length > 0} />
      ) : (
        sides.map((side) => (
          <Queue
            key={`${side} ${filter.procedure} ${filter.seat}`}
            side={side}
            filter={filter}
            total={data.counts[side]}
            known={known}
          />
        ))
      )}
    </>
  );
}

/** What this person may open: one as a button, several behind one. */
function NewLinks({ view: { opens } }: { readonly view: DeskView }) {
  const { t, term } = useWords();
  const [only] = opens;
  if (only === undefined) return null;
  if (opens.length > 1)
    return (
      <Link to="/new" className="button">
        {t('desk.new')}
      </Link>
    );
  return (
    <Link to="/new/$procedure" params={{ procedure: only.procedure }} className="button">
      {term(`act.${only.act}`)}
    </Link>
  );
}

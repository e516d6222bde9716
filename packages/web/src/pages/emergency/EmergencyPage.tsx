import type { DeskRow } from '@comity/node/api';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { deskOf, parties } from '../../api/queries.ts';
import { Loading } from '../../things/Loading.tsx';
import { nameOf } from '../../things/nameOf.ts';
import { Problem } from '../../things/Problem.tsx';
import { shortId } from '../../things/shortId.ts';
import { useWords } from '../../words/useWords.ts';
import { BigClock } from './BigClock.tsx';
import { EmergencyForm } from './EmergencyForm.tsx';
import { emergencies } from './emergencyDraft.ts';
import { isHours } from './hours.ts';
import './emergency.css';

/** Emergencies: what one is in law, those that run, and asking in one. */
export function EmergencyPage() {
  const { t } = useWords();
  const { data, error } = useQuery(deskOf({ by: 'clock', page: 0 }));
  if (data === undefined) return error === null ? <Loading /> : <Problem error={error} />;
  const running = data.rows.filter((row) => row.duties.some(({ clock }) => clock !== undefined && isHours(clock)));
  const open = emergencies(data);
  return (
    <>
      <h1>{t('emergency.title')}</h1>
      <LegalTest />
      <section className="section" aria-labelledby="running">
        <h2 id="running">{t('emergency.running')}</h2>
        {running.length === 0 && <p className="quiet">{t('emergency.running.none')}</p>}
        {running.map((row) => (
          <Running key={row.id} row={row} />
        ))}
      </section>
      <section className="section" aria-labelledby="asking">
        <h2 id="asking">{t('emergency.ask')}</h2>
        {open.length === 0 ? <p>{t('emergency.ask.none')}</p> : <EmergencyForm opens={open} />}
      </section>
    </>
  );
}

/** What an emergency is: the limbs of the definition, and what is none. */
function LegalTest() {
  const { t } = useWords();
  return (
    <div className="notice reading">
      <p>{t('emergency.law')}</p>
      <p>{t('emergency.law.not')}</p>
      <p className="small">
        <a href="https://eur-lex.europa.eu/eli/reg/2023/1543/oj" target="_blank" rel="noreferrer">
          <bdi lang="en">Reg. (EU) 2023/1543 art. 3(18), 4(5), 10(4)</bdi>
        </a>
      </p>
    </div>
  );
}

function Running({ row }: { readonly row: DeskRow }) {
  const { term } = useWords();
  const known = useQuery(parties).data?.parties ?? [];
  return (
    <article className="running">
      <h3>
        <Link to="/emergency/$id" params={{ id: row.id }}>
          {term(`procedure.${row.procedure}`)} <bdi className="mono">{shortId(row.id)}</bdi>
        </Link>
      </h3>
      {row.duties.map((duty) =>
        duty.clock === undefined || !isHours(duty.clock) ? null : (
          <BigClock key={duty.id} clock={duty.clock} owed={term(`duty.${duty.id}`, { party: nameOf(known, duty.party) })} />
        ),
      )}
    </article>
  );
}

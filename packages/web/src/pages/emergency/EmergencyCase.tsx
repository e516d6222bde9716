import type { CaseView } from '@comity/node/api';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Gated } from '../../things/Gated.tsx';
import { ItemTable } from '../../things/ItemTable.tsx';
import { Moment } from '../../things/Moment.tsx';
import { nameOf } from '../../things/nameOf.ts';
import { RequestText } from '../../things/RequestText.tsx';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { MoveForm } from '../case/MoveForm.tsx';
import { MoveLinks } from '../case/MoveLinks.tsx';
import { Status } from '../case/Status.tsx';
import { BigClock } from './BigClock.tsx';
import { isHours } from './hours.ts';
import './emergency.css';

/** One emergency: its hours, large; who asked and who answered for it; the call back; what is asked, and what becomes of it without a decision. */
export function EmergencyCase() {
  return <Gated>{(view) => <Shown view={view} />}</Gated>;
}

function Shown({ view }: { readonly view: CaseView }) {
  const { t } = useWords();
  const { zone } = useOwn();
  const zones = view.parties.map((party) => party.zone);
  return (
    <>
      <p className="row small no-print">
        <Link to="/emergency">{t('emergency.back')}</Link>
        <Link to="/cases/$id" params={{ id: view.id }}>
          {t('board.whole')}
        </Link>
      </p>
      <Status view={view} hours />
      <div className="bigclocks">
        {view.clocks.filter(isHours).map((clock) => (
          <BigClock key={clock.id} clock={clock} zones={zones} />
        ))}
      </div>
      <MoveLinks view={view} />
      <div className="two section">
        <TwoPersons view={view} zone={zone} />
        <CallBack view={view} zone={zone} />
      </div>
      <section className="section" aria-labelledby="asked">
        <h2 id="asked">{t('decide.asked')}</h2>
        <RequestText view={view} zone={zone} />
        <ItemTable items={view.items} />
      </section>
    </>
  );
}

/** Nobody asks alone: whose acts brought the request out, and that they are two. */
function TwoPersons({ view, zone }: { readonly view: CaseView; readonly zone: string }) {
  const { t, term } = useWords();
  const [first] = view.acts;
  const acts = view.acts
    .filter((act) => act.verdict === 'counted' && act.person !== 'node' && act.seat === first?.seat)
    .slice(0, 4);
  const persons = new Set(acts.map(({ party, person }) => `${party} ${person}`));
  return (
    <section aria-labelledby="persons">
      <h2 id="persons">{t('emergency.persons')}</h2>
      <p>{t(persons.size > 1 ? 'emergency.persons.two' : 'emergency.persons.one')}</p>
      <ul>
        {acts.map((act) => (
          <li key={act.digest}>
            {term(`act.${act.type}.done`)}: <bdi>{act.person}</bdi>, {term(`role.${act.role}`)},{' '}
            <Moment at={act.at} zone={zone} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The call back: at a number that the directory holds, never at one in the request; and what came of it. */
function CallBack({ view, zone }: { readonly view: CaseView; readonly zone: string }) {
  const { t, term } = useWords();
  const { party } = useOwn();
  const [done, setDone] = useState(false);
  const others = view.parties.filter(({ id }) => id !== party?.id);
  const move = view.moves.find(({ type, refusal }) => type === 'call-back' && refusal === undefined);
  const called = view.acts.filter(({ type, verdict }) => type === 'call-back' && verdict === 'counted');
  return (
    <section aria-labelledby="callback">
      <h2 id="callback">{t('emergency.callback')}</h2>
      <p>{t('emergency.callback.rule')}</p>
      <ul>
        {others.map(({ id, name, card }) => (
          <li key={id}>
            <bdi>{name}</bdi>:{' '}
            {card?.callBack === undefined ? (
              <span className="quiet">{t('emergency.callback.none')}</span>
            ) : (
              <bdi className="mono">{card.callBack}</bdi>
            )}
          </li>
        ))}
        {called.map((act) => (
          <li key={act.digest}>
            {term('act.call-back.done')}: <bdi>{nameOf(view.parties, act.party)}</bdi>,{' '}
            {t(act.data['officerConfirmed'] === true ? 'emergency.callback.yes' : 'emergency.callback.no')}{' '}
            <Moment at={act.at} zone={zone} />
          </li>
        ))}
      </ul>
      {move !== undefined && !done && <MoveForm view={view} move={move} stay onDone={() => setDone(true)} />}
    </section>
  );
}

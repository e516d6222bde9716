import type { CaseView } from '@comity/node/api';
import { Link } from '@tanstack/react-router';
import { ClockCard } from '../../things/Clock.tsx';
import { Gated } from '../../things/Gated.tsx';
import { Moment } from '../../things/Moment.tsx';
import { PartyChip } from '../../things/PartyChip.tsx';
import { SectionText } from '../../things/SectionText.tsx';
import { Timeline } from '../../things/Timeline.tsx';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { MovePanel } from '../case/MovePanel.tsx';
import { Status } from '../case/Status.tsx';
import { RoomShares } from './RoomShares.tsx';

/** The room of a joint team: its agreement, who is in it and who has signed, what each has shared under which rules, and when it ends. */
export function RoomPage() {
  return <Gated>{(view) => <Shown view={view} />}</Gated>;
}

function Shown({ view }: { readonly view: CaseView }) {
  const { t } = useWords();
  const { zone } = useOwn();
  return (
    <article>
      <p className="small no-print">
        <Link to="/cases/$id" params={{ id: view.id }}>
          {t('case.to')}
        </Link>
      </p>
      <Status view={view} />
      <MovePanel view={view} chosen={undefined} />
      <div className="section two">
        <Members view={view} />
        <section aria-labelledby="ends">
          <h2 id="ends">{t('room.ends')}</h2>
          {view.clocks.map((clock) => (
            <ClockCard key={clock.id} clock={clock} />
          ))}
          <p>{t('room.ends.then')}</p>
        </section>
      </div>
      <Agreement view={view} zone={zone} />
      <RoomShares view={view} />
      <section className="section" aria-labelledby="timeline">
        <h2 id="timeline">{t('case.timeline')}</h2>
        <Timeline caseId={view.id} acts={view.acts} parties={view.parties} items={view.items} zone={zone} />
      </section>
    </article>
  );
}

/** Who is in the team, and how each stands to the agreement. */
function Members({ view }: { readonly view: CaseView }) {
  const { t, term } = useWords();
  const { party } = useOwn();
  return (
    <section aria-labelledby="members">
      <h2 id="members">{t('room.members')}</h2>
      <ul>
        {Object.entries(view.seats).map(([seat, id]) => {
          const track = `signed-${seat}`;
          const state = view.tracks[track];
          return (
            <li key={seat}>
              <PartyChip id={id} party={view.parties.find((one) => one.id === id)} />{' '}
              {id === party?.id && <strong>{t('case.us')}</strong>}{' '}
              <span className="quiet">
                {term(`seat.${seat}`)}
                {state !== undefined && `${t('comma')}${term(`track.${track}.${state}`)}`}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** The agreement as it was signed: period, purpose, and its texts; what was prolonged since. */
function Agreement({ view, zone }: { readonly view: CaseView; readonly zone: string }) {
  const { t, term } = useWords();
  const counted = view.acts.filter(({ verdict }) => verdict === 'counted');
  const [first] = counted;
  const until = counted.findLast(({ data }) => typeof data['until'] === 'string')?.data['until'];
  if (first === undefined) return null;
  return (
    <section className="section reading" aria-labelledby="agreement">
      <h2 id="agreement">{t('room.agreement')}</h2>
      <p>
        {t('room.period')} <Moment at={String(first.data['from'] ?? first.at)} zone={zone} /> –{' '}
        {typeof until === 'string' && <Moment at={until} zone={zone} />}
      </p>
      {Object.entries(first.sections).map(([name, value]) => (
        <div key={name}>
          <h3>{term(`section.${name}`)}</h3>
          <SectionText value={value} zone={zone} items={view.items} />
        </div>
      ))}
    </section>
  );
}

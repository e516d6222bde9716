import type { CaseView } from '@comity/node/api';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { Refusal } from '../../api/client.ts';
import { caseOf } from '../../api/queries.ts';
import { ClockCard } from '../../things/Clock.tsx';
import { DutyLine } from '../../things/DutyLine.tsx';
import { ItemTable } from '../../things/ItemTable.tsx';
import { Loading } from '../../things/Loading.tsx';
import { Problem } from '../../things/Problem.tsx';
import { ReasonGate } from '../../things/ReasonGate.tsx';
import { Timeline } from '../../things/Timeline.tsx';
import { useOwn } from '../../things/useOwn.ts';
import { useWords } from '../../words/useWords.ts';
import { Complaints } from './Complaints.tsx';
import { CopiesSection } from './CopiesSection.tsx';
import { Disputes } from './Disputes.tsx';
import { ItemActions } from './ItemActions.tsx';
import { LinkedCases } from './LinkedCases.tsx';
import { MoveLinks } from './MoveLinks.tsx';
import { MovePanel } from './MovePanel.tsx';
import { ProofSection } from './ProofSection.tsx';
import { ReadsSection } from './ReadsSection.tsx';
import { Status } from './Status.tsx';
import { WhoSeesWhat } from './WhoSeesWhat.tsx';
import './case.css';

/** A case, once a reason to open it has been given. */
export function Case() {
  const id = useParams({ strict: false, select: (params) => params.id }) ?? '';
  const { data, error } = useQuery(caseOf(id));
  if (error instanceof Refusal && error.problem.code === 'reason-required') return <ReasonGate caseId={id} />;
  if (data === undefined) return error === null ? <Loading /> : <Problem error={error} />;
  return <Shown view={data} />;
}

function Shown({ view }: { readonly view: CaseView }) {
  const { t } = useWords();
  const { zone } = useOwn();
  const move = useSearch({ strict: false, select: (search) => search.move });
  return (
    <article className="case">
      <Status view={view} />
      <MovePanel view={view} chosen={move} />
      <section className="section" aria-labelledby="items">
        <h2 id="items">{t('case.items', { n: view.items.length })}</h2>
        <ItemTable items={view.items} actions={(item) => <ItemActions view={view} item={item} />} />
      </section>
      <CopiesSection view={view} zone={zone} />
      <Owed view={view} />
      <Disputes view={view} zone={zone} />
      <LinkedCases view={view} />
      <Complaints view={view} zone={zone} />
      <WhoSeesWhat view={view} />
      <section className="section" aria-labelledby="timeline">
        <h2 id="timeline">{t('case.timeline')}</h2>
        <Timeline caseId={view.id} acts={view.acts} parties={view.parties} items={view.items} zone={zone} />
        <MoveLinks view={view} />
      </section>
      <ProofSection view={view} />
      <ReadsSection view={view} zone={zone} />
      <p className="no-print">
        <Link to="/">{t('case.back')}</Link>
      </p>
    </article>
  );
}

/** Who owes what by when, and the clocks that have started. */
function Owed({ view }: { readonly view: CaseView }) {
  const { t } = useWords();
  return (
    <section className="section two" aria-label={t('case.owed')}>
      <div>
        <h2>{t('case.duties', { n: view.duties.length })}</h2>
        {view.duties.length === 0 && <p className="quiet">{t('case.duties.none')}</p>}
        <ul className="duties">
          {view.duties.map((duty) => (
            <DutyLine key={duty.id} duty={duty} parties={view.parties} />
          ))}
        </ul>
      </div>
      <div>
        <h2>{t('case.clocks')}</h2>
        {view.clocks.length === 0 && <p className="quiet">{t('case.clocks.none')}</p>}
        {view.clocks.map((clock) => (
          <ClockCard key={clock.id} clock={clock} />
        ))}
      </div>
    </section>
  );
}

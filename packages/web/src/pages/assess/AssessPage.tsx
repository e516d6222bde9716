import type { CaseView } from '@comity/node/api';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { Refusal } from '../../api/client.ts';
import { nodeNow } from '../../api/now.ts';
import { caseOf, parties } from '../../api/queries.ts';
import { Loading } from '../../things/Loading.tsx';
import { Problem } from '../../things/Problem.tsx';
import { ReasonGate } from '../../things/ReasonGate.tsx';
import { useWords } from '../../words/useWords.ts';
import { Candidate } from './Candidate.tsx';
import { CompareTable } from './CompareTable.tsx';
import { candidatesOf, datasetFacts, datasetsIn } from './candidates.ts';
import { ScanSays } from './ScanSays.tsx';
import './assess.css';

/** May these data go there? All candidates side by side; one of them in full. */
export function AssessPage() {
  const id = useParams({ strict: false, select: (params) => params.id }) ?? '';
  const { data, error } = useQuery(caseOf(id));
  if (error instanceof Refusal && error.problem.code === 'reason-required') return <ReasonGate caseId={id} />;
  if (data === undefined) return error === null ? <Loading /> : <Problem error={error} />;
  return <Shown view={data} />;
}

function Shown({ view }: { readonly view: CaseView }) {
  const { t } = useWords();
  // A scan may have ended since: what the page says and what the node puts on record must rest on the same.
  const known = useQuery({ ...parties, staleTime: 0 }).data;
  const { party, have = [] } = useSearch({ strict: false });
  if (known === undefined) return <Loading />;
  const cards = datasetsIn(view, known.datasets);
  const base = datasetFacts(cards);
  const candidates = candidatesOf(known.parties, { base, have });
  const chosen = candidates.find((candidate) => candidate.party.id === party);
  const on = new Date(nodeNow()).toISOString().slice(0, 10);
  return (
    <>
      <p className="small">
        <Link to="/cases/$id" params={{ id: view.id }}>
          {t('case.to')}
        </Link>
      </p>
      <h1>{t('assess.title')}</h1>
      <p>{t('assess.lead')}</p>
      <ScanSays cards={cards} />
      <CompareTable candidates={candidates} on={on} chosen={party} />
      {chosen !== undefined && <Candidate key={chosen.party.id} view={view} candidate={chosen} on={on} have={have} />}
    </>
  );
}

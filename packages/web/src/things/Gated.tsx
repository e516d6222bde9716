import type { CaseView } from '@comity/node/api';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Refusal } from '../api/client.ts';
import { caseOf } from '../api/queries.ts';
import { Loading } from './Loading.tsx';
import { Problem } from './Problem.tsx';
import { ReasonGate } from './ReasonGate.tsx';

/** The case that the address names, once a reason to open it was given. */
export function Gated({ children }: { readonly children: (view: CaseView) => ReactNode }) {
  const id = useParams({ strict: false, select: (params) => params.id }) ?? '';
  const { data, error } = useQuery(caseOf(id));
  if (error instanceof Refusal && error.problem.code === 'reason-required') return <ReasonGate caseId={id} />;
  if (data === undefined) return error === null ? <Loading /> : <Problem error={error} />;
  return <>{children(data)}</>;
}

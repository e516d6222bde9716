import type { Facts, JsonObject } from '@comity/core';
import type {
  CaseLink,
  CaseView,
  CustodyView,
  DatasetCard,
  DeskView,
  LegalTestsView,
  OversightView,
  PartyView,
  PreviewView,
  SessionView,
  ShareView,
  UnsealingView,
} from '@comity/node/api';
import { QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { ask, Refusal } from './client.ts';
import { keepNodeTime } from './now.ts';

/** Pages follow what other offices do without a reload. */
const FOLLOW = 5000;

export const client = new QueryClient({
  defaultOptions: { queries: { staleTime: 2000, retry: (count, error) => !(error instanceof Refusal) && count < 2 } },
});

export const session = queryOptions({
  queryKey: ['session'],
  queryFn: async () => {
    const now = await ask<SessionView>('GET', '/api/session');
    keepNodeTime(now.now);
    return now;
  },
  staleTime: 60_000,
});

/** Whose turn it is in a case. */
export type DeskSide = 'ours' | 'theirs' | 'closed';

/** Which page of which cases of the desk. */
export interface DeskAsk {
  readonly side?: DeskSide;
  readonly procedure?: string;
  readonly seat?: string;
  /** End of a case's id. */
  readonly find?: string;
  /** Open cases of both sides together, by their clocks alone. */
  readonly by?: 'clock';
  readonly page: number;
}

export const deskOf = (wanted: DeskAsk) =>
  queryOptions({
    queryKey: ['desk', wanted],
    queryFn: () =>
      ask<DeskView>('GET', `/api/desk?${new URLSearchParams(Object.entries(wanted).map(([k, v]) => [k, String(v)]))}`),
    refetchInterval: FOLLOW,
    // While another filter is asked for, what was there stays.
    placeholderData: (before) => before,
  });

/** The beginning of the desk. */
export const desk = deskOf({ page: 0 });

export const caseOf = (id: string) =>
  queryOptions({
    queryKey: ['case', id],
    queryFn: () => ask<CaseView>('GET', `/api/cases/${encodeURIComponent(id)}`),
    refetchInterval: (query) => (query.state.status === 'error' ? false : FOLLOW),
    retry: false,
  });

/** Cases that belong to a case. */
export const linksOf = (id: string) =>
  queryOptions({
    queryKey: ['links', id],
    queryFn: () => ask<readonly CaseLink[]>('GET', `/api/cases/${encodeURIComponent(id)}/links`),
    staleTime: 10_000,
    retry: false,
  });

/** What the law of requests says of a case as it stands. */
export const testsOf = (id: string) =>
  queryOptions({
    queryKey: ['tests', id],
    queryFn: () => ask<LegalTestsView>('GET', `/api/cases/${encodeURIComponent(id)}/tests`),
    retry: false,
  });

/** The logs that this node watches; for overseers. */
export const custody = queryOptions({
  queryKey: ['custody'],
  queryFn: () => ask<CustodyView>('GET', '/api/custody'),
});

export const oversight = queryOptions({
  queryKey: ['oversight'],
  queryFn: () => ask<OversightView>('GET', '/api/oversight'),
  refetchInterval: (query) => (query.state.status === 'error' ? false : FOLLOW),
});

/** A party with the facts that this holder knows about it. */
export type PartyWithFacts = PartyView & { readonly facts: Facts | null };

/** A dataset that this organisation holds, with what its scan found. */
export interface Known {
  readonly parties: readonly PartyWithFacts[];
  readonly datasets: readonly DatasetCard[];
}

export const parties = queryOptions({
  queryKey: ['parties'],
  queryFn: () => ask<Known>('GET', '/api/parties'),
  staleTime: 300_000,
});

const itemPath = (caseId: string, item: string): string =>
  `/api/cases/${encodeURIComponent(caseId)}/items/${encodeURIComponent(item)}`;

export const previewOf = (caseId: string, item: string) => ask<PreviewView>('POST', `${itemPath(caseId, item)}/preview`);
/** The means to open a delivery; that they were asked for, and why, stands in the log before they come. */
export const unsealingOf = (caseId: string, item: string, purpose: string) =>
  ask<UnsealingView>('POST', `${itemPath(caseId, item)}/unsealing`, { purpose });
/** The means to take this office's share out of a delivery that several open together; that they were asked for, and why, stands in the log before they come. */
export const shareOf = (caseId: string, item: string, purpose: string) =>
  ask<ShareView>('POST', `${itemPath(caseId, item)}/share`, { purpose });
export const sealedPath = (caseId: string, item: string): string => `${itemPath(caseId, item)}/sealed`;

/** An act that somebody makes in a case. */
export interface NewAct {
  readonly type: string;
  readonly data?: JsonObject;
  readonly sections?: JsonObject;
}

/** Makes an act, then shows the case as it is afterwards. */
export function useAct(caseId: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (act: NewAct) => ask<{ readonly act: string }>('POST', `/api/cases/${encodeURIComponent(caseId)}/acts`, act),
    onSuccess: async () => {
      await Promise.all([
        cache.invalidateQueries({ queryKey: ['case', caseId] }),
        cache.invalidateQueries({ queryKey: ['desk'] }),
      ]);
    },
  });
}

/** Opens a case with its first act. */
export function useOpening() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (opening: NewAct & { readonly procedure: string }) =>
      ask<{ readonly case: string }>('POST', '/api/cases', opening),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['desk'] }),
  });
}

/** Says why a case is being opened. */
export function useReason(caseId: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (purpose: string) => ask('POST', `/api/cases/${encodeURIComponent(caseId)}/reads`, { purpose }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['case', caseId] }),
  });
}

import type { DraftItem } from '@comity/assess';
import type { Facts } from '@comity/core';
import type { GateView, OpeningView } from '@comity/node/api';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { ask } from './client.ts';

/** A request as far as it is drafted. */
export interface GateAsk {
  readonly facts: Facts;
  readonly items: readonly DraftItem[];
  readonly provider?: string;
}

/** What the gates say of a draft, showing the last answer until the next one is there. What is asked is not kept on this machine. */
export const foretold = (wanted: GateAsk) =>
  queryOptions({
    queryKey: ['gate', wanted],
    queryFn: () => ask<GateView>('POST', '/api/gate', wanted),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    gcTime: 60_000,
    retry: false,
  });

/** What the act that opens a case of a procedure asks for. */
export const openingOf = (procedure: string) =>
  queryOptions({
    queryKey: ['opening', procedure],
    queryFn: () => ask<OpeningView>('GET', `/api/law/procedures/${encodeURIComponent(procedure)}/opening`),
    staleTime: 600_000,
    retry: false,
  });

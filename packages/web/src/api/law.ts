import type { Alternatives, LibraryPack } from '@comity/assess';
import type { Facts, Json } from '@comity/core';
import type {
  AssessView,
  CountriesView,
  ImpactView,
  LawDiffView,
  LibraryHead,
  LibraryHitView,
  PackVersion,
  VocabularyView,
} from '@comity/node/api';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { ask, askFile } from './client.ts';

/** The law changes when the node starts anew, not while somebody reads. */
const LONG = 600_000;

/** A question about one transfer; the same question gets the same answer, so it is kept. */
export interface Transfer {
  readonly facts: Facts;
  readonly on: string;
  /** What is taken for granted of an importer in another country. */
  readonly elsewhere?: Facts;
}

export const assessed = (transfer: Transfer) =>
  queryOptions({
    queryKey: ['assess', transfer],
    queryFn: () => ask<AssessView>('POST', '/api/assess', transfer),
    staleTime: LONG,
  });

/** The same, showing the last answer until the next one is there. */
export const assessedLive = (transfer: Transfer) =>
  queryOptions({ ...assessed(transfer), placeholderData: keepPreviousData, retry: false });

export const alternativesTo = (transfer: Transfer) =>
  queryOptions({
    queryKey: ['alternatives', transfer],
    queryFn: () => ask<Alternatives>('POST', '/api/assess/alternatives', transfer),
    staleTime: LONG,
  });

export const everywhere = (transfer: Transfer) =>
  queryOptions({
    queryKey: ['everywhere', transfer],
    queryFn: () => ask<CountriesView>('POST', '/api/assess/everywhere', transfer),
    staleTime: LONG,
  });

export const memoOf = (transfer: Transfer, lang: string) => askFile(`/api/assess/memo?lang=${lang}`, transfer);

export const vocabulary = queryOptions({
  queryKey: ['vocabulary'],
  queryFn: () => ask<VocabularyView>('GET', '/api/law/vocabulary'),
  staleTime: LONG,
});

export const libraryHeads = queryOptions({
  queryKey: ['library'],
  queryFn: () => ask<readonly LibraryHead[]>('GET', '/api/law/library'),
  staleTime: LONG,
});

export const packOf = (id: string) =>
  queryOptions({
    queryKey: ['library', id],
    queryFn: () => ask<LibraryPack>('GET', `/api/law/library/${encodeURIComponent(id)}`),
    staleTime: LONG,
  });

export const hitsFor = (words: string) =>
  queryOptions({
    queryKey: ['law-search', words],
    queryFn: () => ask<readonly LibraryHitView[]>('GET', `/api/law/search?q=${encodeURIComponent(words)}`),
    staleTime: LONG,
    placeholderData: keepPreviousData,
  });

export const versionsOf = (pack: string) =>
  queryOptions({
    queryKey: ['versions', pack],
    queryFn: () => ask<readonly PackVersion[]>('GET', `/api/law/versions/${encodeURIComponent(pack)}`),
    staleTime: LONG,
  });

export const packText = (sha256: string) =>
  queryOptions({
    queryKey: ['pack-text', sha256],
    queryFn: () => ask<Json>('GET', `/api/law/packs/${sha256}`),
    staleTime: LONG,
  });

export const diffOf = (before: string, after: string) =>
  queryOptions({
    queryKey: ['diff', before, after],
    queryFn: () => ask<LawDiffView>('GET', `/api/law/diff?before=${before}&after=${after}`),
    staleTime: LONG,
  });

/** What a drafted pack would do to what runs here. Cases move, so it is asked anew each time. */
export const impactOf = (pack: Json, on: string) => ask<ImpactView>('POST', '/api/law/impact', { pack, on });

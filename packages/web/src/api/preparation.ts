import type { DatasetsView, DatasetView, DatasetWork, PreparePreview } from '@comity/node/api';
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { ask, exchange } from './client.ts';

/** While something is made the page looks every so often, in milliseconds. */
const FOLLOW = 1_000;
const pathOf = (id: string): string => `/api/datasets/${encodeURIComponent(id)}`;
const runPath = (id: string): string => `/api/preparations/${encodeURIComponent(id)}`;

/** The datasets of this office. */
export const datasets = queryOptions({
  queryKey: ['datasets'],
  queryFn: () => ask<DatasetsView>('GET', '/api/datasets'),
  retry: false,
});

/** One dataset with all that was made of it. */
export const datasetOf = (id: string) =>
  queryOptions({
    queryKey: ['dataset', id],
    queryFn: () => ask<DatasetWork>('GET', pathOf(id)),
    refetchInterval: ({ state }) =>
      state.data !== undefined && (state.data.preparations.some(isOpen) || state.data.dataset.scan === null) ? FOLLOW : false,
    retry: false,
  });

export function isOpen({ state }: { readonly state: string }): boolean {
  return state === 'waiting' || state === 'running';
}

export const outputPath = (id: string): string => `${runPath(id)}/output`;
export const reportPath = (id: string, language: string): string => `${runPath(id)}/report.pdf?lang=${language}`;

/** What is none of the others is read as CSV, and refused if it is not that. */
function formatOf(name: string): DatasetView['format'] | 'arrow' {
  if (name.endsWith('.parquet')) return 'parquet';
  if (/\.(arrow|arrows|feather|ipc)$/.test(name)) return 'arrow';
  return /\.(json|jsonl|ndjson)$/.test(name) ? 'json' : 'csv';
}

/** Drops a file in. */
export function useTakeIn() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async ({
      file,
      name,
      population,
    }: {
      readonly file: File;
      readonly name: string;
      readonly population: string;
    }) => {
      const format = formatOf(file.name.toLowerCase());
      const body = new Blob([file], { type: 'application/vnd.comity.dataset' });
      const answer = await exchange(`/api/datasets?${new URLSearchParams({ name, population, format })}`, {
        method: 'POST',
        body,
      });
      return (await answer.json()) as { readonly dataset: string }; // parser: the node's route writes this
    },
    onSuccess: () => cache.invalidateQueries({ queryKey: ['datasets'] }),
  });
}

/** Takes a file from a bucket. */
export function useFetch() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (given: { readonly address: string; readonly name: string; readonly population: string }) =>
      ask<{ readonly dataset: string }>('POST', '/api/datasets/fetched', given),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['datasets'] }),
  });
}

/** Takes up a dataset of the catalogue. */
export function useOpenCatalogued() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (dataset: string) => ask<{ readonly dataset: string }>('POST', '/api/datasets/catalogued', { dataset }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['datasets'] }),
  });
}

/** Something that changes a dataset's work; the page shows it at once. */
function useChange<T>(dataset: string, change: (given: T) => Promise<unknown>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['dataset', dataset] });
      // What is offered stands among the datasets that cases may ask for.
      await cache.invalidateQueries({ queryKey: ['parties'] });
      await cache.invalidateQueries({ queryKey: ['datasets'] });
    },
  });
}

export function useBegin(dataset: string) {
  return useChange(dataset, (asked: { readonly kind: string; readonly plan: object }) =>
    ask('POST', `${pathOf(dataset)}/preparations`, asked),
  );
}

export function useCancel(dataset: string) {
  return useChange(dataset, (id: string) => ask('POST', `${runPath(id)}/cancel`));
}

export function useOffer(dataset: string) {
  return useChange(dataset, ({ id, ...wish }: { readonly id: string; readonly name: string; readonly until: string }) =>
    ask('POST', `${runPath(id)}/offer`, wish),
  );
}

export function useWithdraw(dataset: string) {
  return useChange(dataset, (id: string) => ask('POST', `${runPath(id)}/withdraw`));
}

export function useSetBudget(dataset: string) {
  return useChange(dataset, (budget: { readonly population: string; readonly epsilon: number; readonly delta: number }) =>
    ask('POST', '/api/budgets', budget),
  );
}

export function useDrop() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => ask('DELETE', pathOf(id)),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['datasets'] }),
  });
}

/** What a plan would let leave. While a changed plan is counted the page shows the one before. */
export const previewOf = (dataset: string, asked: { readonly kind: 'minimise' | 'deidentify' | 'own'; readonly plan: object }) =>
  queryOptions({
    queryKey: ['dataset', dataset, 'preview', JSON.stringify(asked)],
    queryFn: () => ask<PreparePreview>('POST', `${pathOf(dataset)}/preview`, asked),
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 60_000,
  });

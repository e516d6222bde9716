import type { ImportsView, ImportView } from '@comity/node/api';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { ask, askText, sendFile } from './client.ts';

/** Kinds of file that a person may hand in. */
export const FILE_KINDS = ['pdf', 'eml', 'txt'] as const;
export type FileKind = (typeof FILE_KINDS)[number];

const FOLLOW = 10_000;
const pathOf = (id: string): string => `/api/imports/${encodeURIComponent(id)}`;

/** What has come from outside, without what it says. */
export const imports = queryOptions({
  queryKey: ['imports'],
  queryFn: () => ask<ImportsView>('GET', '/api/imports'),
  refetchInterval: (query) => (query.state.status === 'error' ? false : FOLLOW),
  retry: false,
});

/** One of them, once a reason was stated. */
export const importOf = (id: string) =>
  queryOptions({
    queryKey: ['import', id],
    queryFn: () => ask<ImportView>('GET', pathOf(id)),
    retry: false,
  });

export const originalPath = (id: string): string => `${pathOf(id)}/original`;

/** The original as text: for messages, whose draft holds none. */
export const originalText = (id: string) =>
  queryOptions({ queryKey: ['import', id, 'original'], queryFn: () => askText(originalPath(id)), retry: false, gcTime: 60_000 });

/** States why an import is read; the log holds it first. */
export function useImportReason(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (purpose: string) => ask('POST', `${pathOf(id)}/reads`, { purpose }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['import', id] }),
  });
}

/** Hands in a file that came by another way. */
export function useHandIn() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ kind, file }: { readonly kind: FileKind; readonly file: Blob }) =>
      sendFile<{ readonly import: string }>(`/api/imports?kind=${kind}`, file),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['imports'] }),
  });
}

/** What the node answers to a step of deciding. */
export interface ImportDecided {
  readonly state: ImportView['state'];
  readonly case: string | null;
}

/** Decides what becomes of it; the body is that of the node's route. */
export function useDecideImport(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (decision: object) => ask<ImportDecided>('POST', `${pathOf(id)}/decide`, decision),
    onSuccess: async () => {
      await Promise.all(['import', 'imports', 'desk'].map((key) => cache.invalidateQueries({ queryKey: [key] })));
    },
  });
}

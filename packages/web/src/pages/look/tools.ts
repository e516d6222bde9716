import type { CaseView, NotedQueryView } from '@comity/node/api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ask } from '../../api/client.ts';
import type { Evidence, RowAt } from './evidence.ts';
import type { Picked } from './FindingForm.tsx';

export const TOOLS = ['search', 'timeline', 'links', 'flows', 'join'] as const;
export type ToolName = (typeof TOOLS)[number];

/** What every tool is given. */
export interface Bench {
  readonly view: CaseView;
  readonly tables: readonly Evidence[];
  /** Has a look noted, with its reason; only when it stands in the log does the promise fulfil, and only then may a tool show what it found. */
  readonly ask: (kind: ToolName, items: readonly string[]) => Promise<void>;
  readonly busy: boolean;
  /** Whether there is a reason. */
  readonly ready: boolean;
  readonly picked: Picked;
  readonly onPick: (picked: Picked) => void;
}

/** Notes looks of one person in one case: which items, which kind, which purpose, and why. What is looked for is not said. */
export function useNoted(caseId: string, said: { readonly purpose: string; readonly reason: string }) {
  const cache = useQueryClient();
  const noting = useMutation({
    mutationFn: (query: { readonly kind: ToolName; readonly items: readonly string[] }) =>
      ask<NotedQueryView>('POST', `/api/cases/${encodeURIComponent(caseId)}/queries`, {
        ...query,
        purpose: said.purpose,
        reason: said.reason.trim(),
      }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['case', caseId] }),
  });
  return {
    ask: async (kind: ToolName, items: readonly string[]): Promise<void> => void (await noting.mutateAsync({ kind, items })),
    busy: noting.isPending,
    error: noting.error,
    index: noting.data?.index,
  };
}

/** The items whose tables a look goes through. */
export function itemsOf(tables: readonly Evidence[]): readonly string[] {
  return [...new Set(tables.map(({ item }) => item))];
}

/** A row's name, for choosing it. */
export function keyOf({ table, row }: RowAt): string {
  return `${table}.${row}`;
}

import { createHash } from 'node:crypto';
import type { KeepReason } from '../catalogue.ts';
import type { SourceHead } from '../check-source.ts';
import { engineName } from '../engine.ts';
import { isTable, type TableHead, type TableSeen } from '../engines/trinoTable.ts';
import type { PlanTransform } from '../plan.ts';
import type { RedactedColumn } from '../record.ts';
import type { RowCounts } from '../select.ts';
import type { Judged } from './judge.ts';
import { type MinimisePlan, minimiseDigest } from './plan.ts';

/** What left a file, and what stayed and why. No identifier and no value of the data stands in it: items are named by their ids. */
export interface MinimiseReport extends RowCounts {
  readonly v: 1;
  readonly purpose: string | null;
  readonly planDigest: string;
  /** SHA-256 of the file, hexadecimal; null for a table on a cluster, which has none. */
  readonly inputDigest: string | null;
  /** What was read instead of a file. */
  readonly table?: TableSeen;
  /** SHA-256 of the bytes that leave, hexadecimal; null in a preview, where nothing leaves. */
  readonly outputDigest: string | null;
  readonly engine: string;
  /** How many rows each item covers; a row that two items cover leaves once and counts for both. Empty for a projection without items. */
  readonly items: readonly { readonly id: string; readonly rows: number }[];
  readonly columnsKept: readonly {
    readonly name: string;
    readonly reason: KeepReason;
    readonly transform: PlanTransform['op'];
  }[];
  /** Nobody named them, so they count as identifying. */
  readonly columnsDropped: readonly { readonly name: string; readonly reason: 'column-unclassified' }[];
  readonly redacted: readonly RedactedColumn[];
}

interface Found {
  readonly judged: Judged;
  readonly redacted: readonly RedactedColumn[];
  readonly inputDigest: string | null;
  readonly outputDigest: string | null;
}

export function reportOf(plan: MinimisePlan, source: SourceHead | TableHead, { judged, ...found }: Found): MinimiseReport {
  const { byItem, ...counts } = judged;
  const kept = new Set(plan.columns.map(({ name }) => name));
  return {
    v: 1,
    purpose: plan.purpose,
    planDigest: minimiseDigest(plan, (bytes) => createHash('sha256').update(bytes).digest()),
    ...found,
    ...(isTable(source) ? { table: source.seen } : {}),
    engine: engineName(),
    ...counts,
    items: (plan.items ?? []).map(({ id }, i) => ({ id, rows: byItem[i] ?? 0 })),
    columnsKept: plan.columns.map(({ name, reason, transform }) => ({ name, reason, transform: transform.op })),
    columnsDropped: source.columns
      .filter(({ name }) => !kept.has(name))
      .map(({ name }) => ({ name, reason: 'column-unclassified' })),
  };
}

import { createHash } from 'node:crypto';
import { digestJson, ok, type Result, refuse } from '@comity/core';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { DropReason, KeepReason } from './catalogue.ts';
import { isUnchanged, type SourceShape } from './check-source.ts';
import { withFile } from './engine.ts';
import { type MaskedCell, maskCell } from './mask.ts';
import { type Plan, type PlanNote, type PlanTransform, planDigest } from './plan.ts';
import { type Compiled, compile, countRows, type RowCounts } from './select.ts';

const SAMPLE_ROWS = 5;

/** What a plan would release from a source: what the person who approves sees. No value that identifies anyone stands in it. */
export interface Preview extends RowCounts {
  readonly v: 1;
  readonly item: string;
  readonly dataset: string;
  readonly planDigest: string;
  /** SHA-256 of the data file. */
  readonly inputDigest: string;
  readonly columnsKept: readonly {
    readonly name: string;
    readonly reason: KeepReason;
    readonly transform: PlanTransform['op'];
  }[];
  readonly columnsDropped: readonly { readonly name: string; readonly reason: DropReason }[];
  /** Up to five rows, cells in the order of columnsKept. */
  readonly sample: readonly (readonly MaskedCell[])[];
  readonly notes: readonly PlanNote[];
  /** SHA-256 of the canonical JSON of all the above: what an approval names. */
  readonly previewDigest: string;
}

/**
 * Counts and shows, masked, what `extract` would release. Needs no key.
 * Refuses `preview-stale` when the file is no longer the one that was checked, and what `compile` refuses.
 */
export async function preview(plan: Plan, source: SourceShape): Promise<Result<Preview>> {
  if (!(await isUnchanged(source))) return refuse('preview-stale');
  const compiled = compile(plan, source, undefined);
  if (!compiled.ok) return compiled;
  const seen = await look(source, compiled.value);
  if (seen === undefined) return refuse('dataset-unreadable');
  const body = {
    v: 1,
    item: plan.item,
    dataset: plan.dataset,
    planDigest: planDigest(plan, sha256),
    inputDigest: source.sha256,
    ...seen.counts,
    columnsKept: plan.columns.map(({ name, reason, transform }) => ({ name, reason, transform: transform.op })),
    columnsDropped: droppedColumns(plan, source),
    sample: seen.sample.map((row) => plan.columns.map((column, i) => maskCell(row[i], column, typeOf(source, column.name)))),
    notes: plan.notes,
  } as const;
  return ok({ ...body, previewDigest: digestJson(body, sha256) });
}

interface Seen {
  readonly counts: RowCounts;
  readonly sample: readonly (readonly (string | null)[])[];
}

async function look(source: SourceShape, compiled: Compiled): Promise<Seen | undefined> {
  const read = async (connection: DuckDBConnection): Promise<Seen> => {
    const counts = await countRows(connection, compiled.counts);
    const { sql, values } = compiled.rows;
    const reader = await connection.runAndReadAll(`${sql} LIMIT ${SAMPLE_ROWS}`, [...values]);
    const sample = reader.getRows().map((row) => row.map((value) => (value === null ? null : String(value))));
    return { counts, sample };
  };
  try {
    return await withFile(source.path, read);
  } catch {
    // The engine's message may quote the data, so it goes nowhere.
    return undefined;
  }
}

/** In the order of the source; a column that nobody classified is named as such. */
function droppedColumns(plan: Plan, source: SourceShape): Preview['columnsDropped'] {
  const kept = new Set(plan.columns.map(({ name }) => name));
  const reasons = new Map(plan.dropped.map(({ name, reason }) => [name, reason]));
  return source.columns
    .filter(({ name }) => !kept.has(name))
    .map(({ name }) => ({ name, reason: reasons.get(name) ?? 'column-unclassified' }));
}

function typeOf(source: SourceShape, name: string): string {
  return source.columns.find((column) => column.name === name)?.type ?? '';
}

function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest();
}

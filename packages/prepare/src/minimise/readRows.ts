import type { Result } from '@comity/core';
import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';
import { isUnchanged, type SourceHead } from '../check-source.ts';
import { openFile } from '../engine.ts';
import { checkKeys, ExtractRefused, type Keys } from '../extract.ts';
import { type Recorder, type RedactedColumn, recorderFor } from '../record.ts';
import { compileOnePass, type OnePass } from './compile.ts';
import { groupItems } from './groups.ts';
import { type Hashing, hashFile } from './hashFile.ts';
import { type Judge, type Judged, judgeFor } from './judge.ts';
import type { MinimisePlan } from './plan.ts';
import { rowsReadOf } from './tally.ts';

/** A row that leaves. It is good only until the next one comes. */
export interface Row {
  readonly record: () => string;
  /** In a preview alone. */
  readonly cells: () => readonly (string | null)[];
}

/** What a reading to the end has found. */
export interface Read {
  readonly judged: Judged;
  readonly redacted: readonly RedactedColumn[];
  /** Null for a table on a cluster, which has none. */
  readonly inputDigest: string | null;
}

export interface Reading {
  /** Undefined in a preview. */
  readonly keys: Keys | undefined;
  readonly take: (row: Row) => void;
  readonly done: (read: Read) => void;
}

/** Rows may run ahead of whoever takes them by so much. */
export const SETTINGS = [`SET streaming_buffer_size = '8MB'`];

/** Reads each row of a file once and gives every row that leaves to `take`, in source order; stops after each batch of rows, so that its caller can pass them on. Throws ExtractRefused. */
export async function* readRows(plan: MinimisePlan, source: SourceHead, reading: Reading): AsyncGenerator<undefined> {
  if (reading.keys !== undefined) required(checkKeys(plan, reading.keys));
  if (!(await isUnchanged(source))) throw new ExtractRefused({ code: 'preview-stale' });
  const hashing = hashFile(source.path, source.format !== 'parquet');
  try {
    yield* passOver(plan, source, { ...reading, hashing });
  } finally {
    hashing.stop();
  }
}

async function* passOver(
  plan: MinimisePlan,
  source: SourceHead,
  { keys, take, done, hashing }: Reading & { readonly hashing: Hashing },
): AsyncGenerator<undefined> {
  const file = await orUnreadable(() => openFile(source.path, SETTINGS));
  try {
    const rowsRead = await orUnreadable(() => rowsReadOf(file.connection, source));
    const wanted = required(await orUnreadable(() => groupItems(file.connection, plan.items ?? [], source.columns)));
    const keyOf = keys === undefined ? undefined : (keyRef: string): Uint8Array => keys[keyRef] ?? new Uint8Array();
    const pass = required(compileOnePass({ plan, source, wanted, keyOf }));
    const judge = judgeFor(plan, wanted, pass);
    const recorder = recorderFor(pass.shape);
    for await (const chunk of chunksOf(file.connection, pass)) {
      takeRows(chunk, { pass, judge, recorder, take });
      yield;
    }
    await countOutside(file.connection, pass, judge);
    if (judge.zoneMissing()) throw new ExtractRefused({ code: 'zone-missing', field: 'period.zone' });
    const inputDigest = await digestOf(source, hashing);
    done({ judged: judge.counts(rowsRead()), redacted: recorder.redacted(), inputDigest });
  } finally {
    file.close();
  }
}

async function countOutside(connection: DuckDBConnection, { outside, at }: OnePass, judge: Judge): Promise<void> {
  if (outside === undefined) return;
  const reader = await orUnreadable(() => connection.runAndReadAll(outside.sql, [...outside.values]));
  const texts = at.texts.length;
  for (const row of reader.getRows())
    judge.outside(row.slice(0, texts), { unreadable: row[texts] === true, count: Number(row[texts + 1]) });
}

interface Taking {
  readonly pass: OnePass;
  readonly judge: Judge;
  readonly recorder: Recorder;
  readonly take: (row: Row) => void;
}

/** Gives the rows of a chunk that leave to whoever takes them. */
export function takeRows(chunk: DuckDBDataChunk, { pass, judge, recorder, take }: Taking): void {
  const { at, shape } = pass;
  const texts = (from: number, count: number, row: number): readonly (string | null)[] =>
    Array.from({ length: count }, (_, i) => textIn(chunk, from + i, row));
  const parts = shape.expressions.length;
  const cells = chunk.columnCount - at.cells;
  for (let row = 0; row < chunk.rowCount; row++) {
    if (!judge.leaves(chunk, row)) continue;
    take({ record: () => recorder.record(texts(at.parts, parts, row)), cells: () => texts(at.cells, cells, row) });
  }
}

function textIn(chunk: DuckDBDataChunk, column: number, row: number): string | null {
  const value = chunk.getColumnVector(column).getItem(row);
  return value === null ? null : String(value);
}

/** What a compiled pass gives, chunk by chunk. */
export async function* chunksOf(connection: DuckDBConnection, { sql, values }: OnePass): AsyncGenerator<DuckDBDataChunk> {
  const result = await orUnreadable(() => connection.stream(sql, [...values]));
  let ended = false;
  try {
    for (;;) {
      const chunk = await orUnreadable(() => result.fetchChunk());
      ended = chunk === null || chunk.rowCount === 0;
      if (chunk === null || ended) return;
      yield chunk;
    }
  } finally {
    // The engine's threads ask this one for the tally; it must not wait for them to end while they wait for it.
    if (!ended) await drain(connection, () => result.fetchChunk());
  }
}

async function drain(connection: DuckDBConnection, next: () => Promise<DuckDBDataChunk | null>): Promise<void> {
  connection.interrupt();
  try {
    for (;;) {
      const chunk = await next();
      if (chunk === null || chunk.rowCount === 0) return;
    }
  } catch {
    // Interrupted, as it was asked to be.
  }
}

async function digestOf(source: SourceHead, { done }: Hashing): Promise<string> {
  const read = await done;
  if (read === undefined || !read.utf8) throw new ExtractRefused({ code: 'dataset-unreadable' });
  if (read.bytes !== source.bytes || !(await isUnchanged(source))) throw new ExtractRefused({ code: 'preview-stale' });
  return read.sha256;
}

export function required<T>(result: Result<T>): T {
  if (!result.ok) throw new ExtractRefused(result.refusal);
  return result.value;
}

export async function orUnreadable<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch {
    // The engine's message may quote the data, so it goes nowhere.
    throw new ExtractRefused({ code: 'dataset-unreadable' });
  }
}

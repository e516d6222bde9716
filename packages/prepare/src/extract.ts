import { ok, type Refusal, type Result, refuse, utf8 } from '@comity/core';
import type { DuckDBConnection } from '@duckdb/node-api';
import { isUnchanged, type SourceShape } from './check-source.ts';
import { csvRecord } from './csv.ts';
import { type OpenFile, openFile } from './engine.ts';
import type { Plan } from './plan.ts';
import { type Recorder, type RedactedColumn, recorderFor } from './record.ts';
import { type Compiled, compile, countRows, type RowCounts } from './select.ts';

/** Keys of one recipient by keyRef, 32 bytes or more each. They are used and forgotten. */
export type Keys = Readonly<Record<string, Uint8Array>>;

/** A stream of CSV bytes, to be read once, with its counts when it has ended. */
export interface Extraction extends AsyncIterable<Uint8Array> {
  /** Counts as in the preview, and for columns that are redacted what was. Throws when the stream has not been read to its end: that would be a bug of the caller. */
  readonly report: () => RowCounts & { readonly redacted?: readonly RedactedColumn[] };
}

/** A stream cannot return a refusal, so it throws this. It carries no message of the engine, which may quote data. */
export class ExtractRefused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.code);
    this.name = 'ExtractRefused';
    this.refusal = refusal;
  }
}

const CHUNK = 64 * 1024;

/**
 * The rows and columns that a plan names, as CSV: RFC 4180, UTF-8, a header record, rows in source order. Memory does not grow with the
 * rows. Throws ExtractRefused while being read: `preview-stale` when the file is not the one that was checked (or changes meanwhile),
 * `field-missing` or `field-invalid` for keys, `dataset-unreadable`. A stream that throws has delivered nothing whole: discard it.
 */
export function extract(plan: Plan, source: SourceShape, keys: Keys): Extraction {
  const state: { counts?: ReturnType<Extraction['report']> } = {};
  return {
    [Symbol.asyncIterator]: () => read(plan, source, { keys, done: (counts) => Object.assign(state, { counts }) }),
    report: () => {
      if (state.counts === undefined) throw new Error('the extraction has not been read to its end');
      return state.counts;
    },
  };
}

interface Run {
  readonly keys: Keys;
  readonly done: (counts: ReturnType<Extraction['report']>) => void;
}

async function* read(plan: Plan, source: SourceShape, { keys, done }: Run): AsyncGenerator<Uint8Array> {
  required(checkKeys(plan, keys));
  const compiled = required(compile(plan, source, (keyRef) => keys[keyRef] ?? new Uint8Array()));
  await sameFile(source);
  const file = await orUnreadable(() => openFile(source.path));
  try {
    const counts = await orUnreadable(() => countRows(file.connection, compiled.counts));
    const header = csvRecord(plan.columns.map(({ name }) => name));
    const recorder = recorderFor(compiled.records.shape);
    const written = yield* records(file, compiled, { header, recorder });
    await sameFile(source);
    if (written !== counts.rowsKept) throw new ExtractRefused({ code: 'preview-stale' });
    const redacted = recorder.redacted();
    done(redacted.length === 0 ? counts : { ...counts, redacted });
  } finally {
    file.close();
  }
}

interface Writing {
  readonly header: string;
  readonly recorder: Recorder;
}

async function* records(
  { connection }: OpenFile,
  compiled: Compiled,
  { header, recorder }: Writing,
): AsyncGenerator<Uint8Array, number> {
  let text = header;
  let written = 0;
  for await (const rows of chunks(connection, compiled)) {
    written += rows.length;
    for (const row of rows) {
      text += recorder.record(row);
      if (text.length < CHUNK) continue;
      yield utf8(text);
      text = '';
    }
  }
  if (text !== '') yield utf8(text);
  return written;
}

type Row = readonly (string | null)[];

async function* chunks(connection: DuckDBConnection, { records: { sql, values } }: Compiled): AsyncGenerator<readonly Row[]> {
  const result = await orUnreadable(() => connection.stream(sql, [...values]));
  for (;;) {
    const chunk = await orUnreadable(() => result.fetchChunk());
    if (chunk === null || chunk.rowCount === 0) return;
    yield chunk.getRows().map((row) => row.map((value) => (value === null ? null : String(value))));
  }
}

/** Whether all keys are there that the columns' transforms name. Refuses `field-missing`, `field-invalid` for one under 32 bytes. */
export function checkKeys(plan: Pick<Plan, 'columns'>, keys: Keys): Result<null> {
  for (const { transform } of plan.columns) {
    if (!('keyRef' in transform)) continue;
    const key = keys[transform.keyRef];
    if (key === undefined) return refuse('field-missing', `keys.${transform.keyRef}`);
    if (key.length < 32) return refuse('field-invalid', `keys.${transform.keyRef}`);
  }
  return ok(null);
}

async function sameFile(source: SourceShape): Promise<void> {
  if (!(await isUnchanged(source))) throw new ExtractRefused({ code: 'preview-stale' });
}

function required<T>(result: Result<T>): T {
  if (!result.ok) throw new ExtractRefused(result.refusal);
  return result.value;
}

async function orUnreadable<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch {
    throw new ExtractRefused({ code: 'dataset-unreadable' });
  }
}

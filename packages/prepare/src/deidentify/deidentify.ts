import { ok, type Result, refuse, type Sha256 } from '@comity/core';
import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';
import { checkSource, isUnchanged, type SourceShape } from '../check-source.ts';
import { csvRecord } from '../csv.ts';
import { withFile } from '../engine.ts';
import { classFigures } from './classSizes.ts';
import { checkColumns, countReadable, frequentValues, type Job, rowsSql } from './compile.ts';
import { digestOfFile, type OnPartial, openPartial, type Partial, toParquet } from './files.ts';
import { cipherOf, KEY_BYTES, keyFor, needsKey, remembering } from './keys.ts';
import { type ColumnPlan, type DeidentifyPlan, deidentifyDigest, released } from './plan.ts';
import { measureRisk, type Risk, valueSizes } from './risk.ts';
import { classKey, smallClasses, tooHigh } from './smallClasses.ts';
import { shortfall } from './verify.ts';

export interface DeidentifyOptions {
  /** Where the result goes; Parquet where the name ends in `.parquet`, else CSV. */
  readonly output: string;
  /** One recipient's key, 32 bytes or more; undefined where no operation needs one. Used and forgotten. */
  readonly key: Uint8Array | undefined;
  /** Persons in the population that the rows were drawn from, for the estimate of uniqueness; undefined where nobody said. */
  readonly population: number | undefined;
  readonly sha256: Sha256;
  /** Hears the name of each file that is written beside the output. */
  readonly onPartial?: OnPartial;
}

/** What was made, by which everybody can name it. */
export interface Deidentified {
  readonly plan: string;
  readonly input: string;
  readonly output: string;
  readonly engine: string;
  readonly rows: { readonly read: number; readonly written: number; readonly suppressed: number };
  /** Cells that left empty because too few rows hold their value. */
  readonly emptied: number;
  /** Counted on the result; null where the plan names no quasi-identifiers. */
  readonly risk: Risk | null;
}

/**
 * Runs a plan on a checked file, in one pass and in the order of its rows. The result is counted again as it stands in the new file, and
 * gets its name only if what the plan demands holds there: else there is no file. Refuses `column-missing`, `nothing-selected`,
 * `field-missing` / `field-invalid` for the key, `value-unreadable` with how many rows, `risk-too-high` with sizes, `preview-stale` when the
 * file changed meanwhile, `dataset-unreadable`.
 */
export async function deidentify(
  source: SourceShape,
  plan: DeidentifyPlan,
  options: DeidentifyOptions,
): Promise<Result<Deidentified>> {
  const { key } = options;
  if (needsKey(plan) && key === undefined) return refuse('field-missing', 'key');
  if (key !== undefined && key.length < KEY_BYTES) return refuse('field-invalid', 'key');
  const job: Job = { plan, source, key: key === undefined ? undefined : keyFor('token', key) };
  const columns = checkColumns(job);
  if (!columns.ok) return columns;
  const partial = await openPartial(options.output, options.onPartial);
  try {
    const written = await writeRows(job, partial, key);
    if (!written.ok) return written;
    await partial.close();
    const risk = await checked(partial.path, plan, options);
    if (!risk.ok) return risk;
    if (!(await isUnchanged(source))) return refuse('preview-stale');
    await finish(partial, plan, options);
    const { engine, ...counts } = written.value;
    const digests = {
      plan: deidentifyDigest(plan, options.sha256),
      input: source.sha256,
      output: await digestOfFile(options.output),
    };
    return ok({ ...digests, engine, ...counts, risk: risk.value });
  } finally {
    await partial.discard();
  }
}

async function finish(partial: Partial, plan: DeidentifyPlan, { output, onPartial }: DeidentifyOptions): Promise<void> {
  if (!output.toLowerCase().endsWith('.parquet')) return partial.keep();
  await toParquet(partial.path, { output, columns: released(plan).map(({ name }) => name), onPartial });
}

/** Reads the new file as whoever receives it would, and counts. */
async function checked(path: string, plan: DeidentifyPlan, { population }: DeidentifyOptions): Promise<Result<Risk | null>> {
  const made = await checkSource(
    path,
    'csv',
    released(plan).map(({ name }) => name),
  );
  if (!made.ok) return made;
  const rare = await rareValues(made.value, plan);
  if (rare !== undefined) return rare;
  if (plan.verify === null) return ok(null);
  const risk = await measureRisk(made.value, plan.verify, population);
  if (!risk.ok) return risk;
  const short = shortfall(risk.value, plan.verify);
  return short === undefined ? risk : short;
}

/** Rows that stayed behind may have taken a value below its least number with them. */
async function rareValues(made: SourceShape, plan: DeidentifyPlan): Promise<Result<never> | undefined> {
  for (const { name, operation } of released(plan)) {
    if (operation.op !== 'suppressIf') continue;
    const figures = classFigures(await valueSizes(made, name), operation.k);
    if (figures.rowsBelow > 0) return tooHigh(figures, operation.k);
  }
  return undefined;
}

type Written = Pick<Deidentified, 'engine' | 'rows' | 'emptied'>;

async function writeRows(job: Job, partial: Partial, key: Uint8Array | undefined): Promise<Result<Written>> {
  try {
    return await withFile(job.source.path, async (connection) => {
      const read = await countReadable(connection, job);
      if (!read.ok) return read;
      const small = await smallClasses(connection, job);
      if (!small.ok) return small;
      const cells = await cellsOf(connection, job, key);
      const told = await stream(connection, job, { partial, cells, small: small.value });
      if (!told.ok) return told;
      const rows = { read: read.value, written: told.value.written, suppressed: read.value - told.value.written };
      return ok({ engine: await engineOf(connection), rows, emptied: told.value.emptied });
    });
  } catch (error) {
    // The engine's message may quote data; what the disk says of the new file may not be swallowed with it.
    if (error instanceof Error && 'syscall' in error) throw error;
    return refuse('dataset-unreadable');
  }
}

async function engineOf(connection: DuckDBConnection): Promise<string> {
  const reader = await connection.runAndReadAll('SELECT version()');
  return `DuckDB ${String(reader.getRows()[0]?.[0])}`;
}

/** What is done to a text outside the engine. Undefined: it cannot be done. */
type CellWork = (text: string) => string | null | undefined;

async function cellsOf(
  connection: DuckDBConnection,
  job: Job,
  key: Uint8Array | undefined,
): Promise<readonly (CellWork | undefined)[]> {
  const works: (CellWork | undefined)[] = [];
  for (const column of released(job.plan)) works.push(await cellWork(connection, job, { column, key }));
  return works;
}

async function cellWork(
  connection: DuckDBConnection,
  job: Job,
  { column, key }: { readonly column: ColumnPlan; readonly key: Uint8Array | undefined },
): Promise<CellWork | undefined> {
  if (column.operation.op === 'suppressIf') {
    const frequent = await frequentValues(connection, job, column);
    return (text) => (frequent.has(text) ? text : null);
  }
  const cipher = cipherOf(column, key);
  return cipher && remembering(cipher.encrypt);
}

interface Streaming {
  readonly partial: Partial;
  readonly cells: readonly (CellWork | undefined)[];
  readonly small: ReadonlySet<string>;
}

interface Told {
  readonly written: number;
  readonly emptied: number;
}

const CHUNK = 64 * 1024;

async function stream(connection: DuckDBConnection, job: Job, { partial, cells, small }: Streaming): Promise<Result<Told>> {
  const columns = released(job.plan);
  const quasi = placesOf(job.plan.verify?.quasi ?? [], columns);
  const unreadable = new Array<number>(columns.length).fill(0);
  let [written, emptied] = [0, 0];
  let text = csvRecord(columns.map(({ name }) => name));
  for await (const row of rowsOf(connection, job)) {
    const made = row.map((cell, i) => worked(cell, cells[i]));
    made.forEach((cell, i) => {
      if (cell === undefined) unreadable[i] = (unreadable[i] ?? 0) + 1;
      else if (cell === null && row[i] !== null) emptied++;
    });
    const leaving = made.map((cell) => cell ?? null);
    // Classes were counted before anything was ciphered: a cipher changes no class.
    if (small.size > 0 && small.has(classKey(quasi.map(({ at, ciphered }) => (ciphered ? row[at] : leaving[at]) ?? null))))
      continue;
    written++;
    text += csvRecord(leaving);
    if (text.length < CHUNK) continue;
    await partial.write(text);
    text = '';
  }
  await partial.write(text);
  return orUnreadable(columns, unreadable, { written, emptied });
}

function placesOf(names: readonly string[], columns: readonly ColumnPlan[]) {
  return names.map((name) => {
    const at = columns.findIndex((column) => column.name === name);
    const op = columns[at]?.operation.op;
    return { at, ciphered: op === 'siv' || op === 'ff1' };
  });
}

function worked(cell: string | null, work: CellWork | undefined): string | null | undefined {
  return cell === null || work === undefined ? cell : work(cell);
}

function orUnreadable(columns: readonly ColumnPlan[], unreadable: readonly number[], told: Told): Result<Told> {
  const at = unreadable.findIndex((count) => count > 0);
  const column = columns[at];
  if (column === undefined) return ok(told);
  return refuse('value-unreadable', column.name, { column: column.name, rows: unreadable[at] ?? 0, op: column.operation.op });
}

type Row = readonly (string | null)[];

async function* rowsOf(connection: DuckDBConnection, job: Job): AsyncGenerator<Row> {
  const { sql, values } = rowsSql(job);
  const result = await connection.stream(sql, [...values]);
  for (;;) {
    const chunk: DuckDBDataChunk | null = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) return;
    for (const row of chunk.getRows()) yield row.map((value) => (value === null ? null : String(value)));
  }
}

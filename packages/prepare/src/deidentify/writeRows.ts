import { ok, type Result, refuse } from '@comity/core';
import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';
import { csvRecord } from '../csv.ts';
import { engineName, isOutOfMemory, withFile } from '../engine.ts';
import { type Cluster, clusterOf, isOfCluster, TableChanged } from '../engines/ask.ts';
import { batches } from '../engines/batches.ts';
import { openMemoryTable } from '../engines/memoryTable.ts';
import { fromTable, isTable, type TableHead } from '../engines/trinoTable.ts';
import { textFor } from '../engines/trinoTypes.ts';
import { withSource } from '../engines/withSource.ts';
import { columnsRead, countUnreadable, frequentValues, type Job, readable, rowsSql } from './compile.ts';
import type { Partial } from './files.ts';
import { cipherOf, remembering } from './keys.ts';
import { type ColumnPlan, released } from './plan.ts';
import { asksNothing, classKey, smallClasses } from './smallClasses.ts';

export interface Written {
  readonly engine: string;
  readonly rows: { readonly read: number; readonly written: number; readonly suppressed: number };
  /** Cells that left empty because too few rows hold their value. */
  readonly emptied: number;
}

interface Writing {
  readonly partial: Partial;
  readonly key: Uint8Array | undefined;
}

/** Writes the rows of a source as a plan changes them. Refuses what `deidentify` refuses of rows; throws what `refusalOf` reads of a cluster. */
export async function writeRows(job: Job, origin: Job['source'] | TableHead, writing: Writing): Promise<Result<Written>> {
  try {
    return await (isTable(origin) ? fromCluster(job, origin, writing) : fromFile(job, writing));
  } catch (error) {
    if (isOfCluster(error)) throw error;
    // The engine's message may quote data; what the disk says of the new file may not be swallowed with it.
    if (error instanceof Error && 'syscall' in error) throw error;
    return refuse(isOutOfMemory(error) && isTable(origin) ? 'engine-exhausted' : 'dataset-unreadable');
  }
}

async function fromFile(job: Job, { partial, key }: Writing): Promise<Result<Written>> {
  return withFile(job.source.path, async (connection) => {
    const counts = await countUnreadable(connection, job);
    const read = readable(job, counts);
    if (!read.ok) return read;
    const small = await smallClasses(connection, job);
    if (!small.ok) return small;
    const cells = await cellsOf(job, key, (column) => frequentValues(connection, job, column));
    const writer = writerFor(job, { partial, cells, small: small.value });
    for await (const rows of rowsOf(connection, job)) await writer.take(rows);
    return writer.finish(read.value);
  });
}

/** The cluster counts what must be known of all rows beforehand; the rows themselves come part by part, and are changed in the node's memory. */
async function fromCluster(job: Job, head: TableHead, { partial, key }: Writing): Promise<Result<Written>> {
  const { verify } = job.plan;
  const small =
    verify === null || asksNothing(verify)
      ? ok(new Set<string>())
      : await withSource(head, columnsRead(job.plan, [...verify.quasi, ...verify.sensitive]), (connection) =>
          smallClasses(connection, job),
        );
  if (!small.ok) return small;
  const cells = await cellsOf(job, key, (column) =>
    withSource(head, columnsRead(job.plan, [column.name]), (connection) => frequentValues(connection, job, column)),
  );
  const cluster = await clusterOf(head.table);
  const writer = writerFor(job, { partial, cells, small: small.value });
  const counts = await passOver(job, head, { cluster, writer });
  const read = readable(job, counts);
  if (!read.ok) return read;
  const [[now] = []] = await cluster.ask(`SELECT count(*) ${fromTable(head.table)}`);
  if (Number(now) !== read.value) throw new TableChanged('there are more rows or fewer than were read');
  return writer.finish(read.value);
}

interface Passing {
  readonly cluster: Cluster;
  readonly writer: Writer;
}

/** How many rows came, and how many of each column could not be read: after the first of these nothing more is written. */
async function passOver(job: Job, head: TableHead, { cluster, writer }: Passing): Promise<readonly number[]> {
  const columns = columnsRead(
    job.plan,
    released(job.plan).map(({ name }) => name),
  );
  const texts = columns.flatMap((name) => head.columns.filter((column) => column.name === name).map(textFor));
  const counts = new Array<number>(1 + released(job.plan).length).fill(0);
  const memory = await openMemoryTable(head, { names: columns });
  try {
    for await (const part of batches(cluster.onePass(`SELECT ${texts.join(', ')} ${fromTable(head.table)}`))) {
      await memory.replace(part);
      (await countUnreadable(memory.connection, job)).forEach((count, i) => {
        counts[i] = (counts[i] ?? 0) + count;
      });
      if (counts.slice(1).some((count) => count > 0)) continue;
      for await (const rows of rowsOf(memory.connection, job)) await writer.take(rows);
    }
    return counts;
  } finally {
    memory.close();
  }
}

/** What is done to a text outside the engine. Undefined: it cannot be done. */
type CellWork = (text: string) => string | null | undefined;

async function cellsOf(
  job: Job,
  key: Uint8Array | undefined,
  frequent: (column: ColumnPlan) => Promise<ReadonlySet<string>>,
): Promise<readonly (CellWork | undefined)[]> {
  const works: (CellWork | undefined)[] = [];
  for (const column of released(job.plan)) {
    if (column.operation.op === 'suppressIf') {
      const known = await frequent(column);
      works.push((text) => (known.has(text) ? text : null));
    } else {
      const cipher = cipherOf(column, key);
      works.push(cipher && remembering(cipher.encrypt));
    }
  }
  return works;
}

interface Streaming {
  readonly partial: Partial;
  readonly cells: readonly (CellWork | undefined)[];
  readonly small: ReadonlySet<string>;
}

type Row = readonly (string | null)[];

interface Writer {
  readonly take: (rows: readonly Row[]) => Promise<void>;
  /** When all rows were taken, of which there were so many. Refuses `value-unreadable`. */
  readonly finish: (read: number) => Promise<Result<Written>>;
}

const CHUNK = 64 * 1024;

function writerFor(job: Job, { partial, cells, small }: Streaming): Writer {
  const columns = released(job.plan);
  const quasi = placesOf(job.plan.verify?.quasi ?? [], columns);
  const unreadable = new Array<number>(columns.length).fill(0);
  let [written, emptied] = [0, 0];
  let text = csvRecord(columns.map(({ name }) => name));
  const takeRow = (row: Row): void => {
    const made = row.map((cell, i) => worked(cell, cells[i]));
    made.forEach((cell, i) => {
      if (cell === undefined) unreadable[i] = (unreadable[i] ?? 0) + 1;
      else if (cell === null && row[i] !== null) emptied++;
    });
    const leaving = made.map((cell) => cell ?? null);
    // Classes were counted before anything was ciphered: a cipher changes no class.
    const key = (): string => classKey(quasi.map(({ at, ciphered }) => (ciphered ? row[at] : leaving[at]) ?? null));
    if (small.size > 0 && small.has(key())) return;
    written++;
    text += csvRecord(leaving);
  };
  return {
    take: async (rows) => {
      for (const row of rows) {
        takeRow(row);
        if (text.length < CHUNK) continue;
        await partial.write(text);
        text = '';
      }
    },
    finish: async (read) => {
      await partial.write(text);
      const told = { engine: engineName(), rows: { read, written, suppressed: read - written }, emptied };
      return orUnreadable(columns, unreadable, told);
    },
  };
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

function orUnreadable(columns: readonly ColumnPlan[], unreadable: readonly number[], told: Written): Result<Written> {
  const at = unreadable.findIndex((count) => count > 0);
  const column = columns[at];
  if (column === undefined) return ok(told);
  return refuse('value-unreadable', column.name, { column: column.name, rows: unreadable[at] ?? 0, op: column.operation.op });
}

async function* rowsOf(connection: DuckDBConnection, job: Job): AsyncGenerator<readonly Row[]> {
  const { sql, values } = rowsSql(job);
  const result = await connection.stream(sql, [...values]);
  for (;;) {
    const chunk: DuckDBDataChunk | null = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) return;
    yield chunk.getRows().map((row) => row.map((value) => (value === null ? null : String(value))));
  }
}

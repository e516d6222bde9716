import type { DuckDBConnection } from '@duckdb/node-api';
import { listValue } from '@duckdb/node-api';
import { quoteName, quoteText, withFile } from '../engine.ts';
import { type Ask, clusterOf, QueryFailed } from '../engines/ask.ts';
import { memorySource } from '../engines/memoryTable.ts';
import { fromTable, type TableColumn, type TableHead } from '../engines/trinoTable.ts';
import { shownText } from '../engines/trinoTypes.ts';
import { type Counted, LONGEST, type Measured, stepOf } from './measure.ts';
import { AROUND, BACK, needsSweep, STRONG_SHAPES, type Swept } from './sweep.ts';
import { hashOnCluster, shapesFor, sweepOnCluster } from './sweepCluster.ts';

/** What a scan knows of a data set before it judges. */
export interface ScanRead {
  readonly measured: readonly Measured[];
  readonly samples: readonly (readonly Counted[])[];
  readonly swept: readonly Swept[];
  readonly subjects: number | null;
}

/** Columns of one statement: each is many expressions, and a cluster takes only so many. */
const AT_ONCE = 40;

interface Looking {
  readonly seed: number;
  readonly subject?: string;
}

/**
 * The same reading where a table lies: the cluster counts, and looks through every row; of values only a sample with its counts comes here, and pieces of
 * few rows around what was found. Throws what `refusalOf` reads.
 */
export async function readCluster(head: TableHead, { seed, subject }: Looking): Promise<ScanRead> {
  const { ask } = await clusterOf(head.table);
  const measured = await measureTable(ask, head);
  const samples: (readonly Counted[])[] = [];
  for (const [i, column] of measured.entries()) samples.push(await sampleOf(ask, head, { column, text: textAt(head, i), seed }));
  return {
    measured,
    samples,
    swept: await sweepTable(ask, head, { measured, seed }),
    subjects: await subjectsIn(ask, head, subject),
  };
}

const textAt = ({ columns }: TableHead, i: number): string => {
  const column = columns[i];
  return column === undefined ? 'NULL' : shownText(column);
};

async function measureTable(ask: Ask, head: TableHead): Promise<readonly Measured[]> {
  const measured: Measured[] = [];
  for (let from = 0; from < head.columns.length; from += AT_ONCE) {
    const columns = head.columns.slice(from, from + AT_ONCE);
    const [answer = []] = await ask(`SELECT count(*), ${columns.map(measureSql).join(', ')} ${fromTable(head.table)}`);
    const [rows = 0, ...numbers] = answer.map((value) => Number(value ?? 0));
    measured.push(...columns.map((column, i) => measuredFrom(column, rows, numbers.slice(5 * i, 5 * i + 5))));
  }
  return measured;
}

function measureSql(column: TableColumn): string {
  const text = shownText(column);
  return `count(${text}), approx_distinct(${text}), min(length(${text})), max(length(${text})), sum(length(${text}))`;
}

function measuredFrom({ name, type }: TableColumn, rows: number, numbers: readonly number[]): Measured {
  const [filled = 0, distinct = 0, minLength = 0, maxLength = 0, characters = 0] = numbers;
  const meanLength = filled === 0 ? 0 : characters / filled;
  return { name, type, rows, filled, distinct: Math.min(distinct, filled), minLength, maxLength, meanLength };
}

interface Sampling {
  readonly column: Measured;
  readonly text: string;
  readonly seed: number;
}

async function sampleOf(ask: Ask, { table }: TableHead, { column, text, seed }: Sampling): Promise<readonly Counted[]> {
  if (column.filled === 0) return [];
  const step = stepOf(column);
  const taken = step === 1 ? '' : ` AND ${hashOnCluster('v', seed)} % ${step} = 0`;
  const sql = `SELECT substr(v, 1, ${LONGEST}), count(*) FROM (SELECT ${text} AS v ${fromTable(table)}) WHERE v IS NOT NULL${taken} GROUP BY 1`;
  return (await ask(sql)).map(([value, count]) => ({ text: String(value), count: Number(count) }));
}

interface Sweep {
  readonly measured: readonly Measured[];
  readonly seed: number;
}

async function sweepTable(ask: Ask, head: TableHead, { measured, seed }: Sweep): Promise<readonly Swept[]> {
  const swept: Swept[] = measured.map(() => ({ rows: 0, some: [] }));
  const places = measured.flatMap((column, i) => (needsSweep(column) ? [i] : []));
  if (places.length === 0) return swept;
  const how = { shapes: await shapesFor(ask, STRONG_SHAPES), seed, back: BACK };
  const found: { readonly at: number; readonly rows: number; readonly pieces: readonly string[] }[] = [];
  for (const at of places) {
    const [[rows, pieces] = []] = await ask(sweepOnCluster(`SELECT ${textAt(head, at)} AS v ${fromTable(head.table)}`, how));
    found.push({ at, rows: Number(rows), pieces: Array.isArray(pieces) ? pieces.map(String) : [] });
  }
  await withFile(memorySource(head).path, async (connection) => {
    for (const { at, rows, pieces } of found) swept[at] = { rows, some: await around(connection, pieces) };
  });
  return swept;
}

/** The surroundings of what was found, cut out by the engine that does so for files. */
async function around(connection: DuckDBConnection, pieces: readonly string[]): Promise<readonly string[]> {
  if (pieces.length === 0) return [];
  const sql = `SELECT regexp_extract(x, ${quoteText(AROUND)}) FROM (SELECT unnest(CAST($1 AS VARCHAR[])) AS x)`;
  const reader = await connection.runAndReadAll(sql, [listValue([...pieces])]);
  return reader.getRows().map(([text]) => String(text));
}

/** Different values of a column, or null where the cluster's memory does not suffice: a bound must not be a guess. */
async function subjectsIn(ask: Ask, { table }: TableHead, subject: string | undefined): Promise<number | null> {
  if (subject === undefined) return null;
  try {
    const [[count] = []] = await ask(`SELECT count(DISTINCT ${quoteName(subject)}) ${fromTable(table)}`);
    return Number(count);
  } catch (error) {
    if (error instanceof QueryFailed && error.type === 'INSUFFICIENT_RESOURCES') return null;
    throw error;
  }
}

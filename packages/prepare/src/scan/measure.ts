import type { DuckDBConnection } from '@duckdb/node-api';
import type { SourceShape } from '../check-source.ts';
import { quoteName } from '../engine.ts';
import { fromSource } from '../source-sql.ts';

/** A value and in how many rows it stands. */
export interface Counted {
  readonly text: string;
  readonly count: number;
}

export interface Measured {
  readonly name: string;
  readonly type: string;
  readonly rows: number;
  /** Rows that hold something: neither null nor an empty text. */
  readonly filled: number;
  readonly distinct: number;
  readonly minLength: number;
  readonly maxLength: number;
  readonly meanLength: number;
}

/** Different values that a sample aims at, and the characters that it may hold. */
const AIM = 1_000;
const AIM_CHARACTERS = 200_000;
/** No value is read further than this; the sweep over all rows does. */
export const LONGEST = 20_000;

const NESTED = /^(?:STRUCT|MAP|UNION|JSON)|\[\d*\]$/;

/** SQL of a column's values as text: nested ones as JSON, empty ones as null. */
export function textOfColumn({ name, type }: { readonly name: string; readonly type: string }): string {
  if (type === 'VARCHAR') return `nullif(${quoteName(name)}, '')`;
  return NESTED.test(type) ? `CAST(to_json(${quoteName(name)}) AS VARCHAR)` : `nullif(CAST(${quoteName(name)} AS VARCHAR), '')`;
}

/** First pass: counts, approximate numbers of different values, lengths. */
export async function measureColumns(connection: DuckDBConnection, source: SourceShape): Promise<readonly Measured[]> {
  const parts = source.columns.map((column) => {
    const text = textOfColumn(column);
    return `count(${text}), approx_count_distinct(${text}), min(length(${text})), max(length(${text})), sum(length(${text}))`;
  });
  const reader = await connection.runAndReadAll(`SELECT count(*), ${parts.join(', ')} ${fromSource(source)}`, [source.path]);
  const [rows, ...numbers] = (reader.getRowsJson()[0] ?? []).map((value) => Number(value ?? 0));
  return source.columns.map(({ name, type }, i) => {
    const [filled = 0, distinct = 0, minLength = 0, maxLength = 0, characters = 0] = numbers.slice(5 * i, 5 * i + 5);
    const meanLength = filled === 0 ? 0 : characters / filled;
    // Approximate counts may be greater than the number of rows.
    return { name, type, rows: rows ?? 0, filled, distinct: Math.min(distinct, filled), minLength, maxLength, meanLength };
  });
}

/** One in how many different values is taken: one means all. */
export function stepOf({ distinct, meanLength }: Measured): number {
  const aim = Math.max(50, Math.min(AIM, AIM_CHARACTERS / Math.max(1, Math.min(meanLength, LONGEST))));
  return Math.max(1, Math.floor(distinct / aim));
}

/** Characters that samples of one pass may hold together; the engine has no disk to put more on. */
const PASS_CHARACTERS = 12_000_000;

/** Columns in their order, parted so that what is sampled of them at once fits in memory. Nearly always one part. */
export function batchesOf(columns: readonly Measured[]): readonly (readonly Measured[])[] {
  const batches: Measured[][] = [[]];
  let characters = 0;
  for (const column of columns) {
    const size = (column.distinct / stepOf(column)) * Math.min(column.meanLength, LONGEST);
    if (characters > 0 && characters + size > PASS_CHARACTERS) {
      batches.push([]);
      characters = 0;
    }
    batches.at(-1)?.push(column);
    characters += size;
  }
  return batches;
}

/**
 * Second pass: for each column all its different values, or those whose seeded hash falls to the sample, each with its exact number of rows. A value is
 * taken or left as a whole, so rates by row and by value are both unbiased.
 */
export function sampleSql(column: Measured, seed: number): string {
  const text = textOfColumn(column);
  const step = stepOf(column);
  const taken = step === 1 ? '' : ` FILTER (WHERE hash(${text}, ${seed}) % ${step} = 0)`;
  return `CAST(to_json(map_entries(histogram(left(${text}, ${LONGEST}))${taken})) AS VARCHAR)`;
}

/** All different values of a column, where they are few and a pass costs little: several times faster than a histogram beside others. */
export async function groupColumn(
  connection: DuckDBConnection,
  source: SourceShape,
  column: Measured,
): Promise<readonly Counted[]> {
  const sql = `SELECT left(${textOfColumn(column)}, ${LONGEST}) AS text, count(*) ${fromSource(source)} GROUP BY 1`;
  const reader = await connection.runAndReadAll(sql, [source.path]);
  const rows = reader.getRowsJson().filter(([text]) => text !== null);
  return rows.map(([text, count]) => ({ text: String(text), count: Number(count) }));
}

/** What `sampleSql` answers. */
export function readSample(answer: unknown): readonly Counted[] {
  if (typeof answer !== 'string') return [];
  // The engine wrote it from its own map: text to count.
  const entries = JSON.parse(answer) as readonly { readonly key: string; readonly value: number }[];
  return entries.map(({ key, value }) => ({ text: key, count: value }));
}

import { ok, type Result } from '@comity/core';
import { bitValue, DuckDBTimestampTZValue } from '@duckdb/node-api';
import { type Binder, binderFor } from '../bind.ts';
import type { SourceHead } from '../check-source.ts';
import { columnSql, type KeyOf } from '../column-sql.ts';
import { quoteName } from '../engine.ts';
import { timesSql } from '../period-sql.ts';
import { freePrefix, type RecordShape, recordShape } from '../record.ts';
import type { Statement } from '../select.ts';
import { fromSource } from '../source-sql.ts';
import { placeSql, spanOf, type Wanted } from './groups.ts';
import type { MinimisePlan } from './plan.ts';

/** Counts the rows that pass, whatever comes of them; see tally.ts. */
export const TALLY = 'comity_tally';

/** The one statement that reads a file for all items. */
export interface OnePass extends Statement {
  readonly shape: RecordShape;
  /** Places in the select list. */
  readonly at: {
    /** For each pair of column and type: the cell's text, in the form in which it is compared. */
    readonly texts: readonly number[];
    /** Start and end of the row's time (NaN when unreadable), and whether only its zone is missing; absent without a period. */
    readonly times: { readonly start: number; readonly end: number; readonly zoneless: number } | undefined;
    readonly parts: number;
    readonly cells: number;
  };
  /**
   * Counts, for each text that passes the sieve, rows that lie outside all periods, and says whether their time was unreadable: texts, unreadable, rows.
   * Absent where the first statement gives them itself.
   */
  readonly outside: Statement | undefined;
}

interface Asked {
  readonly plan: MinimisePlan;
  readonly source: SourceHead;
  readonly wanted: readonly Wanted[];
  /** Undefined in a preview: then cells are given for the sample, and of records only what is redacted. */
  readonly keyOf: KeyOf | undefined;
}

/**
 * Compiles a plan to one statement over the file: a filter, which keeps the order of the source on any number of threads, where a join
 * would not. Each cell is held against a sieve of hashes, once however many items there are; the few rows that pass are looked up.
 * Where the file itself can tell which of its parts lie outside all periods, a second statement counts those, and reads two columns of them alone.
 * Refuses `zone-missing`, `dataset-unreadable` for the column of times.
 */
export function compileOnePass({ plan, source, wanted, keyOf }: Asked): Result<OnePass> {
  const binder = binderFor(source.path);
  const prefix = freePrefix(source.columns);
  const bounds = boundsOf(plan, source);
  const rows = sifted(source, wanted, { binder, prefix, within: bounds && insideSql(bounds, binder) });
  const times = plan.period === null ? ok(undefined) : timesSql(plan.period, source.columns, binder);
  if (!times.ok) return times;
  const texts = wanted.map((_, i) => `${prefix}k${i}`);
  const shape = recordShape({ columns: plan.columns, types: source.columns, binder, keyOf, prefix });
  const cells = keyOf === undefined ? plan.columns.map((column) => cellSql(column, source, binder)) : [];
  const values = [
    ...texts,
    ...(times.value === undefined ? [] : timeColumns(times.value, prefix)),
    ...shape.values,
    ...cells.map((cell, i) => `${cell} AS ${prefix}m${i}`),
  ];
  const hull = times.value === undefined ? undefined : hullSql(plan, prefix, binder);
  const outer = selectOuter({ texts, prefix, hull, shape, cells: cells.length });
  const sql = `SELECT ${outer.list.join(', ')} FROM (SELECT ${values.join(', ')} ${rows})`;
  const outside = bounds && outsideOf(source, wanted, { bounds, prefix });
  return ok({ sql, values: binder.values, shape, at: outer.at, outside });
}

/** First beginning and last end of all periods, over a column that the file keeps least and greatest values of. */
interface Bounds {
  readonly column: string;
  readonly from: number;
  readonly until: number;
}

function boundsOf(plan: MinimisePlan, { format, columns }: SourceHead): Bounds | undefined {
  const column = plan.period?.column;
  const type = columns.find(({ name }) => name === column)?.type;
  if (format !== 'parquet' || column === undefined || type !== 'TIMESTAMP WITH TIME ZONE') return undefined;
  const { from, until } = hullOf(plan);
  return Number.isFinite(from) && Number.isFinite(until) ? { column, from, until } : undefined;
}

/** As hullSql says it of microseconds, here of the column as it stands: the file then leaves out its parts by itself. Half-open, as periods are. */
function insideSql({ column, from, until }: Bounds, binder: Binder): string {
  return `${quoteName(column)} >= ${instantSql(from, binder)} AND ${quoteName(column)} < ${instantSql(until, binder)}`;
}

function instantSql(micros: number, binder: Binder): string {
  return binder.bind(new DuckDBTimestampTZValue(BigInt(micros)));
}

function outsideOf(
  source: SourceHead,
  wanted: readonly Wanted[],
  { bounds, prefix }: { readonly bounds: Bounds; readonly prefix: string },
): Statement {
  const binder = binderFor(source.path);
  const { column, from, until } = bounds;
  const at = quoteName(column);
  const within = `(${at} < ${instantSql(from, binder)} OR ${at} >= ${instantSql(until, binder)} OR ${at} IS NULL)`;
  const rows = sifted(source, wanted, { binder, prefix, within });
  const texts = wanted.map((_, i) => `${prefix}k${i}`).join(', ');
  return {
    sql: `SELECT ${texts}, NOT coalesce(isfinite(${at}), false) AS ${prefix}u, count(*) ${rows} GROUP BY ALL`,
    values: binder.values,
  };
}

interface Naming {
  readonly binder: Binder;
  readonly prefix: string;
  /** What is asked of a row before the sieve. */
  readonly within: string | undefined;
}

function sifted(source: SourceHead, wanted: readonly Wanted[], { binder, prefix, within }: Naming): string {
  const [first] = wanted;
  if (first === undefined) return fromSource(source);
  const keys = wanted.map(({ cell, sameForm }, i) => `${sameForm(cell)} AS ${prefix}k${i}`);
  const passes = wanted.map(({ sieve }, i) => {
    // Bound as what it is: a cast of a parameter would be made anew for every two thousand rows.
    return `get_bit(${binder.bind(bitValue(sieve))}, ${placeSql(`${prefix}k${i}`, sieve.length)}) = 1`;
  });
  const pass = within === undefined ? passes.join(' OR ') : `${within} AND (${passes.join(' OR ')})`;
  // A Parquet file says itself how many rows it holds; those of CSV and JSON are counted as they pass.
  const counted = source.format === 'parquet' ? pass : `CASE WHEN ${TALLY}(${first.cell}) THEN ${pass} ELSE false END`;
  return `FROM (SELECT *, ${keys.join(', ')} ${fromSource(source)}) WHERE ${counted}`;
}

/** Whether a row's time lies between the first beginning and the last end of all periods: of others no record is made. */
function hullSql(plan: MinimisePlan, prefix: string, binder: Binder): string {
  const { from, until } = hullOf(plan);
  const bound = (micros: number): string => `CAST(${binder.bind(micros)} AS DOUBLE)`;
  return `coalesce(${prefix}s >= ${bound(from)} AND ${prefix}e <= ${bound(until)}, false)`;
}

function hullOf({ items }: MinimisePlan): { readonly from: number; readonly until: number } {
  const spans = (items ?? []).map(spanOf);
  return {
    from: spans.reduce((least, span) => Math.min(least, span.from), Number.POSITIVE_INFINITY),
    until: spans.reduce((most, span) => Math.max(most, span.until), Number.NEGATIVE_INFINITY),
  };
}

function timeColumns(
  { start, end, zoneless }: { readonly start: string; readonly end?: string; readonly zoneless?: string },
  prefix: string,
): readonly string[] {
  // A number of microseconds is exact as a DOUBLE until the year 2255. What lasts no day lasts a microsecond: half-open spans then compare alike.
  const micros = (at: string): string => `coalesce(CASE WHEN isfinite(${at}) THEN CAST(epoch_us(${at}) AS DOUBLE) END, 'NaN')`;
  return [
    `${micros(start)} AS ${prefix}s`,
    `${end === undefined ? `${micros(start)} + 1` : micros(end)} AS ${prefix}e`,
    `${zoneless ?? 'false'} AS ${prefix}z`,
  ];
}

function cellSql(column: MinimisePlan['columns'][number], source: SourceHead, binder: Binder): string {
  const type = source.columns.find(({ name }) => name === column.name)?.type ?? '';
  return columnSql({ column, type, binder, keyOf: undefined });
}

interface Outer {
  readonly texts: readonly string[];
  readonly prefix: string;
  readonly hull: string | undefined;
  readonly shape: RecordShape;
  readonly cells: number;
}

function selectOuter({ texts, prefix, hull, shape, cells }: Outer): {
  readonly list: readonly string[];
  readonly at: OnePass['at'];
} {
  const when = (expression: string): string => (hull === undefined ? expression : `CASE WHEN ${hull} THEN ${expression} END`);
  const times = hull === undefined ? [] : [`${prefix}s`, `${prefix}e`, `${prefix}z`];
  const parts = shape.expressions.map(when);
  const start = texts.length;
  return {
    list: [...texts, ...times, ...parts, ...names(prefix, cells).map(when)],
    at: {
      texts: texts.map((_, i) => i),
      times: hull === undefined ? undefined : { start, end: start + 1, zoneless: start + 2 },
      parts: start + times.length,
      cells: start + times.length + parts.length,
    },
  };
}

function names(prefix: string, cells: number): readonly string[] {
  return Array.from({ length: cells }, (_, i) => `${prefix}m${i}`);
}

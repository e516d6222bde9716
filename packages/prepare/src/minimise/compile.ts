import { ok, type Result } from '@comity/core';
import { listValue } from '@duckdb/node-api';
import { type Binder, binderFor } from '../bind.ts';
import type { SourceHead } from '../check-source.ts';
import { columnSql, type KeyOf } from '../column-sql.ts';
import { timesSql } from '../period-sql.ts';
import { freePrefix, type RecordShape, recordShape } from '../record.ts';
import type { Statement } from '../select.ts';
import { fromSource } from '../source-sql.ts';
import type { Wanted } from './groups.ts';
import type { MinimisePlan } from './plan.ts';

/** Counts the rows that pass, whatever comes of them; see tally.ts. */
export const TALLY = 'comity_tally';

/** The one statement that reads a file for all items. */
export interface OnePass extends Statement {
  readonly shape: RecordShape;
  /** Places in the select list. */
  readonly at: {
    /** For each pair of column and type: which group the row's identifier is of, or null. */
    readonly groups: readonly number[];
    /** Start and end of the row's time (NaN when unreadable), and whether only its zone is missing; absent without a period. */
    readonly times: { readonly start: number; readonly end: number; readonly zoneless: number } | undefined;
    readonly parts: number;
    readonly cells: number;
  };
}

interface Asked {
  readonly plan: MinimisePlan;
  readonly source: SourceHead;
  readonly wanted: readonly Wanted[];
  /** Undefined in a preview: then cells are given for the sample, and of records only what is redacted. */
  readonly keyOf: KeyOf | undefined;
}

/**
 * Compiles a plan to one statement over the file. The wanted identifiers are the build side of a hash join (the engine is told not to
 * swap the sides), so each row is looked up once however many items there are, and rows keep the order of the source.
 * Refuses `zone-missing`, `dataset-unreadable` for the column of times.
 */
export function compileOnePass({ plan, source, wanted, keyOf }: Asked): Result<OnePass> {
  const binder = binderFor(source.path);
  const prefix = freePrefix(source.columns);
  const inner = joined(source, wanted, { binder, prefix });
  const times = plan.period === null ? ok(undefined) : timesSql(plan.period, source.columns, binder);
  if (!times.ok) return times;
  const groups = wanted.map((_, i) => `${prefix}g${i}`);
  const spans = wanted.flatMap((_, i) => [`${prefix}f${i}`, `${prefix}u${i}`]);
  const start = times.value === undefined ? [] : timeColumns(times.value, prefix);
  const shape = recordShape({ columns: plan.columns, types: source.columns, binder, keyOf, prefix });
  const cells = keyOf === undefined ? plan.columns.map((column) => cellSql(column, source, binder)) : [];
  const values = [...groups, ...spans, ...start, ...shape.values, ...cells.map((cell, i) => `${cell} AS ${prefix}m${i}`)];
  const outer = selectOuter({ groups, prefix, hasTimes: times.value !== undefined, shape, cells: cells.length });
  const sql = `SELECT ${outer.list.join(', ')} FROM (SELECT ${values.join(', ')} ${inner})`;
  return ok({ sql, values: binder.values, shape, at: outer.at });
}

interface Naming {
  readonly binder: Binder;
  readonly prefix: string;
}

function joined(source: SourceHead, wanted: readonly Wanted[], { binder, prefix }: Naming): string {
  if (wanted.length === 0) return fromSource(source);
  const joins = wanted.map(({ cell, sameForm, groups }, i) => {
    const texts = binder.bind(listValue(groups.map(({ text }) => text)));
    const [from, until] = [groups.map((group) => group.from), groups.map((group) => group.until)].map((list) =>
      binder.bind(listValue(list)),
    );
    const list =
      `(SELECT unnest(CAST(${texts} AS VARCHAR[])) AS ${prefix}k${i}, ` +
      `unnest(range(${groups.length})) AS ${prefix}g${i}, ` +
      `unnest(CAST(${from} AS DOUBLE[])) AS ${prefix}f${i}, unnest(CAST(${until} AS DOUBLE[])) AS ${prefix}u${i})`;
    // The tally stands in the key, so that no row can be joined, or left out, before it was counted.
    const key = i === 0 ? `CASE WHEN ${TALLY}(${cell}) THEN ${sameForm(cell)} END` : sameForm(cell);
    return `${wanted.length === 1 ? 'JOIN' : 'LEFT JOIN'} ${list} ON ${key} = ${prefix}k${i}`;
  });
  const found = wanted.map((_, i) => `${prefix}g${i} IS NOT NULL`).join(' OR ');
  return `FROM (SELECT * ${fromSource(source)}) ${joins.join(' ')}${wanted.length === 1 ? '' : ` WHERE ${found}`}`;
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
  readonly groups: readonly string[];
  readonly prefix: string;
  readonly hasTimes: boolean;
  readonly shape: RecordShape;
  readonly cells: number;
}

function selectOuter({ groups, prefix, hasTimes, shape, cells }: Outer): {
  readonly list: readonly string[];
  readonly at: OnePass['at'];
} {
  const inside = groups.map((_, i) => `coalesce(${prefix}s >= ${prefix}f${i} AND ${prefix}e <= ${prefix}u${i}, false)`);
  // Of a row whose time is in no item's span no record is made.
  const when = (expression: string): string =>
    hasTimes ? `CASE WHEN ${inside.join(' OR ')} THEN ${expression} END` : expression;
  const times = hasTimes ? [`${prefix}s`, `${prefix}e`, `${prefix}z`] : [];
  const parts = shape.expressions.map((expression) => when(expression));
  const start = groups.length;
  return {
    list: [...groups.map((group) => `CAST(${group} AS INTEGER)`), ...times, ...parts, ...names(prefix, cells).map(when)],
    at: {
      groups: groups.map((_, i) => i),
      times: hasTimes ? { start, end: start + 1, zoneless: start + 2 } : undefined,
      parts: start + times.length,
      cells: start + times.length + parts.length,
    },
  };
}

function names(prefix: string, cells: number): readonly string[] {
  return Array.from({ length: cells }, (_, i) => `${prefix}m${i}`);
}

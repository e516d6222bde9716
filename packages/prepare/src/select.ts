import { ok, type Result, refuse } from '@comity/core';
import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import { type Binder, binderFor } from './bind.ts';
import type { SourceShape } from './check-source.ts';
import { columnSql, type KeyOf } from './column-sql.ts';
import { matchSql } from './match-sql.ts';
import { type PeriodSql, periodSql } from './period-sql.ts';
import { columnsNeeded, type Plan } from './plan.ts';
import { freePrefix, type RecordShape, recordShape } from './record.ts';
import { fromSource } from './source-sql.ts';

/** Why a row stays behind. */
export const ROW_REASONS = ['other-identifier', 'time-unreadable', 'outside-period'] as const;
export type RowReason = (typeof ROW_REASONS)[number];

export interface RowCounts {
  readonly rowsTotal: number;
  readonly rowsKept: number;
  readonly rowsDropped: Readonly<Record<RowReason, number>>;
}

export interface Statement {
  readonly sql: string;
  readonly values: readonly DuckDBValue[];
}

/** The statements of a plan on a source: how many rows stay or go and why; the rows, cell by cell; and their records. Rows come in source order. */
export interface Compiled {
  readonly counts: Statement;
  readonly rows: Statement;
  readonly records: Statement & { readonly shape: RecordShape };
}

/** Compiles a plan for a checked source. Refuses what the source cannot answer; see matchSql, periodSql. */
export function compile(plan: Plan, source: SourceShape, keyOf: KeyOf | undefined): Result<Compiled> {
  if (plan.format !== source.format) return refuse('dataset-unreadable');
  if (plan.columns.length === 0) return refuse('nothing-selected', 'columns');
  const missing = columnsNeeded(plan).find((name) => !source.columns.some((column) => column.name === name));
  if (missing !== undefined) return refuse('column-missing', missing, { column: missing });
  const counts = countsSql(plan, source);
  if (!counts.ok) return counts;
  const rows = rowsSql(plan, source, keyOf);
  if (!rows.ok) return rows;
  const records = recordsSql(plan, source, keyOf);
  return records.ok ? ok({ counts: counts.value, rows: rows.value, records: records.value }) : records;
}

function countsSql(plan: Plan, source: SourceShape): Result<Statement> {
  const binder = binderFor(source.path);
  const match = matchSql(plan.match, source.columns, binder);
  if (!match.ok) return match;
  const period = periodSql(plan.period, source.columns, binder);
  if (!period.ok) return period;
  const sql = `SELECT count(*), ${tallies(match.value, period.value)} ${fromSource(source)}`;
  return ok({ sql, values: binder.values });
}

function tallies(match: string, { readable, inside }: PeriodSql): string {
  const conditions = [
    `${match} AND ${inside}`,
    `NOT ${match}`,
    `${match} AND NOT (${readable})`,
    `${match} AND (${readable}) AND NOT (${inside})`,
  ];
  return conditions.map((condition) => `count(*) FILTER (WHERE ${condition})`).join(', ');
}

function rowsSql(plan: Plan, source: SourceShape, keyOf: KeyOf | undefined): Result<Statement> {
  const binder = binderFor(source.path);
  const columns = plan.columns.map((column) => {
    const type = source.columns.find(({ name }) => name === column.name)?.type ?? '';
    return columnSql({ column, type, binder, keyOf });
  });
  const where = whereSql(plan, source, binder);
  if (!where.ok) return where;
  return ok({ sql: `SELECT ${columns.join(', ')} ${fromSource(source)} ${where.value}`, values: binder.values });
}

function recordsSql(plan: Plan, source: SourceShape, keyOf: KeyOf | undefined): Result<Compiled['records']> {
  const binder = binderFor(source.path);
  const prefix = freePrefix(source.columns);
  const shape = recordShape({ columns: plan.columns, types: source.columns, binder, keyOf, prefix });
  const where = whereSql(plan, source, binder);
  if (!where.ok) return where;
  const rows = `SELECT ${shape.values.join(', ')} ${fromSource(source)} ${where.value}`;
  return ok({ sql: `SELECT ${shape.expressions.join(', ')} FROM (${rows})`, values: binder.values, shape });
}

function whereSql(plan: Plan, source: SourceShape, binder: Binder): Result<string> {
  const match = matchSql(plan.match, source.columns, binder);
  if (!match.ok) return match;
  const period = periodSql(plan.period, source.columns, binder);
  return period.ok ? ok(`WHERE ${match.value} AND ${period.value.inside}`) : period;
}

/** Runs the counting statement. */
export async function countRows(connection: DuckDBConnection, { sql, values }: Statement): Promise<RowCounts> {
  const reader = await connection.runAndReadAll(sql, [...values]);
  const [total, kept, other, unreadable, outside] = (reader.getRows()[0] ?? []).map(Number);
  return {
    rowsTotal: total ?? 0,
    rowsKept: kept ?? 0,
    rowsDropped: { 'other-identifier': other ?? 0, 'time-unreadable': unreadable ?? 0, 'outside-period': outside ?? 0 },
  };
}

import { ok, type Result, refuse } from '@comity/core';
import type { DuckDBConnection } from '@duckdb/node-api';
import { type Binder, binderFor } from '../bind.ts';
import type { SourceHead } from '../check-source.ts';
import type { Statement } from '../select.ts';
import { fromSource } from '../source-sql.ts';
import { type Cell, cellText, operationSql, unreadableSql } from './operationSql.ts';
import { type ColumnPlan, type DeidentifyPlan, released } from './plan.ts';

/** A plan and the file, or the rows in the engine's memory, that it is to run on. */
export interface Job {
  readonly plan: DeidentifyPlan;
  readonly source: SourceHead;
  /** The recipient's key for tokens and shifts of dates; undefined where the plan needs none. */
  readonly key: Uint8Array | undefined;
}

/** Refuses `column-missing`, `nothing-selected` where no column leaves. */
export function checkColumns({ plan, source }: Job): Result<null> {
  const subjects = plan.columns.flatMap(({ operation }) => (operation.op === 'dateShift' ? [operation.subject] : []));
  const named = [
    ...plan.columns.map(({ name }) => name),
    ...subjects,
    ...(plan.verify?.quasi ?? []),
    ...(plan.verify?.sensitive ?? []),
  ];
  const absent = named.find((name) => !source.columns.some((column) => column.name === name));
  if (absent !== undefined) return refuse('column-missing', absent, { column: absent });
  return released(plan).length === 0 ? refuse('nothing-selected', 'columns') : ok(null);
}

/** The rows as they leave but for `siv`, `ff1` and what is suppressed, in the order of the file. */
export function rowsSql(job: Job): Statement {
  const binder = binderFor(job.source.path);
  const columns = released(job.plan).map((column) => columnSql(column, job, binder));
  return { sql: `SELECT ${columns.join(', ')} ${fromSource(job.source)}`, values: binder.values };
}

/** The text of a column as it leaves, but for what is done outside the engine. */
export function columnSql(column: ColumnPlan, job: Job, binder: Binder): string {
  return operationSql(column.operation, cellOf(column, job, binder));
}

function cellOf({ name }: ColumnPlan, { plan, source, key }: Job, binder: Binder): Cell {
  const type = source.columns.find((column) => column.name === name)?.type ?? 'VARCHAR';
  return { name, type, binder, hierarchies: plan.hierarchies, key };
}

/** How many rows there are, and of each column that leaves how many hold a value which its operation cannot read. */
export async function countUnreadable(connection: DuckDBConnection, job: Job): Promise<readonly number[]> {
  const binder = binderFor(job.source.path);
  const counts = released(job.plan).map(
    (column) => `count(*) FILTER (WHERE ${unreadableSql(column.operation, cellOf(column, job, binder))})`,
  );
  const sql = `SELECT count(*), ${counts.join(', ')} ${fromSource(job.source)}`;
  const reader = await connection.runAndReadAll(sql, [...binder.values]);
  return (reader.getRows()[0] ?? []).map(Number);
}

/** How many rows there are by these counts; refuses `value-unreadable` with the first column that holds values which its operation cannot read, and how many. */
export function readable({ plan }: Job, [rows = 0, ...unreadable]: readonly number[]): Result<number> {
  const at = unreadable.findIndex((count) => count > 0);
  const column = released(plan)[at];
  if (column === undefined) return ok(rows);
  return refuse('value-unreadable', column.name, { column: column.name, rows: unreadable[at] ?? 0, op: column.operation.op });
}

/** The columns that must be read to make some of those that leave: with them the subjects by whom dates are moved. */
export function columnsRead({ columns }: DeidentifyPlan, names: readonly string[]): readonly string[] {
  const operations = columns.flatMap(({ name, operation }) => (names.includes(name) ? [operation] : []));
  return [...new Set([...names, ...operations.flatMap((one) => (one.op === 'dateShift' ? [one.subject] : []))])];
}

/** Values of a column that at least `k` rows hold: what `suppressIf` lets through. */
export async function frequentValues(connection: DuckDBConnection, job: Job, column: ColumnPlan): Promise<ReadonlySet<string>> {
  const binder = binderFor(job.source.path);
  const text = cellText(cellOf(column, job, binder));
  const least = column.operation.op === 'suppressIf' ? column.operation.k : 1;
  const sql = `SELECT v FROM (SELECT ${text} AS v ${fromSource(job.source)}) GROUP BY v HAVING count(*) >= ${least} AND v IS NOT NULL`;
  const reader = await connection.runAndReadAll(sql, [...binder.values]);
  return new Set(reader.getRows().map(([value]) => String(value)));
}

/** A statement whose only `FROM` is a table `t` with the columns of the result, named `c0`, `c1`, ... in the order asked for. */
export function resultSql(job: Job, names: readonly string[], binder: Binder): string {
  const columns = names.map((name, i) => {
    const column = job.plan.columns.find((one) => one.name === name);
    const text = column === undefined ? 'NULL' : suppressedSql(column, job, binder);
    return `${text} AS c${i}`;
  });
  return `(SELECT ${columns.join(', ')} ${fromSource(job.source)})`;
}

function suppressedSql(column: ColumnPlan, job: Job, binder: Binder): string {
  const text = columnSql(column, job, binder);
  if (column.operation.op !== 'suppressIf') return text;
  return `CASE WHEN count(*) OVER (PARTITION BY ${text}) >= ${column.operation.k} THEN ${text} END`;
}

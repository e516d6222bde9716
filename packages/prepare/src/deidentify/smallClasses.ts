import { ok, type Result, refuse } from '@comity/core';
import type { DuckDBConnection } from '@duckdb/node-api';
import { binderFor } from '../bind.ts';
import { classFigures } from './classSizes.ts';
import { type Job, resultSql } from './compile.ts';
import type { Verify } from './plan.ts';
import { sizesOf } from './risk.ts';

/** The key of a class among classes: its values, told apart from their empty ones. */
export function classKey(values: readonly (string | null)[]): string {
  return JSON.stringify(values);
}

/** Whether every class is large enough, whatever the rows are. */
export function asksNothing({ k, l }: Verify): boolean {
  return k < 2 && (l ?? 1) < 2;
}

/**
 * The classes over the quasi-identifiers, as they leave, that have fewer than `k` rows or fewer than `l` values of a sensitive column: their
 * rows stay behind. Refuses `risk-too-high` or `diversity-too-low` where those are more rows than the plan lets stay behind: sizes and counts only.
 */
export async function smallClasses(connection: DuckDBConnection, job: Job): Promise<Result<ReadonlySet<string>>> {
  const { verify } = job.plan;
  if (verify === null || asksNothing(verify)) return ok(new Set());
  const binder = binderFor(job.source.path);
  const names = verify.quasi.map((_, i) => `c${i}`).join(', ');
  const grouped = `SELECT ${names}, count(*) AS n, ${distinctSql(verify)} AS d FROM ${resultSql(job, [...verify.quasi, ...verify.sensitive], binder)} GROUP BY ${names}`;
  const fails = `n < ${verify.k} OR d < ${verify.l ?? 0}`;
  const told = await connection.runAndReadAll(`SELECT sum(n), sum(n) FILTER (WHERE ${fails}), min(d) FROM (${grouped})`, [
    ...binder.values,
  ]);
  const [rows = 0, failing = 0, distinct = 0] = (told.getRows()[0] ?? []).map(Number);
  if (failing === 0) return ok(new Set());
  const allowed = Math.floor(verify.suppress * rows);
  if (failing > allowed) {
    const figures = classFigures(await sizesOf(connection, { sql: grouped, values: binder.values }), verify.k);
    if (figures.rowsBelow > allowed) return tooHigh(figures, verify.k);
    return refuse('diversity-too-low', 'verify.l', { column: verify.sensitive.join(', '), distinct, l: verify.l ?? 0 });
  }
  const reader = await connection.runAndReadAll(`SELECT ${names} FROM (${grouped}) WHERE ${fails}`, [...binder.values]);
  return ok(new Set(reader.getRows().map((row) => classKey(row.map((value) => (value === null ? null : String(value)))))));
}

/** Fewest different values that a class holds of any sensitive column; an empty cell is a value. */
function distinctSql({ quasi, sensitive, l }: Verify): string {
  if (l === null) return '0';
  const counts = sensitive.map(
    (_, i) => `count(DISTINCT c${quasi.length + i}) + max(CASE WHEN c${quasi.length + i} IS NULL THEN 1 ELSE 0 END)`,
  );
  return counts.length === 1 ? (counts[0] ?? '0') : `least(${counts.join(', ')})`;
}

/** The refusal for classes that are too small. No value of a class stands in it. */
export function tooHigh({ smallest, below, rowsBelow, rows }: ReturnType<typeof classFigures>, k: number): Result<never> {
  const classes = below.reduce((sum, one) => sum + one.classes, 0);
  return refuse('risk-too-high', 'verify.k', { smallest: smallest ?? 0, k, classes, below: rowsBelow, rows });
}

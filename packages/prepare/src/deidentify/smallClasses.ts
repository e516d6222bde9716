import { ok, type Result, refuse } from '@comity/core';
import type { DuckDBConnection } from '@duckdb/node-api';
import { binderFor } from '../bind.ts';
import { classFigures } from './classSizes.ts';
import { type Job, resultSql } from './compile.ts';
import { sizesOf } from './risk.ts';

/** The key of a class among classes: its values, told apart from their empty ones. */
export function classKey(values: readonly (string | null)[]): string {
  return JSON.stringify(values);
}

/**
 * The classes over the quasi-identifiers, as they leave, that have fewer than `k` rows: their rows stay behind.
 * Refuses `risk-too-high` where those are more rows than the plan lets stay behind: sizes and counts only.
 */
export async function smallClasses(connection: DuckDBConnection, job: Job): Promise<Result<ReadonlySet<string>>> {
  const { verify } = job.plan;
  if (verify === null || verify.k < 2) return ok(new Set());
  const binder = binderFor(job.source.path);
  const names = verify.quasi.map((_, i) => `c${i}`).join(', ');
  const from = `FROM ${resultSql(job, verify.quasi, binder)} GROUP BY ${names}`;
  const figures = classFigures(
    await sizesOf(connection, { sql: `SELECT count(*) AS n ${from}`, values: binder.values }),
    verify.k,
  );
  if (figures.rowsBelow === 0) return ok(new Set());
  if (figures.rowsBelow > Math.floor(verify.suppress * figures.rows)) return tooHigh(figures, verify.k);
  const sql = `SELECT ${names} ${from} HAVING count(*) < ${verify.k}`;
  const reader = await connection.runAndReadAll(sql, [...binder.values]);
  return ok(new Set(reader.getRows().map((row) => classKey(row.map((value) => (value === null ? null : String(value)))))));
}

/** The refusal for classes that are too small. No value of a class stands in it. */
export function tooHigh({ smallest, below, rowsBelow, rows }: ReturnType<typeof classFigures>, k: number): Result<never> {
  const classes = below.reduce((sum, one) => sum + one.classes, 0);
  return refuse('risk-too-high', 'verify.k', { smallest: smallest ?? 0, k, classes, below: rowsBelow, rows });
}

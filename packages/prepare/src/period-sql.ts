import { ok, type Result, refuse } from '@comity/core';
import type { Binder } from './bind.ts';
import type { SourceColumn } from './check-source.ts';
import { quoteName } from './engine.ts';
import type { Plan } from './plan.ts';

/** Two SQL expressions over a row: does it have a readable time, and does that time lie in the period. Neither is ever null. */
export interface PeriodSql {
  readonly readable: string;
  readonly inside: string;
}

const OFFSET = `'[0-9]{2}:[0-9]{2}.*([Zz]|[+-][0-9]{2}(:?[0-9]{2})?)$'`;

/**
 * Half-open period `[from, until)` over a time column. A day counts as inside only if all of it is; a time without an offset is read
 * in the dataset's zone, and is unreadable without one.
 * Refuses `zone-missing` for a column of times without offset in a dataset without zone, `dataset-unreadable` for columns of other types.
 */
export function periodSql(period: Plan['period'], columns: readonly SourceColumn[], binder: Binder): Result<PeriodSql> {
  if (period === null) return ok({ readable: 'true', inside: 'true' });
  const spanned = timesSql(period, columns, binder);
  if (!spanned.ok) return spanned;
  const span = spanned.value;
  const from = `CAST(${binder.bind(period.from)} AS TIMESTAMPTZ)`;
  const until = `CAST(${binder.bind(period.until)} AS TIMESTAMPTZ)`;
  const ends = span.end === undefined ? `${span.start} < ${until}` : `${span.end} <= ${until}`;
  return ok({ readable: `(${span.start}) IS NOT NULL`, inside: `coalesce(${span.start} >= ${from} AND ${ends}, false)` });
}

/** SQL of the times of a column, TIMESTAMPTZ; refuses as periodSql does. */
export function timesSql(
  { column, zone }: Pick<NonNullable<Plan['period']>, 'column' | 'zone'>,
  columns: readonly SourceColumn[],
  binder: Binder,
): Result<Span> {
  const type = columns.find(({ name }) => name === column)?.type;
  if (type === undefined) return refuse('column-missing', column, { column });
  // A statement takes no value that it does not use, so the zone is bound only for times that need one.
  const bound = zone === null || type === 'TIMESTAMP WITH TIME ZONE' ? null : binder.bind(zone);
  const span = spanSql(quoteName(column), type, bound);
  if (span === 'zone-missing') return refuse('zone-missing', column, { column });
  return span === undefined ? refuse('dataset-unreadable', column, { column }) : ok(span);
}

export interface Span {
  readonly start: string;
  /** Present for days, which last. */
  readonly end?: string;
  /** True for a time that could be read if its zone were known; only where no zone is. */
  readonly zoneless?: string;
}

function spanSql(cell: string, type: string, zone: string | null): Span | 'zone-missing' | undefined {
  if (type === 'TIMESTAMP WITH TIME ZONE') return { start: cell };
  if (type === 'VARCHAR') return { start: textTime(cell, zone), ...(zone === null ? { zoneless: `(${naiveSql(cell)})` } : {}) };
  if (type !== 'DATE' && !/^TIMESTAMP(?:_S|_MS|_NS)?$/.test(type)) return undefined;
  if (zone === null) return 'zone-missing';
  const start = `timezone(${zone}, CAST(${cell} AS TIMESTAMP))`;
  return type === 'DATE' ? { start, end: `timezone(${zone}, CAST(${cell} AS TIMESTAMP) + INTERVAL 1 DAY)` } : { start };
}

const naiveSql = (cell: string): string =>
  `coalesce(NOT regexp_matches(${cell}, ${OFFSET}) AND TRY_CAST(${cell} AS TIMESTAMP) IS NOT NULL, false)`;

function textTime(cell: string, zone: string | null): string {
  const naive = zone === null ? 'NULL' : `timezone(${zone}, TRY_CAST(${cell} AS TIMESTAMP))`;
  return `(CASE WHEN regexp_matches(${cell}, ${OFFSET}) THEN TRY_CAST(${cell} AS TIMESTAMPTZ) ELSE ${naive} END)`;
}

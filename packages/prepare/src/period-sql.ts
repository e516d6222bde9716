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
  const type = columns.find(({ name }) => name === period.column)?.type;
  if (type === undefined) return refuse('column-missing', period.column, { column: period.column });
  // A statement takes no value that it does not use, so the zone is bound only for times that need one.
  const zone = period.zone === null || type === 'TIMESTAMP WITH TIME ZONE' ? null : binder.bind(period.zone);
  const span = spanSql(quoteName(period.column), type, zone);
  if (span === 'zone-missing') return refuse('zone-missing', period.column, { column: period.column });
  if (span === undefined) return refuse('dataset-unreadable', period.column, { column: period.column });
  const from = `CAST(${binder.bind(period.from)} AS TIMESTAMPTZ)`;
  const until = `CAST(${binder.bind(period.until)} AS TIMESTAMPTZ)`;
  const ends = span.end === undefined ? `${span.start} < ${until}` : `${span.end} <= ${until}`;
  return ok({ readable: `(${span.start}) IS NOT NULL`, inside: `coalesce(${span.start} >= ${from} AND ${ends}, false)` });
}

interface Span {
  readonly start: string;
  /** Present for days, which last. */
  readonly end?: string;
}

function spanSql(cell: string, type: string, zone: string | null): Span | 'zone-missing' | undefined {
  if (type === 'TIMESTAMP WITH TIME ZONE') return { start: cell };
  if (type === 'VARCHAR') return { start: textTime(cell, zone) };
  if (type !== 'DATE' && !/^TIMESTAMP(?:_S|_MS|_NS)?$/.test(type)) return undefined;
  if (zone === null) return 'zone-missing';
  const start = `timezone(${zone}, CAST(${cell} AS TIMESTAMP))`;
  return type === 'DATE' ? { start, end: `timezone(${zone}, CAST(${cell} AS TIMESTAMP) + INTERVAL 1 DAY)` } : { start };
}

function textTime(cell: string, zone: string | null): string {
  const naive = zone === null ? 'NULL' : `timezone(${zone}, TRY_CAST(${cell} AS TIMESTAMP))`;
  return `(CASE WHEN regexp_matches(${cell}, ${OFFSET}) THEN TRY_CAST(${cell} AS TIMESTAMPTZ) ELSE ${naive} END)`;
}

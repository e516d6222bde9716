import type { DateOrder } from './plan.ts';

const TIME = '([T ].*)?';
const YEAR = '[0-9]{4}';

/**
 * SQL for the day that a text names, of type DATE, or null where it names none in this order. The clock and the zone that may stand
 * behind it are left away: the day is the one that was written. Two digits are no year.
 */
export function dateSql(text: string, order: DateOrder): string {
  const trimmed = `trim(${text})`;
  if (order === 'iso') {
    const day = `TRY_CAST(regexp_extract(${trimmed}, '^(${YEAR}-[0-9]{2}-[0-9]{2})${TIME}$', 1) AS DATE)`;
    const basic = `CAST(try_strptime(regexp_extract(${trimmed}, '^${YEAR}[0-9]{4}$'), '%Y%m%d') AS DATE)`;
    return `coalesce(${day}, ${basic})`;
  }
  const written = `regexp_extract(${trimmed}, '^([0-9]{1,2}[./-][0-9]{1,2}[./-]${YEAR})${TIME}$', 1)`;
  const format = order === 'dmy' ? '%d-%m-%Y' : '%m-%d-%Y';
  return `CAST(try_strptime(regexp_replace(${written}, '[./]', '-', 'g'), '${format}') AS DATE)`;
}

/** As dateSql, but a year, or a year and month, is read too, as its first day: who may be old then counts as old. */
export function roughDateSql(text: string, order: DateOrder): string {
  const trimmed = `trim(${text})`;
  const year = `TRY_CAST(regexp_extract(${trimmed}, '^${YEAR}$') || '-01-01' AS DATE)`;
  const month = `TRY_CAST(regexp_extract(${trimmed}, '^${YEAR}-[0-9]{2}$') || '-01' AS DATE)`;
  return `coalesce(${dateSql(text, order)}, ${year}, ${month})`;
}

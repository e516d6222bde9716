import type { TimeUnit } from './catalogue.ts';
import { quoteText } from './engine.ts';

const OFFSET = `'[0-9]{2}:[0-9]{2}.*([Zz]|[+-][0-9]{2}(:?[0-9]{2})?)$'`;
const WHOLE_DAY = `'\\s*[0-9]{4}-[0-9]{2}-[0-9]{2}\\s*'`;

const FORMATS: Readonly<Record<TimeUnit, string>> = {
  minute: '%Y-%m-%dT%H:%M',
  hour: '%Y-%m-%dT%H:00',
  day: '%Y-%m-%d',
  month: '%Y-%m',
  year: '%Y',
};

/** SQL for a time as that of its unit: in UTC where it has an offset, else as it was written. A day stays a day: it has no hour to be told. */
export function timeSql(cell: string, type: string, to: TimeUnit): string {
  const text = `CAST(${cell} AS VARCHAR)`;
  const written = (at: string, format: string): string => `strftime(${at}, ${quoteText(format)})`;
  if (type === 'TIMESTAMP WITH TIME ZONE') return written(`(${cell} AT TIME ZONE 'UTC')`, zoned(to));
  const at = `TRY_CAST(${text} AS TIMESTAMP)`;
  const day = to === 'minute' || to === 'hour' ? 'day' : to;
  if (type === 'DATE') return written(at, FORMATS[day]);
  return (
    `CASE WHEN regexp_full_match(${text}, ${WHOLE_DAY}) THEN ${written(at, FORMATS[day])} ` +
    `WHEN regexp_matches(${text}, ${OFFSET}) THEN ${written(`(TRY_CAST(${text} AS TIMESTAMPTZ) AT TIME ZONE 'UTC')`, zoned(to))} ELSE ${written(at, FORMATS[to])} END`
  );
}

function zoned(to: TimeUnit): string {
  return to === 'minute' || to === 'hour' ? `${FORMATS[to]}Z` : FORMATS[to];
}

const WHOLE_NUMBERS = /^U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?$/;

/** SQL for a number with so many decimals, halves away from zero. Reckoned in decimals, so that no digit appears that was not there. */
export function roundSql(cell: string, type: string, decimals: number): string {
  const text = `CAST(${cell} AS VARCHAR)`;
  if (decimals >= 0 && WHOLE_NUMBERS.test(type)) return text;
  const number = `TRY_CAST(trim(${text}) AS DECIMAL(38, 12))`;
  if (decimals >= 0) return `CAST(CAST(${number} AS DECIMAL(38, ${decimals})) AS VARCHAR)`;
  const unit = 10 ** -decimals;
  // A quotient of decimals would be a floating-point number: half a unit is added and the rest taken off instead.
  const size = `CAST(CAST(abs(${number}) AS DECIMAL(38, 0)) AS HUGEINT)`;
  const rounded = `((${size} + ${unit / 2}) // ${unit} * ${unit})`;
  return `CAST(CASE WHEN ${number} < 0 THEN -${rounded} ELSE ${rounded} END AS VARCHAR)`;
}

/** SQL for the first characters of a text. */
export function prefixSql(cell: string, length: number): string {
  return `left(trim(CAST(${cell} AS VARCHAR)), ${length})`;
}

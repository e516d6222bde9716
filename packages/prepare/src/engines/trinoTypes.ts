import { quoteName } from '../engine.ts';

/** A column of a cluster, by its own name of the type. */
interface Native {
  readonly name: string;
  readonly native: string;
}

const WHOLE: Readonly<Record<string, string>> = {
  boolean: 'BOOLEAN',
  tinyint: 'TINYINT',
  smallint: 'SMALLINT',
  integer: 'INTEGER',
  bigint: 'BIGINT',
  real: 'FLOAT',
  double: 'DOUBLE',
  date: 'DATE',
  uuid: 'UUID',
  varbinary: 'BLOB',
};

/**
 * DuckDB's name of the type that holds what a type of Trino holds. What DuckDB has no type for, times finer than it tells apart and what is nested are
 * texts, the last as JSON.
 */
export function duckdbType(native: string): string {
  const plain = WHOLE[native];
  if (plain !== undefined) return plain;
  if (native.startsWith('decimal(')) return native.replace('decimal', 'DECIMAL').replace(' ', '');
  const [, digits = '3', zoned] = /^timestamp(?:\((\d+)\))?( with time zone)?$/.exec(native) ?? [undefined, '99'];
  if (Number(digits) <= 6) return zoned === undefined ? 'TIMESTAMP' : 'TIMESTAMP WITH TIME ZONE';
  if (/^time(?:\([0-6]\))?$/.test(native)) return 'TIME';
  return Number(digits) <= 9 && zoned === undefined ? 'TIMESTAMP_NS' : 'VARCHAR';
}

const NESTED = /^(?:row|array|map)\(/;

/** SQL of Trino for the text of a cell, from which DuckDB makes the same value (`readText`). */
export function textFor({ name, native }: Native): string {
  const cell = quoteName(name);
  if (/^varchar\b/.test(native)) return cell;
  if (native === 'varbinary') return `to_base64(${cell})`;
  if (native === 'json') return `json_format(${cell})`;
  if (NESTED.test(native)) return `json_format(CAST(${cell} AS json))`;
  if (native.endsWith('with time zone')) return `replace(CAST(at_timezone(${cell}, 'UTC') AS varchar), ' UTC', '+00')`;
  return `CAST(${cell} AS varchar)`;
}

/** SQL of DuckDB for the value of the type that a text of `textFor` stands for. */
export function readText(text: string, type: string): string {
  if (type === 'VARCHAR') return text;
  return type === 'BLOB' ? `from_base64(${text})` : `CAST(${text} AS ${type})`;
}

/** SQL of Trino for the text that DuckDB would show of a cell, null for an empty one: what a scan looks at is the same text on both, but for bytes that are no ASCII: they are read as UTF-8. */
export function shownText({ name, native }: Native): string {
  return `nullif(${shown({ name, native })}, '')`;
}

function shown({ name, native }: Native): string {
  const cell = quoteName(name);
  const [, , digits, zoned] = /^(timestamp|time)(?:\((\d+)\))?( with time zone)?$/.exec(native) ?? [];
  if (digits !== undefined && digits !== '0') {
    const text = `CAST(${zoned === undefined ? cell : `CAST(at_timezone(${cell}, 'UTC') AS timestamp(${digits}))`} AS varchar)`;
    return `${withoutZeros(text)}${zoned === undefined ? '' : ` || '+00'`}`;
  }
  if (native === 'varbinary') return `from_utf8(${cell})`;
  return native === 'double' || native === 'real' ? floatText(cell, native) : textFor({ name, native });
}

const withoutZeros = (text: string): string => `trim(TRAILING '.' FROM trim(TRAILING '0' FROM ${text}))`;

/** DuckDB writes numbers out from 0.0001 up to sixteen digits before the point, Trino from 0.001 up to seven. Beyond both they differ in how they write the exponent. */
function floatText(cell: string, native: string): string {
  if (native === 'real') return `json_format(CAST(${cell} AS json))`;
  const written = (decimals: number): string => withoutZeros(`CAST(CAST(${cell} AS decimal(38, ${decimals})) AS varchar)`);
  const long = `if(strpos(${written(10)}, '.') = 0, ${written(10)} || '.0', ${written(10)})`;
  const size = `abs(${cell})`;
  return `CASE WHEN ${size} >= 1e7 AND ${size} < 1e16 THEN ${long} WHEN ${size} >= 1e-4 AND ${size} < 1e-3 THEN ${written(24)} WHEN is_finite(${cell}) THEN json_format(CAST(${cell} AS json)) ELSE CAST(${cell} AS varchar) END`;
}

/** Whether rows can be put in order by a column as it is; of others it is done by their text. Zeros of two signs are one number and two texts. */
export function isOrdered(native: string): boolean {
  return !NESTED.test(native) && !['json', 'double', 'real'].includes(native);
}

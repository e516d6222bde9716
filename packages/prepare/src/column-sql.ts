import { createHash, createHmac } from 'node:crypto';
import { assertNever } from '@comity/core';
import { blobValue } from '@duckdb/node-api';
import type { Binder } from './bind.ts';
import { prefixSql, roundSql, timeSql } from './coarser-sql.ts';
import { quoteName } from './engine.ts';
import type { PlanColumn } from './plan.ts';

/** Finds a key by the name that a plan gives it; for a preview there are none. */
export type KeyOf = (keyRef: string) => Uint8Array;

/** What a column's expression is made from. */
export interface ColumnSource {
  readonly column: PlanColumn;
  readonly type: string;
  readonly binder: Binder;
  /** Undefined in a preview: then keyed values are shown as present or absent only. */
  readonly keyOf: KeyOf | undefined;
}

const BLOCK = 64;

/** SQL expression, of type VARCHAR, for one column as it leaves. A value that its transform cannot read leaves as null, never as it was. */
export function columnSql({ column, type, binder, keyOf }: ColumnSource): string {
  const cell = quoteName(column.name);
  const { transform } = column;
  switch (transform.op) {
    case 'keep':
      return plainSql(cell, type);
    case 'token':
      return keyOf === undefined
        ? presence(cell)
        : `left(${hmacSql(textOf(cell), keyOf(transform.keyRef), { binder, use: 'token' })}, 32)`;
    case 'year':
      return `CAST(year(${timeOf(cell)}) AS VARCHAR)`;
    case 'zip3':
      return zip3Sql(cell, type, binder.bind(transform.restricted.join(',')));
    case 'ageTop90':
      return ageSql(cell, binder.bind(transform.on));
    case 'dateShift':
      return keyOf === undefined ? presence(cell) : shiftSql(cell, { transform, binder, key: keyOf(transform.keyRef) });
    case 'time':
      return timeSql(cell, type, transform.to);
    case 'round':
      return roundSql(cell, type, transform.decimals);
    case 'prefix':
      return prefixSql(cell, transform.length);
    case 'redact':
      // INVARIANT: the engine never gives such a cell as a value to write; record.ts asks for it apart and redacts it.
      return presence(cell);
    default:
      return assertNever(transform);
  }
}

const textOf = (cell: string): string => `CAST(${cell} AS VARCHAR)`;
const timeOf = (cell: string): string => `TRY_CAST(${textOf(cell)} AS TIMESTAMP)`;
const presence = (cell: string): string => `CASE WHEN ${cell} IS NULL THEN NULL ELSE 'x' END`;

/** Times leave in UTC with microseconds, so that nobody has to guess a zone; bytes leave as base64. */
export function plainSql(cell: string, type: string): string {
  if (type === 'TIMESTAMP WITH TIME ZONE') return `strftime(${cell} AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%S.%fZ')`;
  return type === 'BLOB' ? `to_base64(${cell})` : textOf(cell);
}

/** HMAC-SHA-256 (RFC 2104) from DuckDB's SHA-256: H(K xor opad, H(K xor ipad, use line, value)), hexadecimal. */
export function hmacSql(
  text: string,
  key: Uint8Array,
  { binder, use }: { readonly binder: Binder; readonly use: string },
): string {
  const block = new Uint8Array(BLOCK);
  block.set(key.length > BLOCK ? createHash('sha256').update(key).digest() : key);
  const outer = binder.bind(blobValue(block.map((byte) => byte ^ 0x5c)));
  const inner = binder.bind(blobValue(block.map((byte) => byte ^ 0x36)));
  const message = `encode(${binder.bind(domainLine(use))} || ${text})`;
  return `sha256(CAST(${outer} AS BLOB) || unhex(sha256(CAST(${inner} AS BLOB) || ${message})))`;
}

const domainLine = (use: string): string => `comity/${use}/v1\n`;

/** The token that `extract` writes for a value: the first 128 bits of the HMAC under the recipient's key, hexadecimal. */
export function tokenOf(value: string, key: Uint8Array): string {
  return createHmac('sha256', key).update(domainLine('token')).update(value).digest('hex').slice(0, 32);
}

function zip3Sql(cell: string, type: string, restricted: string): string {
  // A ZIP code kept as a number has lost its leading zeros.
  const text = type.endsWith('INT') || type === 'INTEGER' ? `lpad(${textOf(cell)}, 5, '0')` : `trim(${textOf(cell)})`;
  const area = `left(${text}, 3)`;
  const zone = `CASE WHEN list_contains(string_split(${restricted}, ','), ${area}) THEN '000' ELSE ${area} END`;
  return `CASE WHEN regexp_full_match(${text}, '[0-9]{5}(-?[0-9]{4})?') THEN ${zone} END`;
}

function ageSql(cell: string, on: string): string {
  const number = `TRY_CAST(${textOf(cell)} AS DOUBLE)`;
  const whole = `CAST(CAST(floor(${number}) AS INTEGER) AS VARCHAR)`;
  // Nobody is a hundred and fifty; a number of four digits is a year of birth, and whoever may have turned ninety in it counts as that.
  const grouped = `CASE WHEN ${number} >= 1800 THEN CASE WHEN ${number} <= year(CAST(${on} AS DATE)) - 90 THEN '90+' ELSE ${whole} END
    WHEN ${number} >= 90 THEN '90+' WHEN ${number} >= 0 THEN ${whole} END`;
  const old = `${timeOf(cell)} <= CAST(${on} AS DATE) - INTERVAL 90 YEAR`;
  const born = `CASE WHEN ${old} THEN '90+' ELSE CAST(year(${timeOf(cell)}) AS VARCHAR) END`;
  return `CASE WHEN ${number} IS NOT NULL THEN ${grouped} WHEN ${timeOf(cell)} IS NOT NULL THEN ${born} END`;
}

interface Shift {
  readonly transform: Extract<PlanColumn['transform'], { op: 'dateShift' }>;
  readonly binder: Binder;
  readonly key: Uint8Array;
}

/** From 1 to maxDays days back or forth, never 0, drawn from the HMAC of the row's subject. Without a subject there is no date. */
function shiftSql(cell: string, { transform, binder, key }: Shift): string {
  const drawn = hmacSql(textOf(quoteName(transform.subject)), key, { binder, use: 'shift' });
  const number = `CAST('0x' || left(${drawn}, 12) AS BIGINT)`;
  const days = `((${number} // 2) % ${Math.trunc(transform.maxDays)} + 1) * (CASE WHEN ${number} % 2 = 0 THEN 1 ELSE -1 END)`;
  return `strftime(CAST(${timeOf(cell)} AS DATE) + CAST(${days} AS INTEGER), '%Y-%m-%d')`;
}

import { assertNever } from '@comity/core';
import type { Binder } from '../bind.ts';
import { hmacSql, plainSql } from '../column-sql.ts';
import { quoteName } from '../engine.ts';
import { dateSql, roughDateSql } from './dateSql.ts';
import { type Hierarchies, type Hierarchy, heightOf, SEPARATOR, TOP } from './hierarchy.ts';
import type { Operation } from './plan.ts';

/** What the expression of a column is made from. */
export interface Cell {
  readonly name: string;
  /** DuckDB's name of its type. */
  readonly type: string;
  readonly binder: Binder;
  readonly hierarchies: Hierarchies;
  /** Undefined where no operation needs one. */
  readonly key: Uint8Array | undefined;
}

/** SQL for the text of a cell as it stands in the file; null for an empty one. */
export function cellText({ name, type }: Pick<Cell, 'name' | 'type'>): string {
  return `nullif(${plainSql(quoteName(name), type)}, '')`;
}

/**
 * SQL, of type VARCHAR, for a cell as it leaves. Null for an empty cell, and for one that the operation cannot read: those are counted
 * (`unreadableSql`) and the whole is refused, so that nothing passes as it was. `siv` and `ff1` leave their cell as it is: they are done outside.
 */
export function operationSql(operation: Operation, cell: Cell): string {
  const text = cellText(cell);
  switch (operation.op) {
    case 'drop':
      return 'CAST(NULL AS VARCHAR)';
    case 'keep':
    case 'siv':
    case 'ff1':
    case 'suppressIf':
      return text;
    case 'token':
      return `left(${hmacSql(text, keyOf(cell), { binder: cell.binder, use: 'token' })}, 32)`;
    case 'year':
      return yearSql(roughDateSql(text, operation.order), operation.on === null ? null : cell.binder.bind(operation.on));
    case 'birthYear':
      return birthSql(roughDateSql(text, operation.order), cell.binder.bind(operation.on));
    case 'ageTop90':
      return ageSql(text);
    case 'zip3':
      return zipSql(text, { type: cell.type, restricted: cell.binder.bind(operation.restricted.join(',')) });
    case 'dateShift':
      return shiftSql(operation, cell);
    case 'bin':
      return binSql(text, operation.edges);
    case 'generalise':
      return levelSql(text, { hierarchy: cell.hierarchies[operation.hierarchy], level: operation.level, binder: cell.binder });
    default:
      return assertNever(operation);
  }
}

/** SQL condition: a value stands in the cell, and the operation cannot read it. */
export function unreadableSql(operation: Operation, cell: Cell): string {
  return `trim(${cellText(cell)}) <> '' AND (${operationSql(operation, cell)}) IS NULL`;
}

function keyOf({ key }: Cell): Uint8Array {
  if (key === undefined) throw new Error('a keyed operation was compiled without a key');
  return key;
}

function yearSql(day: string, on: string | null): string {
  const year = `CAST(year(${day}) AS VARCHAR)`;
  if (on === null) return year;
  const oldest = `year(CAST(${on} AS DATE)) - 90`;
  return `CASE WHEN year(${day}) <= ${oldest} THEN '<=' || CAST(${oldest} AS VARCHAR) ELSE ${year} END`;
}

function birthSql(day: string, on: string): string {
  const old = `${day} <= CAST(${on} AS DATE) - INTERVAL 90 YEAR`;
  return `CASE WHEN ${old} THEN '90+' WHEN ${day} <= CAST(${on} AS DATE) THEN CAST(year(${day}) AS VARCHAR) END`;
}

function ageSql(text: string): string {
  const age = `TRY_CAST(regexp_extract(trim(${text}), '^[0-9]{1,3}([.][0-9]+)?$') AS DOUBLE)`;
  const years = `CASE WHEN ${age} >= 90 THEN '90+' ELSE CAST(CAST(floor(${age}) AS INTEGER) AS VARCHAR) END`;
  return `CASE WHEN trim(${text}) = '90+' THEN '90+' WHEN ${age} IS NOT NULL THEN ${years} END`;
}

/**
 * Five digits, or nine with or without a hyphen. What was kept as a number has lost its leading zeros: four digits or eight are read with
 * one, and in a column of numbers three with two. A text of three digits is in doubt (an area already?), so it is unreadable.
 */
function zipSql(text: string, { type, restricted }: { readonly type: string; readonly restricted: string }): string {
  const trimmed = `trim(${text})`;
  const lost = type.endsWith('INT') || type.endsWith('INTEGER') ? '[0-9]{3,4}' : '[0-9]{4}';
  const whole = `CASE WHEN regexp_full_match(${trimmed}, '[0-9]{5}(-?[0-9]{4})?') THEN ${trimmed}
    WHEN regexp_full_match(${trimmed}, '${lost}') THEN lpad(${trimmed}, 5, '0')
    WHEN regexp_full_match(${trimmed}, '[0-9]{4}-?[0-9]{4}') THEN '0' || ${trimmed} END`;
  const area = `left(${whole}, 3)`;
  return `CASE WHEN list_contains(string_split(${restricted}, ','), ${area}) THEN '000' ELSE ${area} END`;
}

/** From 1 to maxDays days back or forth, never 0, drawn from the subject's HMAC. Without a subject there is no date. */
function shiftSql({ order, subject, maxDays }: Extract<Operation, { op: 'dateShift' }>, cell: Cell): string {
  const whose = `CAST(${quoteName(subject)} AS VARCHAR)`;
  const number = `CAST('0x' || left(${hmacSql(whose, keyOf(cell), { binder: cell.binder, use: 'shift' })}, 12) AS BIGINT)`;
  const days = `((${number} // 2) % ${Math.trunc(maxDays)} + 1) * (CASE WHEN ${number} % 2 = 0 THEN 1 ELSE -1 END)`;
  return `strftime(${dateSql(cellText(cell), order)} + CAST(${days} AS INTEGER), '%Y-%m-%d')`;
}

/** A finite number in plain writing; null for anything else. */
const numberSql = (text: string): string =>
  `TRY_CAST(regexp_extract(trim(${text}), '^[-+]?[0-9]+([.][0-9]+)?([eE][-+]?[0-9]{1,2})?$') AS DOUBLE)`;

function binSql(text: string, edges: readonly number[]): string {
  const number = numberSql(text);
  const [first = 0, last = first] = [edges[0], edges.at(-1)];
  const inner = edges.slice(1).map((edge, i) => `WHEN ${number} < ${edge} THEN '[${edges[i]}, ${edge})'`);
  return `CASE WHEN ${number} < ${first} THEN '<${first}' ${inner.join(' ')} WHEN ${number} >= ${last} THEN '>=${last}' END`;
}

interface Level {
  readonly hierarchy: Hierarchy | undefined;
  readonly level: number;
  readonly binder: Binder;
}

/** SQL for a text on a level of its hierarchy; null where the hierarchy does not know it, on every level, the highest included. */
export function levelSql(text: string, { hierarchy, level, binder }: Level): string {
  if (hierarchy === undefined) throw new Error('a plan names a hierarchy that it does not hold');
  if (level === 0 || level >= heightOf(hierarchy)) {
    const known = knownSql(text, hierarchy, binder);
    // An empty cell has no value to make coarser, but on the highest level not even that can be told.
    return level === 0 ? `CASE WHEN ${known} THEN ${text} END` : `CASE WHEN ${text} IS NULL OR ${known} THEN '${TOP}' END`;
  }
  if (hierarchy.kind === 'date') return dateLevel(dateSql(text, hierarchy.order), level);
  if (hierarchy.kind === 'number') return widthLevel(numberSql(text), hierarchy.widths[level - 1] ?? 1, hierarchy.from);
  if (hierarchy.kind === 'prefix') return `left(trim(${text}), ${hierarchy.lengths[level - 1] ?? 0}) || '${TOP}'`;
  return hierarchy.kind === 'table' ? tableSql(text, { rows: hierarchy.rows, level, binder }) : text;
}

function knownSql(text: string, hierarchy: Hierarchy, binder: Binder): string {
  if (hierarchy.kind === 'date') return `${dateSql(text, hierarchy.order)} IS NOT NULL`;
  if (hierarchy.kind === 'number') return `${numberSql(text)} IS NOT NULL`;
  return hierarchy.kind === 'table'
    ? `${tableSql(text, { rows: hierarchy.rows, level: 0, binder })} IS NOT NULL`
    : `${text} IS NOT NULL`;
}

function dateLevel(day: string, level: number): string {
  if (level === 1) return `strftime(${day}, '%Y-%m')`;
  return level === 2 ? `strftime(${day}, '%Y')` : `CAST(year(${day}) // 10 * 10 AS VARCHAR) || 's'`;
}

/** `[20, 25)`: the lower bound belongs to it, the upper one to the next. */
function widthLevel(number: string, width: number, from: number): string {
  const low = `CAST(floor((${number} - ${from}) / ${width}) * ${width} + ${from} AS BIGINT)`;
  return `'[' || ${low} || ', ' || (${low} + ${width}) || ')'`;
}

interface Table {
  readonly rows: readonly (readonly string[])[];
  readonly level: number;
  readonly binder: Binder;
}

function tableSql(text: string, { rows, level, binder }: Table): string {
  const list = (at: number): string => `string_split(${binder.bind(rows.map((row) => row[at] ?? '').join(SEPARATOR))}, chr(31))`;
  return `map(${list(0)}, ${list(level)})[trim(${text})]`;
}

import { type Day, isDay, isJsonObject, type JsonObject, ok, type Result, refuse } from '@comity/core';
import { type Hierarchies, heightOf, readHierarchies } from './hierarchy.ts';
import { type ColumnPlan, DATE_ORDERS, type DateOrder, type DeidentifyPlan, type Operation, type Verify, WHYS } from './plan.ts';

/** What a plan may leave out because the caller knows it: the day that ages are counted on, and the areas where few people live. */
export interface Known {
  readonly on: Day;
  readonly restrictedZip3: readonly string[];
}

/**
 * Reads a plan that a person wrote or that was printed before: `{"columns": [{"name": ..., "operation": {"op": ...}}], "hierarchies": {...}, "verify": {...}}`.
 * Refuses `plan-invalid` naming the column or member, `hierarchy-invalid`.
 */
export function readDeidentifyPlan(json: unknown, known: Known): Result<DeidentifyPlan> {
  if (!isJsonObject(json) || !Array.isArray(json['columns'])) return wrong('columns');
  const hierarchies = readHierarchies(json['hierarchies'] ?? {});
  if (!hierarchies.ok) return hierarchies;
  const columns: ColumnPlan[] = [];
  for (const stated of json['columns']) {
    const column = isJsonObject(stated) ? readColumn(stated, { ...known, hierarchies: hierarchies.value }) : undefined;
    if (column === undefined) return wrong(isJsonObject(stated) ? String(stated['name']) : 'columns');
    columns.push(column);
  }
  if (new Set(columns.map(({ name }) => name)).size !== columns.length) return wrong('columns');
  const verify = readVerify(json['verify'] ?? null);
  if (verify === undefined) return wrong('verify');
  const stranger = [...(verify?.quasi ?? []), ...(verify?.sensitive ?? [])].find((name) => !leaves(columns, name));
  if (stranger !== undefined) return wrong(stranger);
  return ok({ v: 1, method: 'plan', columns, hierarchies: hierarchies.value, verify });
}

const wrong = (column: string): Result<never> => refuse('plan-invalid', column, { column });

/** Only what leaves can be measured in the result. */
function leaves(columns: readonly ColumnPlan[], name: string): boolean {
  return columns.some((column) => column.name === name && column.operation.op !== 'drop');
}

interface Given extends Known {
  readonly hierarchies: Hierarchies;
}

function readColumn(stated: JsonObject, given: Given): ColumnPlan | undefined {
  const { name, operation } = stated;
  if (typeof name !== 'string' || !isJsonObject(operation)) return undefined;
  const read = readOperation(operation, { ...given, name });
  const why = WHYS.find((one) => one === stated['why']) ?? 'stated';
  return read && { name, class: typeof stated['class'] === 'string' ? stated['class'] : null, why, operation: read };
}

interface InColumn extends Given {
  readonly name: string;
}

function readOperation(stated: JsonObject, given: InColumn): Operation | undefined {
  const order: DateOrder | undefined = DATE_ORDERS.find((one) => one === (stated['order'] ?? 'iso'));
  const on = stated['on'] ?? given.on;
  switch (stated['op']) {
    case 'drop':
    case 'keep':
    case 'token':
    case 'siv':
    case 'ageTop90':
      return { op: stated['op'] };
    case 'ff1':
      return readFf1(stated['alphabet'] ?? DIGITS);
    case 'year':
      return order && (stated['on'] === null || isDay(on))
        ? { op: 'year', order, on: stated['on'] === null ? null : String(on) }
        : undefined;
    case 'birthYear':
      return order && isDay(on) ? { op: 'birthYear', order, on } : undefined;
    case 'zip3':
      return readZip3(stated['restricted'] ?? given.restrictedZip3);
    case 'dateShift':
      return order && readShift(stated, order);
    case 'bin':
      return readBin(stated['edges']);
    case 'generalise':
      return readLevel(stated, given);
    case 'suppressIf':
      return isCount(stated['k'], 2) ? { op: 'suppressIf', k: stated['k'] } : undefined;
    default:
      return undefined;
  }
}

const DIGITS = '0123456789';
/** These stay where they stand, so they cannot be characters of the alphabet. */
const PUNCTUATION = /[\s./-]/;

function readFf1(alphabet: unknown): Operation | undefined {
  if (typeof alphabet !== 'string' || PUNCTUATION.test(alphabet)) return undefined;
  const radix = new Set(alphabet).size;
  return radix === alphabet.length && radix >= 2 && radix <= 36 ? { op: 'ff1', alphabet } : undefined;
}

function readZip3(restricted: unknown): Operation | undefined {
  const areas = Array.isArray(restricted) ? restricted.filter((one): one is string => /^[0-9]{3}$/.test(String(one))) : [];
  return areas.length > 0 && Array.isArray(restricted) && areas.length === restricted.length
    ? { op: 'zip3', restricted: areas }
    : undefined;
}

function readShift({ subject, maxDays }: JsonObject, order: DateOrder): Operation | undefined {
  if (typeof subject !== 'string' || !isCount(maxDays, 1) || maxDays > 3_660) return undefined;
  return { op: 'dateShift', order, subject, maxDays };
}

function readBin(edges: unknown): Operation | undefined {
  if (!Array.isArray(edges) || edges.length === 0 || !edges.every((edge) => typeof edge === 'number' && Number.isFinite(edge)))
    return undefined;
  const list = edges.map(Number);
  return list.every((edge, i) => i === 0 || edge > (list[i - 1] ?? edge)) ? { op: 'bin', edges: list } : undefined;
}

function readLevel({ hierarchy: stated, level }: JsonObject, { hierarchies, name }: InColumn): Operation | undefined {
  const key = stated ?? name;
  const hierarchy = typeof key === 'string' && Object.hasOwn(hierarchies, key) ? hierarchies[key] : undefined;
  if (hierarchy === undefined || typeof key !== 'string' || !isCount(level, 0) || level > heightOf(hierarchy)) return undefined;
  return { op: 'generalise', hierarchy: key, level };
}

/** Null where nothing is asked; undefined where it makes no sense. */
export function readVerify(stated: unknown): Verify | null | undefined {
  if (stated === null) return null;
  if (!isJsonObject(stated)) return undefined;
  const { quasi, sensitive = [], k = 1, l = null, t = null, suppress = 0 } = stated;
  if (!isNames(quasi) || quasi.length === 0 || !isNames(sensitive) || quasi.some((name) => sensitive.includes(name)))
    return undefined;
  if (!isCount(k, 1) || !(l === null || isCount(l, 1)) || !(t === null || isShare(t)) || !isShare(suppress)) return undefined;
  if ((l !== null || t !== null) && sensitive.length === 0) return undefined;
  return { quasi, sensitive, k, l, t, suppress };
}

function isNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string') && new Set(value).size === value.length;
}

function isCount(value: unknown, least: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= least;
}

function isShare(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= 1;
}

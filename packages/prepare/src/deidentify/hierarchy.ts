import { isJsonObject, ok, type Result, refuse } from '@comity/core';
import { DATE_ORDERS, type DateOrder } from './plan.ts';

/**
 * How the values of a column become coarser, level by level. Level 0 is the value as it is; the last level is always `*`.
 * Every level is a union of groups of the level before: what two values share they share on all higher levels too.
 */
export type Hierarchy =
  /** Each row: a value, then what stands for it on levels 1, 2, ... below `*`. */
  | { readonly kind: 'table'; readonly rows: readonly (readonly string[])[] }
  /** Day, month, year, decade. */
  | { readonly kind: 'date'; readonly order: DateOrder }
  /** Intervals of these widths, each a multiple of the one before, counted from `from`. */
  | { readonly kind: 'number'; readonly widths: readonly number[]; readonly from: number }
  /** The first characters, fewer on each level. */
  | { readonly kind: 'prefix'; readonly lengths: readonly number[] }
  /** The value or `*`. */
  | { readonly kind: 'all' };

export type Hierarchies = Readonly<Record<string, Hierarchy>>;

/** What stands for everything. */
export const TOP = '*';

/** How many levels above the value itself there are, `*` included. */
export function heightOf(hierarchy: Hierarchy): number {
  switch (hierarchy.kind) {
    case 'table':
      return hierarchy.rows[0]?.length ?? 1;
    case 'date':
      return 4;
    case 'number':
      return hierarchy.widths.length + 1;
    case 'prefix':
      return hierarchy.lengths.length + 1;
    default:
      return 1;
  }
}

/**
 * Reads hierarchies, a member per column: `{"rows": [["Bachelors", "higher"], ...]}`, `{"dates": "iso"}`, `{"widths": [5, 10, 20], "from": 0}`,
 * `{"prefix": [3, 2]}` or `"*"`. Refuses `hierarchy-invalid` with the column: no such form, rows of different length, a value twice,
 * or groups that a higher level tears apart.
 */
export function readHierarchies(json: unknown): Result<Hierarchies> {
  if (!isJsonObject(json)) return refuse('hierarchy-invalid', 'hierarchies', { column: '' });
  const read: [string, Hierarchy][] = [];
  for (const [column, stated] of Object.entries(json)) {
    const hierarchy = readHierarchy(stated);
    if (hierarchy === undefined || !isSound(hierarchy)) return refuse('hierarchy-invalid', `hierarchies.${column}`, { column });
    read.push([column, hierarchy]);
  }
  return ok(Object.fromEntries(read));
}

/** One hierarchy, as a plan writes it too. Undefined where it has none of the forms. */
function readHierarchy(stated: unknown): Hierarchy | undefined {
  if (stated === TOP) return { kind: 'all' };
  if (!isJsonObject(stated)) return undefined;
  if (stated['kind'] === 'all') return { kind: 'all' };
  const { rows, widths, lengths = stated['prefix'], from = 0, order = stated['dates'] } = stated;
  if (Array.isArray(rows)) return readTable(rows);
  if (Array.isArray(widths) && typeof from === 'number')
    return numbers(widths, (list) => ({ kind: 'number', widths: list, from }));
  if (Array.isArray(lengths)) return numbers(lengths, (list) => ({ kind: 'prefix', lengths: list }));
  const dates = DATE_ORDERS.find((one) => one === order);
  return dates === undefined ? undefined : { kind: 'date', order: dates };
}

function numbers(list: readonly unknown[], made: (list: readonly number[]) => Hierarchy): Hierarchy | undefined {
  return list.every((one) => Number.isInteger(one) && Number(one) > 0) ? made(list.map(Number)) : undefined;
}

/** A last level of `*` alone may be written or not. */
function readTable(rows: readonly unknown[]): Hierarchy | undefined {
  const texts: string[][] = [];
  for (const row of rows) {
    if (!Array.isArray(row) || !row.every((one) => typeof one === 'string' || typeof one === 'number')) return undefined;
    texts.push(row.map(String));
  }
  const starred = texts.every((row) => row.length > 1 && row.at(-1) === TOP);
  return { kind: 'table', rows: starred ? texts.map((row) => row.slice(0, -1)) : texts };
}

function isSound(hierarchy: Hierarchy): boolean {
  if (hierarchy.kind === 'number') {
    const { widths, from } = hierarchy;
    const nested = widths.every((width, i) => i === 0 || (width > (widths[i - 1] ?? 0) && width % (widths[i - 1] ?? 1) === 0));
    return Number.isInteger(from) && widths.length > 0 && nested;
  }
  if (hierarchy.kind === 'prefix')
    return hierarchy.lengths.every((length, i) => i === 0 || length < (hierarchy.lengths[i - 1] ?? 0));
  return hierarchy.kind !== 'table' || isNested(hierarchy.rows);
}

/** No separator of ours within, one length, each value once, and each group under one parent. */
function isNested(rows: readonly (readonly string[])[]): boolean {
  const width = rows[0]?.length ?? 0;
  if (width === 0 || rows.some((row) => row.length !== width || row.some((text) => text.includes(SEPARATOR)))) return false;
  if (new Set(rows.map(([value]) => value)).size !== rows.length) return false;
  for (let level = 1; level + 1 < width; level++) {
    const parents = new Map<string | undefined, string | undefined>();
    for (const row of rows) {
      const parent = parents.get(row[level]) ?? row[level + 1];
      if (parent !== row[level + 1]) return false;
      parents.set(row[level], parent);
    }
  }
  return true;
}

/** Between the values of a table where they are bound to a statement: a character that no data hold (ASCII unit separator). */
export const SEPARATOR = '\u001f';

import { isJsonObject, ok, type Result, refuse } from '@comity/core';
import { type ColumnDomain, type Domain, sizeOf } from './domain.ts';

/** A column with more values than this cannot be told under a sensible budget. */
const WIDEST = 10_000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Reads a declared domain: one member per column, in the order in which the columns are to leave. A column that is not named does not leave.
 * A member is a number (values are 0 to that number less one), a list of texts, or an object:
 * `{"values": [...], "other": true, "missing": true}`, `{"from": 0, "until": 100, "bins": 20}`, `{"edges": [...], "digits": 2}`, the same with days `"YYYY-MM-DD"`.
 * Refuses `domain-invalid` with the column.
 */
export function readDomain(json: unknown): Result<Domain> {
  if (!isJsonObject(json) || Object.keys(json).length === 0) return refuse('domain-invalid', 'domain', { column: '' });
  const columns: ColumnDomain[] = [];
  for (const [name, stated] of Object.entries(json)) {
    const column = readColumn(name, stated);
    if (column === undefined || !isSound(column)) return refuse('domain-invalid', `domain.${name}`, { column: name });
    columns.push(column);
  }
  return ok(columns);
}

function readColumn(name: string, stated: unknown): ColumnDomain | undefined {
  if (typeof stated === 'number') return { name, kind: 'code', size: stated, missing: false };
  if (Array.isArray(stated)) return readColumn(name, { values: stated });
  if (!isJsonObject(stated)) return undefined;
  const missing = stated['missing'] === true;
  if (Array.isArray(stated['values'])) {
    const values = stated['values'].filter((value) => typeof value === 'string' || typeof value === 'number').map(String);
    if (values.length !== stated['values'].length) return undefined;
    return { name, kind: 'category', values, other: stated['other'] === true, missing };
  }
  if (typeof stated['size'] === 'number') return { name, kind: 'code', size: stated['size'], missing };
  return readEdges({ ...stated, name, missing });
}

interface Stated {
  readonly name: string;
  readonly missing: boolean;
  readonly edges?: unknown;
  readonly from?: unknown;
  readonly until?: unknown;
  readonly bins?: unknown;
  readonly digits?: unknown;
}

function readEdges({ name, missing, edges, from, until, bins, digits }: Stated): ColumnDomain | undefined {
  const list = Array.isArray(edges) ? edges : evenEdges(from, until, bins);
  if (list === undefined) return undefined;
  if (list.every((edge) => typeof edge === 'string' && DAY.test(edge)))
    return { name, kind: 'date', edges: list.map(String), missing };
  if (!list.every((edge) => typeof edge === 'number' && Number.isFinite(edge))) return undefined;
  const numbers = list.map(Number);
  const places = typeof digits === 'number' ? digits : Math.max(...numbers.map(digitsOf));
  return { name, kind: 'number', edges: numbers, digits: places, missing };
}

/** Digits after the point in the shortest way of writing a number, six at most. */
function digitsOf(value: number): number {
  for (let digits = 0; digits < 6; digits++) if (Number(value.toFixed(digits)) === value) return digits;
  return 6;
}

/** Even bins from one bound up to the other; days are kept whole. */
export function evenEdges(from: unknown, until: unknown, bins: unknown): readonly unknown[] | undefined {
  if (typeof bins !== 'number' || !Number.isInteger(bins) || bins < 1 || bins > WIDEST) return undefined;
  if (typeof from === 'number' && typeof until === 'number')
    return Array.from({ length: bins + 1 }, (_, i) => from + ((until - from) * i) / bins);
  if (typeof from !== 'string' || typeof until !== 'string' || !DAY.test(from) || !DAY.test(until)) return undefined;
  const [first, last] = [Date.parse(from), Date.parse(until)];
  const days = Array.from({ length: bins + 1 }, (_, i) => dayOf(first + ((last - first) * i) / bins));
  return [...new Set(days)];
}

function dayOf(at: number): string {
  return new Date(Math.round(at / 86_400_000) * 86_400_000).toISOString().slice(0, 10);
}

function isSound(column: ColumnDomain): boolean {
  const size = sizeOf(column);
  if (!Number.isInteger(size) || size < 1 || size > WIDEST) return false;
  if (column.kind === 'category') return new Set(column.values).size === column.values.length;
  if (column.kind === 'code') return true;
  if (column.kind === 'date') return rises(column.edges.map(Date.parse));
  return rises(column.edges) && Number.isInteger(column.digits) && column.digits >= 0 && column.digits <= 9;
}

function rises(edges: readonly number[]): boolean {
  return edges.length > 1 && edges.every((edge, i) => Number.isFinite(edge) && (i === 0 || edge > (edges[i - 1] ?? edge)));
}

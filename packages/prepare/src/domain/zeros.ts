import { isJsonObject, ok, type Result, refuse } from '@comity/core';
import { cellsOf } from '../synthesise/cells.ts';
import type { Mask } from '../synthesise/fit.ts';
import { POOL_FROM } from '../synthesise/pool.ts';
import { type ColumnDomain, type Domain, missingCode, plainSize, sizeOf } from './domain.ts';

/** Values of several columns that cannot stand together (a ZIP code of another state), or the only ones that can. A number or a day stands for its bin, null for an empty cell. */
export interface Zeros {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
  /** Whether the rows are those that cannot be, or all that can. */
  readonly are: 'never' | 'only';
}

/** A table that is masked has no more cells than this. */
const MOST_CELLS = 100_000;

/**
 * Reads what cannot be: `[{"columns": ["state", "zip3"], "only": [["MA", "021"], …]}, {"columns": ["sex", "code"], "never": [["M", "O80"]]}]`.
 * Said by a person, never read from the data. Refuses `zeros-invalid` naming the field: a column that the domain does not have or that has more than
 * 128 values, a value for which it has no place, a list of another length.
 */
export function readZeros(json: unknown, domain: Domain): Result<readonly Zeros[]> {
  if (!Array.isArray(json)) return refuse('zeros-invalid', 'zeros');
  const read: Zeros[] = [];
  for (const [i, stated] of json.entries()) {
    const one = readOne(stated, domain);
    if (typeof one === 'string') return refuse('zeros-invalid', `zeros.${i}${one === '' ? '' : `.${one}`}`);
    read.push(one);
  }
  return ok(read);
}

/** The statement, or the place of what is wrong with it. */
function readOne(stated: unknown, domain: Domain): Zeros | string {
  if (!isJsonObject(stated) || !Array.isArray(stated['columns'])) return 'columns';
  const columns = stated['columns'].map(String);
  const held = columns.flatMap((name) => domain.find((column) => column.name === name) ?? []);
  const wide = held.some((column) => sizeOf(column) > POOL_FROM);
  if (held.length < 2 || held.length !== columns.length || new Set(columns).size !== columns.length || wide) return 'columns';
  if (held.reduce((cells, column) => cells * sizeOf(column), 1) > MOST_CELLS) return 'columns';
  const are = stated['only'] === undefined ? 'never' : 'only';
  const rows = stated[are];
  if (!Array.isArray(rows) || rows.length === 0) return are;
  const read: (string | null)[][] = [];
  for (const [i, row] of rows.entries()) {
    if (!Array.isArray(row) || row.length !== columns.length) return `${are}.${i}`;
    const values = row.map((value) => (value === null ? null : String(value)));
    if (values.some((value, at) => codeIn(held[at], value) === undefined)) return `${are}.${i}`;
    read.push(values);
  }
  return { columns, rows: read, are };
}

/** As masks over the columns of a domain: 0 where no row can be. */
export function masksOf(zeros: readonly Zeros[], domain: Domain): readonly Mask[] {
  const sizes = domain.map(sizeOf);
  return zeros.map(({ columns: names, rows, are }) => {
    const places = names.map((name) => domain.findIndex((column) => column.name === name));
    const columns = [...places].sort((a, b) => a - b);
    const allowed = new Float64Array(cellsOf(columns, sizes)).fill(are === 'only' ? 0 : 1);
    for (const row of rows) {
      const codeAt = (column: number): number => codeIn(domain[column], row[places.indexOf(column)] ?? null) ?? 0;
      const cell = columns.reduce((at, column) => at * (sizes[column] ?? 1) + codeAt(column), 0);
      allowed[cell] = are === 'only' ? 1 : 0;
    }
    return { columns, allowed };
  });
}

/** The number of a value in its column's domain; undefined where there is no place for it. */
function codeIn(column: ColumnDomain | undefined, value: string | null): number | undefined {
  if (column === undefined) return undefined;
  if (value === null || value === '') return missingCode(column);
  switch (column.kind) {
    case 'code':
      return Number.isInteger(Number(value)) && Number(value) >= 0 && Number(value) < column.size ? Number(value) : undefined;
    case 'category': {
      const at = column.values.indexOf(value);
      return at >= 0 ? at : column.other ? plainSize(column) : undefined;
    }
    case 'number':
      return binOf(column.edges, Number(value));
    default:
      return binOf(
        column.edges.map((edge) => Date.parse(edge)),
        Date.parse(value),
      );
  }
}

function binOf(edges: readonly number[], value: number): number | undefined {
  if (Number.isNaN(value)) return undefined;
  const above = edges.findIndex((edge) => value < edge);
  return Math.min(Math.max(0, (above < 0 ? edges.length : above) - 1), edges.length - 2);
}

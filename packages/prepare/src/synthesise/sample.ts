import { type Dice, shuffle } from './dice.ts';
import type { Model } from './model.ts';

/** Rows as one list of value numbers per column. */
export type Rows = readonly Uint16Array[];

/**
 * Draws rows from a model: clique by clique from the root outward, each given what is drawn already. Within a group of rows that agree so far, every value gets its expected
 * number of rows, rounded up or down at random (systematic sampling): far less chance than drawing each row by itself, and as private, for it looks at the model alone.
 */
export function sampleRows(model: Model, rows: number, dice: Dice): Rows {
  const columns = model.sizes.map(() => new Uint16Array(rows));
  const drawn = new Set<number>();
  for (const [at, clique] of model.tree.cliques.entries()) {
    const separator = at === 0 ? [] : (model.tree.separators[at] ?? []);
    const fresh = clique.filter((column) => !drawn.has(column));
    if (fresh.length === 0) continue;
    fill({ model, at, separator, fresh, columns, rows, dice });
    for (const column of fresh) drawn.add(column);
  }
  return columns;
}

interface Filling {
  readonly model: Model;
  readonly at: number;
  readonly separator: readonly number[];
  readonly fresh: readonly number[];
  readonly columns: readonly Uint16Array[];
  readonly rows: number;
  readonly dice: Dice;
}

function fill(filling: Filling): void {
  const { model, at, separator, columns, rows, dice } = filling;
  const cells = cellsByGroup(filling);
  const groups = new Map<number, number[]>();
  for (let row = 0; row < rows; row++) {
    let group = 0;
    for (const column of separator) group = group * (model.sizes[column] ?? 1) + (columns[column]?.[row] ?? 0);
    const members = groups.get(group);
    if (members === undefined) groups.set(group, [row]);
    else members.push(row);
  }
  const belief = model.beliefs[at] ?? new Float64Array(0);
  for (const [group, members] of groups) {
    const choices = cells.get(group) ?? [];
    const order = Int32Array.from(members);
    shuffle(order, dice);
    allot(order, { choices, belief, dice }, (row, cell) => write(filling, row, cell));
  }
}

/** The cells of a clique by the value of its separator. */
function cellsByGroup({ model, at, separator }: Filling): ReadonlyMap<number, readonly number[]> {
  const clique = model.tree.cliques[at] ?? [];
  const belief = model.beliefs[at] ?? new Float64Array(0);
  const cells = new Map<number, number[]>();
  for (let cell = 0; cell < belief.length; cell++) {
    if (!((belief[cell] ?? 0) > 0)) continue;
    const values = valuesAt(cell, clique, model.sizes);
    const group = separator.reduce((sum, column) => sum * (model.sizes[column] ?? 1) + (values.get(column) ?? 0), 0);
    const members = cells.get(group);
    if (members === undefined) cells.set(group, [cell]);
    else members.push(cell);
  }
  return cells;
}

function valuesAt(cell: number, clique: readonly number[], sizes: readonly number[]): ReadonlyMap<number, number> {
  const values = new Map<number, number>();
  let rest = cell;
  for (const column of [...clique].reverse()) {
    const size = sizes[column] ?? 1;
    values.set(column, rest % size);
    rest = Math.floor(rest / size);
  }
  return values;
}

function write({ model, at, fresh, columns }: Filling, row: number, cell: number): void {
  const values = valuesAt(cell, model.tree.cliques[at] ?? [], model.sizes);
  for (const column of fresh) {
    const list = columns[column];
    if (list !== undefined) list[row] = values.get(column) ?? 0;
  }
}

const GRAIN = 2 ** 32;

/** Systematic sampling: one random start, then a step of one row along the summed weights. */
function allot(
  order: Int32Array,
  { choices, belief, dice }: { readonly choices: readonly number[]; readonly belief: Float64Array; readonly dice: Dice },
  take: (row: number, cell: number) => void,
): void {
  const total = choices.reduce((sum, cell) => sum + (belief[cell] ?? 0), 0);
  const last = choices.at(-1);
  if (last === undefined || !(total > 0)) throw new Error('a row was drawn that the model does not allow');
  const step = total / order.length;
  let mark = (dice.below(GRAIN) / GRAIN) * step;
  let [reached, next] = [0, 0];
  for (const cell of choices) {
    reached += belief[cell] ?? 0;
    for (; next < order.length && mark < reached; next++, mark += step) take(order[next] ?? 0, cell);
  }
  // What rounding left over goes where the sum ended.
  for (; next < order.length; next++) take(order[next] ?? 0, last);
}

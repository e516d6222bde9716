import { type Columns, cellsOf, marginalOf, projection, sumInto } from './cells.ts';
import type { Model } from './model.ts';

/** Takes what the model says of each pair of columns (the smaller number first, its values the slower ones). The table is the caller's only until the next call. */
export type TakePair = (pair: readonly [number, number], told: Float64Array) => void;

/**
 * What a model says of every pair of the first `width` columns, exactly, also of two that no clique holds together: from the smallest clique that holds the one,
 * its joint table with each separator is carried outward through the tree. Work: the sum of all tables times the values of the one column.
 */
export function tellPairs(model: Model, width: number, take: TakePair): void {
  const beside = hangings(model);
  for (let column = 0; column < width; column++) {
    const start = smallestWith(model, column);
    const walk: Walk = { model, beside, column, width, take, done: new Set() };
    const belief = model.beliefs[start] ?? new Float64Array(0);
    tellWithin(walk, start, belief);
    for (const edge of beside[start] ?? [])
      carry(walk, edge, joint(walk, { table: belief, of: model.tree.cliques[start] ?? [], edge }));
  }
}

interface Edge {
  readonly from: number;
  readonly to: number;
  readonly separator: Columns;
  /** From the clique that is entered into the separator. */
  readonly into: Int32Array;
}

interface Walk {
  readonly model: Model;
  readonly beside: readonly (readonly Edge[])[];
  readonly column: number;
  readonly width: number;
  readonly take: TakePair;
  readonly done: Set<number>;
}

function hangings({ tree, up, down }: Model): readonly (readonly Edge[])[] {
  const beside: Edge[][] = tree.cliques.map(() => []);
  for (let at = 1; at < tree.cliques.length; at++) {
    const [parent, separator] = [tree.parent[at] ?? 0, tree.separators[at] ?? []];
    beside[parent]?.push({ from: parent, to: at, separator, into: up[at] ?? new Int32Array(0) });
    beside[at]?.push({ from: at, to: parent, separator, into: down[at] ?? new Int32Array(0) });
  }
  return beside;
}

function smallestWith({ tree, sizes }: Model, column: number): number {
  let [best, least] = [0, Number.POSITIVE_INFINITY];
  for (const [at, clique] of tree.cliques.entries()) {
    const cells = clique.includes(column) ? cellsOf(clique, sizes) : Number.POSITIVE_INFINITY;
    if (cells < least) [best, least] = [at, cells];
  }
  return best;
}

/** Tells the pairs of the walk's column with the others of a clique that holds it. */
function tellWithin({ model, column, width, take, done }: Walk, at: number, belief: Float64Array): void {
  const clique = model.tree.cliques[at] ?? [];
  for (const other of clique) {
    if (other <= column || other >= width || done.has(other)) continue;
    done.add(other);
    take([column, other], marginalOf(belief, { from: clique, to: [column, other], sizes: model.sizes }));
  }
}

/** The table of separator (slow) by the walk's column (fast) from a clique that holds both; null where the column lies in the separator itself. */
function joint(
  { model, column }: Walk,
  { table, of, edge }: { readonly table: Float64Array; readonly of: Columns; readonly edge: Edge },
): Float64Array | null {
  if (edge.separator.includes(column)) return null;
  return marginalOf(table, { from: of, to: [...edge.separator, column], sizes: model.sizes });
}

/** Enters a clique by an edge, with the joint table of separator and column; tells its pairs and goes on. */
function carry(walk: Walk, edge: Edge, carried: Float64Array | null): void {
  const { model, beside } = walk;
  const belief = model.beliefs[edge.to] ?? new Float64Array(0);
  const clique = model.tree.cliques[edge.to] ?? [];
  if (carried === null) tellWithin(walk, edge.to, belief);
  else tellAcross(walk, edge, carried);
  for (const next of beside[edge.to] ?? []) {
    if (next.to === edge.from) continue;
    if (carried === null) carry(walk, next, joint(walk, { table: belief, of: clique, edge: next }));
    else carry(walk, next, spread(walk, { edge, carried, over: next.separator }));
  }
}

function tellAcross(walk: Walk, edge: Edge, carried: Float64Array): void {
  const { model, column, width, take, done } = walk;
  for (const other of model.tree.cliques[edge.to] ?? []) {
    if (other <= column || other >= width || done.has(other)) continue;
    done.add(other);
    take([column, other], turn(spread(walk, { edge, carried, over: [other] }), model.sizes[column] ?? 1));
  }
}

/** The joint table of `over` (slow) and the walk's column (fast), of columns of the clique that is entered: the clique's own table, given the separator. */
function spread(
  { model, column }: Walk,
  { edge, carried, over }: { readonly edge: Edge; readonly carried: Float64Array; readonly over: Columns },
): Float64Array {
  const { sizes, beliefs, tree } = model;
  const belief = beliefs[edge.to] ?? new Float64Array(0);
  const width = sizes[column] ?? 1;
  const separator = new Float64Array(carried.length / width);
  sumInto(separator, belief, edge.into);
  const out = new Float64Array(cellsOf(over, sizes) * width);
  const onto = projection(tree.cliques[edge.to] ?? [], over, sizes);
  for (let cell = 0; cell < belief.length; cell++) {
    const weight = belief[cell] ?? 0;
    const given = edge.into[cell] ?? 0;
    const below = separator[given] ?? 0;
    if (weight === 0 || below === 0) continue;
    const share = weight / below;
    const [from, to] = [given * width, (onto[cell] ?? 0) * width];
    for (let i = 0; i < width; i++) out[to + i] = (out[to + i] ?? 0) + share * (carried[from + i] ?? 0);
  }
  return out;
}

/** Rows become columns. */
function turn(table: Float64Array, width: number): Float64Array {
  const height = table.length / width;
  const turned = new Float64Array(table.length);
  for (let row = 0; row < height; row++) {
    for (let i = 0; i < width; i++) turned[i * height + row] = table[row * width + i] ?? 0;
  }
  return turned;
}

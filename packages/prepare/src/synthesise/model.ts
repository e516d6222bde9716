import { type Columns, cellsOf, multiplyBy, projection, sumInto } from './cells.ts';
import type { JunctionTree } from './tree.ts';

/** What inference needs of a tree, made once: for every clique but the root the ways into the separator from either side. */
export interface Model {
  readonly tree: JunctionTree;
  readonly sizes: readonly number[];
  readonly up: readonly Int32Array[];
  readonly down: readonly Int32Array[];
  /** One table per clique that sums to one: the distribution that the model tells. */
  readonly beliefs: readonly Float64Array[];
}

/** A model whose tables are still empty. */
export function modelOf(tree: JunctionTree, sizes: readonly number[]): Model {
  const from = (clique: number, separator: number): Int32Array =>
    projection(tree.cliques[clique] ?? [], tree.separators[separator] ?? [], sizes);
  const hung = tree.cliques.map((_, at) => at);
  return {
    tree,
    sizes,
    up: hung.map((at) => (at === 0 ? new Int32Array(0) : from(at, at))),
    down: hung.map((at) => (at === 0 ? new Int32Array(0) : from(tree.parent[at] ?? 0, at))),
    beliefs: tree.cliques.map((clique) => new Float64Array(cellsOf(clique, sizes))),
  };
}

/**
 * Turns potentials (not negative, one table per clique, written over) into the distribution that is their product: one sweep of messages to the root and one back
 * (HUGIN, in the linear domain; every message is scaled to a greatest cell of one so that nothing runs out of the numbers). The tables in `beliefs` are replaced.
 */
export function infer(model: Model, potentials: readonly Float64Array[]): void {
  const { tree, up, down } = model;
  const messages: Float64Array[] = tree.separators.map((columns) => new Float64Array(cellsOf(columns, model.sizes)));
  for (let at = tree.cliques.length - 1; at > 0; at--) {
    const message = messages[at] ?? new Float64Array(1);
    sumInto(message, tableOf(potentials, at), up[at] ?? new Int32Array(0));
    scaleToOne(message);
    multiplyBy(tableOf(potentials, tree.parent[at] ?? 0), message, down[at] ?? new Int32Array(0));
  }
  for (const [at, belief] of model.beliefs.entries()) {
    belief.set(tableOf(potentials, at));
    if (at > 0) back(model, at, messages[at] ?? new Float64Array(1));
    normalise(belief);
  }
}

/** Takes what the rest of the tree says into a clique: the parent's view of the separator in place of what went up. */
function back({ tree, up, down, beliefs }: Model, at: number, went: Float64Array): void {
  const came = new Float64Array(went.length);
  sumInto(came, tableOf(beliefs, tree.parent[at] ?? 0), down[at] ?? new Int32Array(0));
  for (let i = 0; i < came.length; i++) came[i] = (went[i] ?? 0) > 0 ? (came[i] ?? 0) / (went[i] ?? 1) : 0;
  multiplyBy(tableOf(beliefs, at), came, up[at] ?? new Int32Array(0));
}

function tableOf(tables: readonly Float64Array[], at: number): Float64Array {
  const table = tables[at];
  if (table === undefined) throw new Error('a clique has no table');
  return table;
}

function scaleToOne(table: Float64Array): void {
  let greatest = 0;
  for (let i = 0; i < table.length; i++) greatest = Math.max(greatest, table[i] ?? 0);
  if (!(greatest > 0)) throw new Error('the model allows no row at all');
  const scale = 1 / greatest;
  for (let i = 0; i < table.length; i++) table[i] = (table[i] ?? 0) * scale;
}

function normalise(table: Float64Array): void {
  let total = 0;
  for (let i = 0; i < table.length; i++) total += table[i] ?? 0;
  if (!(total > 0)) throw new Error('the model allows no row at all');
  const scale = 1 / total;
  for (let i = 0; i < table.length; i++) table[i] = (table[i] ?? 0) * scale;
}

/** Number of a clique that holds all these columns, the smallest such; undefined when none does. */
export function cliqueWith(tree: JunctionTree, columns: Columns, sizes: readonly number[]): number | undefined {
  let best: number | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const [at, clique] of tree.cliques.entries()) {
    if (!columns.every((column) => clique.includes(column))) continue;
    const cells = cellsOf(clique, sizes);
    if (cells < least) [best, least] = [at, cells];
  }
  return best;
}

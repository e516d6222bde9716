import { type Columns, cellsOf } from './cells.ts';

/** A junction tree: cliques, each but the first (the root) hanging on an earlier one by the columns that both have. */
export interface JunctionTree {
  readonly cliques: readonly Columns[];
  /** Number of the clique that each hangs on; -1 for the root. Always a smaller number: the list is an order from the root outward. */
  readonly parent: readonly number[];
  readonly separators: readonly Columns[];
  /** Cells of all cliques together: what the model weighs. */
  readonly cells: number;
}

/** The junction tree of tables that are to be told exactly: every one of them lies inside a clique. Columns named nowhere become cliques of their own. */
export function junctionTree(tables: readonly Columns[], sizes: readonly number[]): JunctionTree {
  const cliques = maximal(eliminate(tables, sizes));
  return { ...hang(cliques), cells: cliques.reduce((sum, clique) => sum + cellsOf(clique, sizes), 0) };
}

/** Takes the columns out one by one, always the one that makes the least table; each leaves behind the table of itself and its neighbours. */
function eliminate(tables: readonly Columns[], sizes: readonly number[]): readonly Columns[] {
  const beside = neighbours(tables, sizes.length);
  const left = new Set(sizes.keys());
  const made: Columns[] = [];
  while (left.size > 0) {
    const next = cheapest(left, beside, sizes);
    const around = [...(beside[next] ?? [])];
    made.push([next, ...around].sort((a, b) => a - b));
    for (const one of around) {
      beside[one]?.delete(next);
      for (const other of around) if (other !== one) beside[one]?.add(other);
    }
    left.delete(next);
  }
  return made;
}

function neighbours(tables: readonly Columns[], width: number): readonly Set<number>[] {
  const beside = Array.from({ length: width }, () => new Set<number>());
  for (const table of tables) {
    for (const one of table) for (const other of table) if (one !== other) beside[one]?.add(other);
  }
  return beside;
}

function cheapest(left: ReadonlySet<number>, beside: readonly ReadonlySet<number>[], sizes: readonly number[]): number {
  let [best, least] = [-1, Number.POSITIVE_INFINITY];
  for (const column of left) {
    const cost = cellsOf([column, ...(beside[column] ?? [])], sizes);
    if (cost < least) [best, least] = [column, cost];
  }
  return best;
}

function maximal(tables: readonly Columns[]): readonly Columns[] {
  const bySize = [...tables].sort((a, b) => b.length - a.length);
  const kept: Columns[] = [];
  for (const table of bySize) {
    if (!kept.some((other) => table.every((column) => other.includes(column)))) kept.push(table);
  }
  return kept;
}

/** Hangs the cliques together by the most columns in common (the running intersection holds for such a tree, Jensen and Jensen 1994). */
function hang(cliques: readonly Columns[]): Omit<JunctionTree, 'cells'> {
  const waiting = new Set(cliques.keys());
  const order: number[] = [0];
  const parent: number[] = [-1];
  waiting.delete(0);
  while (waiting.size > 0) {
    const best = closest(waiting, order, cliques);
    order.push(best.clique);
    parent.push(best.on);
    waiting.delete(best.clique);
  }
  const placed = order.map((clique) => cliques[clique] ?? []);
  const separators = placed.map((clique, at) => clique.filter((column) => placed[parent[at] ?? -1]?.includes(column) ?? false));
  return { cliques: placed, parent, separators };
}

function closest(
  waiting: ReadonlySet<number>,
  order: readonly number[],
  cliques: readonly Columns[],
): { readonly clique: number; readonly on: number } {
  let best = { clique: -1, on: 0, common: -1 };
  for (const clique of waiting) {
    for (const [on, placed] of order.entries()) {
      const common = cliques[clique]?.filter((column) => cliques[placed]?.includes(column)).length ?? 0;
      if (common > best.common) best = { clique, on, common };
    }
  }
  return best;
}

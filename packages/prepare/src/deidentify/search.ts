import { type ClassValues, diversityOf } from './diversity.ts';
import { type Classes, classesOf, distinctIn, lossesOf, type Node, type Tuples } from './lattice.ts';

/** What must hold of the classes. Rows of classes that do not hold k or l may stay behind, up to `suppressed` of them. */
export interface Demand {
  readonly k: number;
  readonly l: number | null;
  readonly t: number | null;
  /** For each sensitive column, whether its values are ordered: numbers of values are then places. */
  readonly ordered: readonly boolean[];
  readonly suppressed: number;
}

/** The levels that lose least among those that hold. */
export interface Found {
  readonly node: Node;
  /** From 0, nothing, to 1, everything: of all cells of the quasi-identifiers, what cannot be told any more; rows left behind lose all. */
  readonly loss: number;
  readonly suppressed: number;
  /** Nodes that were grouped, of how many there are. */
  readonly grouped: number;
  readonly nodes: number;
}

/** More combinations of levels than this are not walked. */
export const MOST_NODES = 1_000_000;

/** How many combinations of levels there are. */
export function nodesOf({ columns }: Pick<Tuples, 'columns'>): number {
  return columns.reduce((product, { groups }) => product * groups.length, 1);
}

const UNKNOWN = 0;
const HOLDS = 1;
const FAILS = 2;

/**
 * Finds the levels that lose least under a demand: exactly, not by a heuristic. First the border between nodes that hold and nodes that do
 * not is found by halving paths through the lattice: making a node coarser never makes more rows stay behind for k or l, so one answer
 * settles all coarser or all finer nodes (the idea of Flash, Kohlmayer and others 2012, and OLA, El Emam and others 2009). Then the nodes
 * that hold are weighed, those first that can lose least, until no other can lose less. t is asked of these only, for it knows no such order.
 * Undefined where no node holds.
 */
export function findLevels(tuples: Tuples, demand: Demand): Found | undefined {
  const walk = new Walk(tuples, demand);
  walk.findBorder();
  return walk.weigh();
}

interface Judged {
  readonly classes: Classes;
  readonly fails: readonly boolean[];
  readonly suppressed: number;
}

class Walk {
  readonly #tuples: Tuples;
  readonly #demand: Demand;
  readonly #heights: readonly number[];
  readonly #strides: readonly number[];
  readonly #tags: Uint8Array;
  /** How many steps each node is above the lowest. */
  readonly #sums: Uint16Array;
  readonly #losses: readonly (readonly Float64Array[])[];
  readonly #grouped = new Set<number>();

  constructor(tuples: Tuples, demand: Demand) {
    this.#tuples = tuples;
    this.#demand = demand;
    this.#heights = tuples.columns.map(({ groups }) => groups.length);
    this.#strides = this.#heights.map((_, i) => this.#heights.slice(0, i).reduce((product, height) => product * height, 1));
    this.#tags = new Uint8Array(nodesOf(tuples));
    this.#sums = Uint16Array.from(this.#tags, (_, index) => this.#node(index).reduce((sum, level) => sum + level, 0));
    this.#losses = tuples.columns.map(lossesOf);
  }

  /** Settles for every node whether it holds k and l. Lowest nodes first; from each the path goes up where nothing is settled yet. */
  findBorder(): void {
    const order = Array.from(this.#tags, (_, index) => index).sort(
      (a, b) => (this.#sums[a] ?? 0) - (this.#sums[b] ?? 0) || a - b,
    );
    for (const index of order) if (this.#tags[index] === UNKNOWN) this.#halve(this.#pathFrom(index));
  }

  #pathFrom(index: number): readonly number[] {
    const path = [index];
    for (let at: number | undefined = index; at !== undefined; ) {
      at = this.#neighbours(at, 1).find((next) => this.#tags[next] === UNKNOWN);
      if (at !== undefined) path.push(at);
    }
    return path;
  }

  #halve(path: readonly number[]): void {
    let [low, high] = [0, path.length - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const index = path[middle] ?? 0;
      if (this.#tags[index] === UNKNOWN) {
        const holds = this.#judge(index).suppressed <= this.#demand.suppressed;
        this.#settle(index, holds ? HOLDS : FAILS);
      }
      if (this.#tags[index] === HOLDS) high = middle - 1;
      else low = middle + 1;
    }
  }

  /** What holds holds for all coarser nodes, what fails fails for all finer ones. */
  #settle(index: number, tag: number): void {
    const open = [index];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (this.#tags[at] === tag) continue;
      this.#tags[at] = tag;
      open.push(...this.#neighbours(at, tag === HOLDS ? 1 : -1));
    }
  }

  /** Nodes that are one step coarser (1) or finer (-1) in one column. */
  #neighbours(index: number, step: 1 | -1): readonly number[] {
    const node = this.#node(index);
    return this.#strides.flatMap((stride, i) => {
      const level = (node[i] ?? 0) + step;
      return level < 0 || level >= (this.#heights[i] ?? 0) ? [] : [index + step * stride];
    });
  }

  #node(index: number): Node {
    return this.#strides.map((stride, i) => Math.floor(index / stride) % (this.#heights[i] ?? 1));
  }

  #judge(index: number): Judged {
    this.#grouped.add(index);
    const { k, l } = this.#demand;
    const classes = classesOf(this.#tuples, this.#node(index));
    const small = classes.rows.map((rows) => rows < k);
    const left = (fails: readonly boolean[]): number =>
      classes.rows.reduce((sum, rows, at) => sum + (fails[at] === true ? rows : 0), 0);
    const without = left(small);
    // What k alone refuses need not be asked for l.
    if (l === null || without > this.#demand.suppressed) return { classes, fails: small, suppressed: without };
    const distinct = this.#tuples.sensitive.map((column) => distinctIn(classes, column));
    const fails = small.map((one, at) => one || distinct.some((counts) => (counts[at] ?? 0) < l));
    return { classes, fails, suppressed: left(fails) };
  }

  /** What the rows lose by one column on each level, if none stays behind: what a node loses at least is a sum of these. */
  #leastByLevel(): readonly (readonly number[])[] {
    const { counts, values } = this.#tuples;
    return this.#losses.map((levels, i) =>
      levels.map((loss) => counts.reduce((sum, count, tuple) => sum + count * (loss[values[i]?.[tuple] ?? 0] ?? 0), 0)),
    );
  }

  weigh(): Found | undefined {
    const byLevel = this.#leastByLevel();
    const least = (index: number): number => this.#node(index).reduce((sum, level, i) => sum + (byLevel[i]?.[level] ?? 0), 0);
    const holding = Array.from(this.#tags, (tag, index) => ({ tag, index, least: tag === HOLDS ? least(index) : 0 }))
      .filter(({ tag }) => tag === HOLDS)
      .sort((a, b) => a.least - b.least || (this.#sums[a.index] ?? 0) - (this.#sums[b.index] ?? 0) || a.index - b.index);
    let best: { readonly index: number; readonly lost: number; readonly suppressed: number } | undefined;
    for (const one of holding) {
      if (best !== undefined && one.least >= best.lost) break;
      const judged = this.#judge(one.index);
      const lost = this.#lost(this.#node(one.index), judged);
      if ((best === undefined || lost < best.lost) && this.#isClose(judged))
        best = { index: one.index, lost, suppressed: judged.suppressed };
    }
    if (best === undefined) return undefined;
    const cells = this.#tuples.counts.reduce((sum, count) => sum + count, 0) * Math.max(1, this.#heights.length);
    const { index, lost, suppressed } = best;
    return {
      node: this.#node(index),
      loss: cells === 0 ? 0 : lost / cells,
      suppressed,
      grouped: this.#grouped.size,
      nodes: this.#tags.length,
    };
  }

  #lost(node: Node, { classes, fails }: Judged): number {
    const { counts, values } = this.#tuples;
    let lost = 0;
    for (let tuple = 0; tuple < counts.length; tuple++) {
      const gone = fails[classes.of[tuple] ?? 0] === true;
      const cells = node.reduce(
        (sum, level, i) => sum + (gone ? 1 : (this.#losses[i]?.[level]?.[values[i]?.[tuple] ?? 0] ?? 0)),
        0,
      );
      lost += cells * (counts[tuple] ?? 0);
    }
    return lost;
  }

  /** Whether the classes that stay lie within t of what stays. */
  #isClose({ classes, fails }: Judged): boolean {
    const { t, ordered } = this.#demand;
    if (t === null) return true;
    return this.#tuples.sensitive.every((column, i) => {
      const { whole, kept } = this.#kept(column, classes, fails);
      const found = diversityOf(kept, { whole, ordered: ordered[i] === true, l: 1 });
      return found === undefined || found.t <= t + 1e-9;
    });
  }

  #kept(
    column: Int32Array,
    { of, rows }: Classes,
    fails: readonly boolean[],
  ): { whole: readonly number[]; kept: readonly ClassValues[] } {
    const totals = new Map<number, number>();
    const inClass = rows.map(() => new Map<number, number>());
    for (let tuple = 0; tuple < of.length; tuple++) {
      const [at, value, count] = [of[tuple] ?? 0, column[tuple] ?? 0, this.#tuples.counts[tuple] ?? 0];
      if (fails[at] === true) continue;
      totals.set(value, (totals.get(value) ?? 0) + count);
      const mine = inClass[at];
      mine?.set(value, (mine.get(value) ?? 0) + count);
    }
    // Values that no row holds any more have no place: the recipient sees what stays.
    const places = new Map([...totals.keys()].sort((a, b) => a - b).map((value, place) => [value, place]));
    const whole = [...places.keys()].map((value) => totals.get(value) ?? 0);
    const kept = inClass
      .filter((_, at) => fails[at] !== true)
      .map((mine) => ({ places: [...mine.keys()].map((value) => places.get(value) ?? 0), counts: [...mine.values()] }));
    return { whole, kept };
  }
}

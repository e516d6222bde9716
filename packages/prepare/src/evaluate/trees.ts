import type { Rows } from '../synthesise/sample.ts';
import type { Judge, Lesson } from './learners.ts';

/** A question of one column: values up to `value` go left, the others right; a leaf has a score. */
type Tree =
  | { readonly score: number }
  | { readonly column: number; readonly value: number; readonly left: Tree; readonly right: Tree };

const TREES = 40;
const DEPTH = 3;
const RATE = 0.3;
const RIDGE = 1;
const FEWEST = 20;

/** Boosted trees over the numbers of values, by second-order steps on histograms (Friedman 2001; Chen and Guestrin 2016). */
export function boosted({ rows, sizes, label, yes }: Lesson): Judge {
  const count = rows[0]?.length ?? 0;
  const answers = Float64Array.from({ length: count }, (_, row) => (rows[label]?.[row] === yes ? 1 : 0));
  const scores = new Float64Array(count);
  const trees: Tree[] = [];
  const columns = sizes.map((_, column) => column).filter((column) => column !== label);
  for (let i = 0; i < TREES; i++) {
    const slope = new Float64Array(count);
    const bend = new Float64Array(count);
    for (let row = 0; row < count; row++) {
      const chance = 1 / (1 + Math.exp(-(scores[row] ?? 0)));
      slope[row] = chance - (answers[row] ?? 0);
      bend[row] = chance * (1 - chance);
    }
    const tree = grow(
      { rows, sizes, columns, slope, bend },
      Int32Array.from({ length: count }, (_, row) => row),
      DEPTH,
    );
    trees.push(tree);
    addScores(tree, rows, scores);
  }
  return (asked) => {
    const told = new Float64Array(asked[0]?.length ?? 0);
    for (const tree of trees) addScores(tree, asked, told);
    return told;
  };
}

function addScores(tree: Tree, rows: Rows, scores: Float64Array): void {
  for (let row = 0; row < scores.length; row++) {
    let at = tree;
    while ('column' in at) at = (rows[at.column]?.[row] ?? 0) <= at.value ? at.left : at.right;
    scores[row] = (scores[row] ?? 0) + RATE * at.score;
  }
}

interface Growing {
  readonly rows: Rows;
  readonly sizes: readonly number[];
  readonly columns: readonly number[];
  readonly slope: Float64Array;
  readonly bend: Float64Array;
}

function grow(growing: Growing, members: Int32Array, depth: number): Tree {
  const [slope, bend] = sums(growing, members);
  const best = depth === 0 || members.length < 2 * FEWEST ? undefined : bestSplit(growing, members, [slope, bend]);
  if (best === undefined) return { score: -slope / (bend + RIDGE) };
  const { column, value } = best;
  const list = growing.rows[column] ?? new Uint16Array(0);
  const left = members.filter((row) => (list[row] ?? 0) <= value);
  const right = members.filter((row) => (list[row] ?? 0) > value);
  return { column, value, left: grow(growing, left, depth - 1), right: grow(growing, right, depth - 1) };
}

function sums({ slope, bend }: Growing, members: Int32Array): readonly [number, number] {
  let [a, b] = [0, 0];
  for (const row of members) {
    a += slope[row] ?? 0;
    b += bend[row] ?? 0;
  }
  return [a, b];
}

interface Split {
  readonly column: number;
  readonly value: number;
  readonly gain: number;
}

function bestSplit(growing: Growing, members: Int32Array, whole: readonly [number, number]): Split | undefined {
  let best: Split | undefined;
  for (const column of growing.columns) {
    const split = splitOf(growing, { members, column, whole });
    if (split !== undefined && split.gain > (best?.gain ?? 1e-6)) best = split;
  }
  return best;
}

function splitOf(
  { rows, sizes, slope, bend }: Growing,
  {
    members,
    column,
    whole: [a, b],
  }: { readonly members: Int32Array; readonly column: number; readonly whole: readonly [number, number] },
): Split | undefined {
  const size = sizes[column] ?? 0;
  const [slopes, bends, counts] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  const list = rows[column] ?? new Uint16Array(0);
  for (const row of members) {
    const value = list[row] ?? 0;
    slopes[value] = (slopes[value] ?? 0) + (slope[row] ?? 0);
    bends[value] = (bends[value] ?? 0) + (bend[row] ?? 0);
    counts[value] = (counts[value] ?? 0) + 1;
  }
  let best: Split | undefined;
  let [left, leftBend, leftCount] = [0, 0, 0];
  for (let value = 0; value < size - 1; value++) {
    left += slopes[value] ?? 0;
    leftBend += bends[value] ?? 0;
    leftCount += counts[value] ?? 0;
    if (leftCount < FEWEST || members.length - leftCount < FEWEST) continue;
    const gain = left ** 2 / (leftBend + RIDGE) + (a - left) ** 2 / (b - leftBend + RIDGE) - a ** 2 / (b + RIDGE);
    if (gain > (best?.gain ?? 0)) best = { column, value, gain };
  }
  return best;
}

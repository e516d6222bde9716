import { shuffle } from '../synthesise/dice.ts';
import type { Rows } from '../synthesise/sample.ts';
import { someOf } from './nearest.ts';
import { repeatableDice } from './repeatable.ts';
import { boosted } from './trees.ts';

/**
 * How well a learner tells synthetic rows from real ones. pMSE is the mean square of how far its chances lie from the share of synthetic rows (Woo and others 2009), here 0 (it cannot tell) to 0.25 (it always can);
 * `ratio` is pMSE over its mean where the labels are dealt out by chance (Snoke and others 2018): about 1 where no difference can be told. Far below 1 the rows are nearer than another sample would be: copies.
 */
export interface Propensity {
  /** Rows of each kind. */
  readonly rows: number;
  readonly pmse: number;
  /** Mean of pMSE under labels by chance. */
  readonly expected: number;
  readonly ratio: number;
  readonly permutations: number;
}

const PERMUTATIONS = 8;
/** Cells that are looked through at most, of each kind: keeps it within two seconds on one core. */
const MOST_CELLS = 60_000;
const MOST_ROWS = 4_000;
/** Fewer rows of a kind say nothing: no tree would split. */
const FEWEST = 100;

/**
 * The pMSE ratio of two data sets of the same columns, by boosted trees: they see what three columns have to do with each other, where a regression over single columns would take shuffled columns for real rows.
 * The same rows and seed give the same figures. Null where there are too few rows, or nothing that could be learned.
 */
export function propensityOf(
  real: Rows,
  synthetic: Rows,
  { sizes, seed }: { readonly sizes: readonly number[]; readonly seed: number },
): Propensity | null {
  const most = Math.min(MOST_ROWS, Math.max(FEWEST, Math.floor(MOST_CELLS / Math.max(1, sizes.length))));
  const rows = Math.min(real[0]?.length ?? 0, synthetic[0]?.length ?? 0, most);
  if (rows < FEWEST) return null;
  const [a, b] = [someOf(real, rows), someOf(synthetic, rows)];
  const both = sizes.map((_, column) => joined(a[column], b[column], rows));
  const labels = Int32Array.from({ length: 2 * rows }, (_, row) => (row < rows ? 0 : 1));
  const pmse = pmseOf(both, labels, sizes);
  const dice = repeatableDice(seed);
  let expected = 0;
  for (let i = 0; i < PERMUTATIONS; i++) {
    shuffle(labels, dice);
    expected += pmseOf(both, labels, sizes) / PERMUTATIONS;
  }
  return expected === 0 ? null : { rows, pmse, expected, ratio: pmse / expected, permutations: PERMUTATIONS };
}

function joined(first: Uint16Array | undefined, then: Uint16Array | undefined, rows: number): Uint16Array {
  const list = new Uint16Array(2 * rows);
  list.set(first ?? [], 0);
  list.set(then ?? [], rows);
  return list;
}

/** As many rows are synthetic as real: the share is a half. */
function pmseOf(rows: Rows, labels: Int32Array, sizes: readonly number[]): number {
  const lesson = { rows: [...rows, Uint16Array.from(labels)], sizes: [...sizes, 2], label: sizes.length, yes: 1 };
  const scores = boosted(lesson)(lesson.rows);
  let sum = 0;
  for (const score of scores) sum += (1 / (1 + Math.exp(-score)) - 0.5) ** 2;
  return sum / scores.length;
}

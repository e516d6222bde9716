import { shuffle } from '../synthesise/dice.ts';
import type { Rows } from '../synthesise/sample.ts';
import type { Judge } from './learners.ts';
import { someOf } from './nearest.ts';
import { spearman } from './ranks.ts';
import { repeatableDice } from './repeatable.ts';

/** What a learner rests on, taught on real and on synthetic rows. */
export interface Importance {
  /** Columns other than the one that is told. */
  readonly features: number;
  /** Spearman's rank correlation of the two: 1 where the same columns count in the same order. Null with fewer than three columns, or where none counts. */
  readonly correlation: number | null;
  /** How far the chances that a learner gives move on average, 0 to 1, when a column is dealt out by chance; those that count most for the one taught on real rows first. */
  readonly columns: readonly { readonly column: number; readonly real: number; readonly synthetic: number }[];
}

interface Asked {
  /** Real rows that no learner saw. */
  readonly judge: Rows;
  readonly label: number;
  readonly seed: number;
}

/** A rank over fewer would be 1 or -1, whatever is true. */
const FEWEST = 3;
const MOST_ROWS = 4_000;

/**
 * Permutation importance (Breiman 2001) of both learners on the same rows, dealt out the same way. Measured by what moves, not by what goes wrong: a learner that rests on a column which says
 * nothing in truth loses nothing by it, and yet is another learner. The same rows and seed give the same figures.
 */
export function importanceOf(byReal: Judge, bySynthetic: Judge, { judge, label, seed }: Asked): Importance {
  const rows = someOf(judge, MOST_ROWS);
  const [real, synthetic] = [byReal(rows), bySynthetic(rows)];
  const dice = repeatableDice(seed);
  const order = Int32Array.from(real.keys());
  const columns = [...rows.keys()]
    .filter((column) => column !== label)
    .map((column) => {
      shuffle(order, dice);
      const dealt = rows.map((list, at) => (at === column ? Uint16Array.from(order, (row) => list[row] ?? 0) : list));
      return { column, real: moved(real, byReal(dealt)), synthetic: moved(synthetic, bySynthetic(dealt)) };
    });
  return {
    features: columns.length,
    correlation: columns.length < FEWEST ? null : spearman(columns.map(onReal), columns.map(onSynthetic)),
    columns: columns.sort((a, b) => b.real - a.real),
  };
}

type Counted = Importance['columns'][number];
const onReal = ({ real }: Counted): number => real;
const onSynthetic = ({ synthetic }: Counted): number => synthetic;

/** Mean distance of the chances that two lists of scores in log odds give. */
function moved(before: Float64Array, after: Float64Array): number {
  let sum = 0;
  for (const [row, score] of before.entries()) sum += Math.abs(chanceOf(score) - chanceOf(after[row] ?? 0));
  return before.length === 0 ? 0 : sum / before.length;
}

function chanceOf(score: number): number {
  return 1 / (1 + Math.exp(-score));
}

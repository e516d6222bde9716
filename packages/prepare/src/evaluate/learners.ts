import type { Rows } from '../synthesise/sample.ts';

/** Rows whose label is to be told from the other columns: label 1 or not. */
export interface Lesson {
  readonly rows: Rows;
  readonly sizes: readonly number[];
  readonly label: number;
  /** The value of the label column that counts as yes. */
  readonly yes: number;
}

/** A score for each row; above zero it says yes. */
export type Judge = (rows: Rows) => Float64Array;

const PASSES = 6;
const RATE = 0.1;
const RIDGE = 1e-5;

/** Logistic regression with one weight per value, by stochastic descent with a step per weight (Duchi and others 2011). The order of rows is fixed: same rows, same weights. */
export function logistic({ rows, sizes, label, yes }: Lesson): Judge {
  const features = sizes.map((_, column) => column).filter((column) => column !== label);
  const starts = startsOf(features, sizes);
  const weights = new Float64Array(starts.total + 1);
  const seen = new Float64Array(weights.length).fill(1e-8);
  const count = rows[0]?.length ?? 0;
  const order = scattered(count);
  const learn = (at: number, error: number): void => {
    const slope = error + RIDGE * (weights[at] ?? 0);
    seen[at] = (seen[at] ?? 0) + slope * slope;
    weights[at] = (weights[at] ?? 0) - (RATE / Math.sqrt(seen[at] ?? 1)) * slope;
  };
  for (let pass = 0; pass < PASSES; pass++) {
    for (const row of order) {
      let score = weights[starts.total] ?? 0;
      for (const [i, column] of features.entries()) score += weights[(starts.at[i] ?? 0) + (rows[column]?.[row] ?? 0)] ?? 0;
      const error = 1 / (1 + Math.exp(-score)) - (rows[label]?.[row] === yes ? 1 : 0);
      for (const [i, column] of features.entries()) learn((starts.at[i] ?? 0) + (rows[column]?.[row] ?? 0), error);
      learn(starts.total, error);
    }
  }
  return (asked) => {
    const scores = new Float64Array(asked[0]?.length ?? 0).fill(weights[starts.total] ?? 0);
    for (const [i, column] of features.entries()) {
      for (let row = 0; row < scores.length; row++)
        scores[row] = (scores[row] ?? 0) + (weights[(starts.at[i] ?? 0) + (asked[column]?.[row] ?? 0)] ?? 0);
    }
    return scores;
  };
}

function startsOf(
  features: readonly number[],
  sizes: readonly number[],
): { readonly at: readonly number[]; readonly total: number } {
  const at: number[] = [];
  let total = 0;
  for (const column of features) {
    at.push(total);
    total += sizes[column] ?? 0;
  }
  return { at, total };
}

/** All row numbers, far from their order, the same each time: a step that has no factor in common with their number. */
function scattered(count: number): Int32Array {
  let step = Math.max(1, Math.floor(count * 0.618));
  while (count > 1 && common(step, count) > 1) step += 1;
  return Int32Array.from({ length: count }, (_, i) => (i * step) % count);
}

function common(a: number, b: number): number {
  return b === 0 ? a : common(b, a % b);
}

import type { Rows } from './sample.ts';

/** True counts, which nobody but the mechanism sees: of every column and of every pair of columns (the smaller number first, keyed `a,b`). */
export interface Counts {
  readonly sizes: readonly number[];
  readonly ones: readonly Float64Array[];
  readonly pairs: ReadonlyMap<string, Float64Array>;
  /** Where there are too many pairs to count them all: the rows, from which those that are needed are counted. */
  readonly rows?: Rows;
}

/** The true counts of one pair. */
export function pairOf({ sizes, pairs, rows }: Counts, a: number, b: number): Float64Array {
  const known = pairs.get(`${a},${b}`);
  if (known !== undefined) return known;
  const [x, y] = [rows?.[a], rows?.[b]];
  if (x === undefined || y === undefined) throw new Error('a pair was asked for that nobody counted');
  const width = sizes[b] ?? 1;
  const table = new Float64Array((sizes[a] ?? 1) * width);
  for (let row = 0; row < x.length; row++) {
    const cell = (x[row] ?? 0) * width + (y[row] ?? 0);
    table[cell] = (table[cell] ?? 0) + 1;
  }
  return table;
}

/** True counts, which nobody but the mechanism sees: of every column and of every pair of columns (the smaller number first, keyed `a,b`). */
export interface Counts {
  readonly sizes: readonly number[];
  readonly ones: readonly Float64Array[];
  readonly pairs: ReadonlyMap<string, Float64Array>;
}

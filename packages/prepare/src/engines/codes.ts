import type { Columns } from '../synthesise/cells.ts';
import type { Rows } from '../synthesise/sample.ts';

/** Which rows: those that a mechanism may learn from, or those that were set aside before anything else, to judge the result by. */
export type Part = 'learn' | 'judge';

/** Of each column that is counted in pools, the pool of each value. */
export type Maps = readonly (Int32Array | undefined)[];

/** A data set as numbers of a domain, in an engine: it is counted there, and only counts come out. */
export interface CodedData {
  readonly sizes: readonly number[];
  readonly rows: Readonly<Record<Part, number>>;
  /** True counts of a table, exact, cells in row-major order, the last column fastest. They add up over parts of a data set. */
  readonly count: (columns: Columns, part: Part, maps?: Maps) => Promise<Float64Array>;
  /** Up to `limit` rows as they are, for judging inside the node. */
  readonly read: (part: Part, limit: number) => Promise<Rows>;
  readonly close: () => void;
}

export interface CodeOptions {
  /** The column that tells whose a row is, and how many rows each may have; the rest is left out, chosen by a keyed hash. Without it every row counts as a subject of its own. */
  readonly subject: { readonly column: string; readonly rows: number } | undefined;
  /** Share of subjects that is set aside, 0 to 1. */
  readonly judge: number;
  /** 32 random bytes that stay inside: who is set aside must not be guessed. */
  readonly secret: Uint8Array;
}

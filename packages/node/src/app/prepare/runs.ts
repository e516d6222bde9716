import type { Json, Result } from '@comity/core';
import type { Dataset } from '../../store/datasets.ts';
import type { Preparation } from '../../store/preparations.ts';
import type { House } from '../house.ts';

/** A plan that is being run. */
export interface Run {
  readonly house: House;
  readonly dataset: Dataset;
  readonly preparation: string;
  readonly plan: Json;
  /** Where the file is to be written: a name of the house's dataset files. */
  readonly file: string;
  readonly onShare: (share: number) => void;
  readonly signal: AbortSignal;
}

/** What a run came to: the file stands. Undefined: it was cancelled. */
export type RunEnd = Result<{ readonly report: Json } | undefined>;

/** Columns that are in what was made as they were in the dataset; `madeUp`: its rows belong to nobody. */
export interface AsItIs {
  readonly columns: readonly string[];
  readonly madeUp: boolean;
}

/** One way to prepare data. */
export interface Recipe {
  /** Ending of the file that it writes. */
  readonly format: 'csv';
  /** Reads a plan as somebody sends it, before anything is begun. */
  readonly read: (house: House, plan: Json, dataset: Dataset) => Result<Json>;
  readonly run: (run: Run) => Promise<RunEnd>;
  readonly asItIs: (made: Pick<Preparation, 'plan' | 'report'>) => AsItIs;
}

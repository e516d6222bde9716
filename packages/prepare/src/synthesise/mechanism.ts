import { aim, type Learnt } from './aim.ts';
import type { Counts } from './counts.ts';
import { diceFrom, type RandomBytes } from './dice.ts';
import type { Mask } from './fit.ts';
import { mst } from './mst.ts';
import { type Rows, sampleRows } from './sample.ts';

export const METHODS = ['aim', 'mst'] as const;
export type Method = (typeof METHODS)[number];

/** All that a mechanism is given: counts and a budget, never rows. */
export interface Task {
  readonly method: Method;
  readonly counts: Counts;
  readonly rho: number;
  readonly rowsPerSubject: number;
  readonly ordered: readonly boolean[];
  readonly masks: readonly Mask[];
  /** How many rows to draw; null for as many as the noisy counts tell of. */
  readonly rows: number | null;
}

/** What comes out: rows as numbers of the domain, and what the model knows, all of it as public as the rows. */
export interface Made {
  /** What was run: where there are too many columns for all their pairs, a tree of them is learned whatever was asked. */
  readonly method: Method;
  readonly rows: Rows;
  readonly total: number;
  /** ρ that was spent. */
  readonly spent: number;
  /** The tables that were measured besides the single columns, as column numbers; views of columns in groups have numbers above the columns. */
  readonly measured: readonly (readonly number[])[];
  readonly cells: number;
}

/** Model sizes beyond this changed nothing in the measurements; below it the fit is quick. */
const CAP = 24_000;
const ITERATIONS = 40;
const LAST_ITERATIONS = 300;

/** Learns under the budget and draws rows. `random` must be unforeseeable; `onSpent` hears the share of the budget that is spent so far. */
export function runMechanism(
  task: Task,
  { random, onSpent }: { readonly random: RandomBytes; readonly onSpent?: (share: number) => void },
): Made {
  const { counts, rho, rowsPerSubject, ordered, masks } = task;
  const dice = diceFrom(random);
  const options = {
    ...{
      rho,
      rowsPerSubject,
      ordered,
      masks,
      dice,
      cap: capFor(counts),
      iterations: ITERATIONS,
      lastIterations: LAST_ITERATIONS,
    },
    ...(onSpent === undefined ? {} : { onRound: onSpent }),
  };
  const method = counts.rows === undefined ? task.method : 'mst';
  const learnt: Learnt = method === 'aim' ? aim(counts, options) : mst(counts, options);
  const rows = sampleRows(learnt.model, task.rows ?? Math.round(learnt.total), dice);
  return {
    method,
    rows: rows.slice(0, counts.sizes.length),
    total: learnt.total,
    spent: learnt.spent,
    measured: learnt.measurements.map(({ columns }) => columns).filter((columns) => columns.length > 1),
    cells: learnt.model.tree.cells,
  };
}

/** A model holds at least all single columns, four times over. */
function capFor({ sizes }: Counts): number {
  return Math.max(CAP, 4 * sizes.reduce((sum, size) => sum + size, 0));
}

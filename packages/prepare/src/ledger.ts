import type { Instant, Result } from '@comity/core';

/** A debit of one data set's privacy budget. It is written before the data are asked, and stays when nothing comes of it. */
export interface Debit {
  /** SHA-256 of the data set's file, or the name by which its controller keeps it. */
  readonly dataset: string;
  /** Digest of the plan that is run. */
  readonly plan: string;
  /** In zCDP: these add up exactly. */
  readonly rho: number;
  /** What was promised for this release by itself. */
  readonly epsilon: number;
  readonly delta: number;
  readonly at: Instant;
}

/**
 * Where debits stand, append-only. Refuses `budget-spent` when the total would be passed; what was written survives a crash.
 * Two keep it: a file for one person at a computer, the node's database for an office.
 */
export interface Ledger {
  readonly debit: (debit: Debit) => Promise<Result<null>>;
}

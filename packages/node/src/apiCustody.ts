import type { Copy } from '@comity/procedure';

/** A copy in a case: who holds what of it, until when. */
export interface CopyRow extends Copy {
  readonly case: string;
  readonly procedure: string;
  /** Name of the party that holds it. */
  readonly holder: string;
  /** Whether this party holds it. */
  readonly ours: boolean;
}

/** Every copy that is not destroyed, ours first and the most urgent first. */
export interface CustodyView {
  readonly copies: readonly CopyRow[];
  /** How many were destroyed. */
  readonly destroyed: number;
}

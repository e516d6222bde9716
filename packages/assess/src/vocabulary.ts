import type { Day } from '@comity/core';
import type { Condition } from './pack.ts';

export const FACT_TYPES = [
  'enum',
  'set',
  'bool',
  'number',
  'share',
  'country',
  'country_set',
  'region',
  'date',
  'datetime',
  'zone',
] as const;
export type FactType = (typeof FACT_TYPES)[number];

/** What may be said about one circumstance of a transfer. */
export interface FactDefinition {
  readonly name: string;
  readonly type: FactType;
  readonly group: string;
  readonly is: string;
  /** For enum and set: the closed values. */
  readonly values: readonly string[];
  /** A user could truthfully change it. */
  readonly lever: boolean;
  /** A step the parties can still take: absent = not yet done. */
  readonly promise: boolean;
  readonly reads: readonly string[];
  /** What changing it costs, in a unit of the reader's own; only the order counts. */
  readonly cost?: number;
  /** For a lever with closed values: those that a change may put, best first; all of them when not said. */
  readonly offers?: readonly string[];
}

export type DutyPhase = 'pre' | 'during' | 'post';

/** Facts that cannot be true together, and why. */
export interface Contradiction {
  readonly id: string;
  /** The facts it is about. */
  readonly facts: readonly string[];
  readonly says: string;
  readonly when: Condition;
}

/** The closed words in which packs and facts are written. */
export interface Vocabulary {
  readonly id: string;
  readonly facts: ReadonlyMap<string, FactDefinition>;
  readonly derived: readonly string[];
  readonly duties: ReadonlyMap<string, DutyPhase>;
  readonly regimes: readonly string[];
  /** Regime -> places whose mention makes the regime worth asking about. */
  readonly territories: ReadonlyMap<string, readonly string[]>;
  /** What cannot be true together. */
  readonly contradictions: readonly Contradiction[];
  readonly countries: ReadonlySet<string>;
  readonly subdivisions: ReadonlySet<string>;
}

/** Whether a dated span `[from, until)` holds on a day. */
export function inForce(span: { readonly from: Day; readonly until?: Day }, on: Day): boolean {
  return span.from <= on && (span.until === undefined || on < span.until);
}

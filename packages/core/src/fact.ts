import type { Day } from './time.ts';

/** A number known only within bounds; either side may be left out. Bounds are inclusive. */
export interface NumberRange {
  readonly min?: number;
  readonly max?: number;
}

/** A set of which only part is known: what it has, and what it lacks. Everything else in it is unknown. */
export interface PartialSet {
  readonly has?: readonly string[];
  readonly lacks?: readonly string[];
}

/** The value of a fact; its type is fixed by the vocabulary. A list is a complete set: what it does not name is known to be absent. */
export type FactValue = string | number | boolean | readonly string[] | NumberRange | PartialSet;

/** Whether a value is a set of which only part is known. */
export function isPartialSet(value: FactValue | undefined): value is PartialSet {
  return typeof value === 'object' && !Array.isArray(value) && ('has' in value || 'lacks' in value);
}

/** Facts by name. A fact that is not there is unknown: nothing is defaulted. */
export type Facts = Readonly<Record<string, FactValue>>;

/** Where a fact comes from. */
export type FactSource = 'declared' | 'document' | 'attested' | 'derived';

/** A typed statement about a proposed transfer, with who or what stands behind it. */
export interface Fact {
  readonly name: string;
  readonly value: FactValue;
  readonly source: FactSource;
  /** Digest or reference of the evidence, if there is some. */
  readonly evidence?: string;
  readonly asOf: Day;
  /** From this day on the fact counts as unknown. */
  readonly expires?: Day;
}

/** The facts that hold on a day: expired ones are unknown, so they are left out. */
export function factsOn(facts: readonly Fact[], on: Day): Facts {
  const known = facts.filter((fact) => fact.expires === undefined || on < fact.expires);
  return Object.fromEntries(known.map((fact) => [fact.name, fact.value]));
}

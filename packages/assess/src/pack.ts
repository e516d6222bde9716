import type { Day } from '@comity/core';
import type { DutyPhase } from './vocabulary.ts';

/** How one fact is asked about. */
export type Test =
  | { readonly kind: 'one-of'; readonly values: readonly (string | boolean)[] }
  | { readonly kind: 'has'; readonly values: readonly string[] }
  | { readonly kind: 'only'; readonly values: readonly string[] }
  | { readonly kind: 'count'; readonly atLeast: number; readonly of: readonly string[] }
  | { readonly kind: 'place'; readonly region: string; readonly inside: boolean }
  | { readonly kind: 'number'; readonly compare: Comparison; readonly bound: number };

export type Comparison = 'over' | 'atLeast' | 'under' | 'atMost';

/** A condition: a tree over facts and named definitions. `first` takes the first branch that is known. */
export type Condition =
  | { readonly op: 'all' | 'any' | 'first'; readonly of: readonly Condition[] }
  | { readonly op: 'not'; readonly of: Condition }
  | { readonly op: 'use'; readonly name: string }
  | { readonly op: 'test'; readonly fact: string; readonly test: Test };

export interface Citation {
  readonly ref: string;
  readonly instrument?: string;
  readonly url?: string;
  /** Key of the pack's source in which the text was read. */
  readonly source?: string;
}

/** How well a text of law was confirmed, best first: the official text (or a true copy) was read; a secondary source was; neither was. */
export const CONFIRMATIONS = ['official', 'secondary', 'unconfirmed'] as const;
export type Confirmation = (typeof CONFIRMATIONS)[number];

/** What was read, where, and when. */
export interface Source {
  readonly what: string;
  readonly how: Confirmation;
  /** The copy or publication in which it was read. */
  readonly where?: string;
  readonly url?: string;
  /** Day of reading; there unless `how` is unconfirmed. */
  readonly read?: Day;
  readonly note?: string;
}

export interface Span {
  readonly from: Day;
  readonly until?: Day;
}

/** A duty with its own dates and condition. */
export interface DutyRule {
  readonly duty: string;
  readonly phase: DutyPhase;
  readonly force?: Span;
  readonly if?: Condition;
  readonly cite?: Citation;
}

/** A promise that the basis stands on: a test of one promise fact, which becomes a `pre` duty while it is not met. */
export interface Need extends DutyRule {
  readonly test: Extract<Condition, { op: 'test' }>;
  /** The step is an authority's, not the parties'. */
  readonly authority: boolean;
}

/** `exemption`: the rule does not apply. `basis`: the rule is satisfied in this way, on these promises and duties. */
export interface Exception {
  readonly id: string;
  readonly kind: 'exemption' | 'basis';
  readonly cite: Citation;
  readonly says: string;
  readonly force: Span;
  readonly when: Condition;
  readonly needs: readonly Need[];
  readonly duties: readonly DutyRule[];
  readonly unless: readonly Exception[];
}

/**
 * `prohibition`: allowed unless it holds. `permission-required`: forbidden unless a basis holds (both: status = when and no exception).
 * `reserved`: an authority must say yes first, unless an exception holds. `mandate`: must disclose. `duty`: nothing is forbidden,
 * something is owed.
 */
export const RULE_KINDS = ['prohibition', 'permission-required', 'reserved', 'mandate', 'duty'] as const;
export type RuleKind = (typeof RULE_KINDS)[number];

export interface Example {
  readonly name: string;
  readonly expect: 'prohibited' | 'authorisation' | 'undecided' | 'conditional' | 'silent';
  readonly on: Day;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly missing?: readonly string[];
  /** Exactly the duties owed, if stated. */
  readonly duties?: readonly string[];
}

export interface Rule {
  readonly id: string;
  readonly kind: RuleKind;
  readonly cite: Citation;
  readonly says: string;
  readonly force: Span;
  /** For law that reaches back: the day on which it was made. A decision taken before could not know it, and a replay of one does not. */
  readonly enacted?: Day;
  /** How a collision with another law that demands or forbids is resolved, as this law itself provides. */
  readonly route?: { readonly says: string; readonly cite: Citation };
  readonly when: Condition;
  readonly unless: readonly Exception[];
  readonly needs: readonly Need[];
  readonly duties: readonly DutyRule[];
  readonly examples: readonly Example[];
}

export interface Region {
  readonly cite: Citation;
  readonly says?: string;
  readonly members: readonly (Span & { readonly codes: readonly string[] })[];
}

/** Facts under which a definition holds, and others under which it does not, on a day. */
export interface DefinitionExamples {
  readonly on: Day;
  readonly holds: readonly Readonly<Record<string, unknown>>[];
  readonly fails: readonly Readonly<Record<string, unknown>>[];
}

export interface Definition {
  readonly cite: Citation;
  readonly says?: string;
  readonly when: Condition;
  readonly examples?: DefinitionExamples;
}

/** One regime as data. */
export interface Pack {
  readonly id: string;
  readonly version: number;
  readonly vocabulary: string;
  readonly regime: string;
  readonly title: string;
  readonly reviewed: { readonly by: readonly string[]; readonly on: Day | null; readonly next: Day | null };
  readonly sources: ReadonlyMap<string, Source>;
  readonly regions: ReadonlyMap<string, Region>;
  readonly define: ReadonlyMap<string, Definition>;
  /** Derived fact -> definition that gives it. */
  readonly derived: ReadonlyMap<string, string>;
  readonly rules: readonly Rule[];
  /** The JSON that was loaded: what is hashed. */
  readonly json: unknown;
}

import type { ClockLength, DataCategory, Day, IdentifierType } from '@comity/core';

/** Where a move, clock or guard comes from. */
export interface Cite {
  readonly ref: string;
  readonly url?: string;
  /** Day on which the source was read; absent = from memory, shown as unconfirmed. */
  readonly read?: Day;
}

/** A condition on the case as data. A closed list: an unknown word rejects the procedure. */
export type Guard =
  | { readonly all: readonly Guard[] }
  | { readonly any: readonly Guard[] }
  | { readonly not: Guard }
  | { readonly track: string; readonly is: readonly string[] }
  | { readonly done: string }
  /** Of the acts of these types, the last one is of this type: a question that stands open, say. */
  | { readonly latest: readonly string[]; readonly is: string }
  /** Of the items that the filter picks (all, when there is none): every one, or at least one, stands in one of these states. */
  | { readonly items: string; readonly every: readonly string[]; readonly only?: ItemFilter }
  | { readonly items: string; readonly some: readonly string[]; readonly only?: ItemFilter }
  | { readonly clock: string; readonly is: 'running' | 'ended' }
  /** Somebody sits on this seat. */
  | { readonly seated: string }
  /** The latest act of this type carries one of these values in this member of its data. */
  | { readonly said: string; readonly member: string; readonly is: readonly (string | boolean)[] }
  /** ... or a number that is not below this one. */
  | { readonly said: string; readonly member: string; readonly atLeast: number };

export interface ItemFilter {
  readonly categories?: readonly DataCategory[];
  /** Only items that name somebody or something in one of these ways. */
  readonly identifierTypes?: readonly IdentifierType[];
  /** Only items that stand in these states of another track. */
  readonly track?: string;
  readonly is?: readonly string[];
  /** Every one of these must pick it too. */
  readonly all?: readonly ItemFilter[];
  /** At least one of these must pick it too. */
  readonly any?: readonly ItemFilter[];
}

/** A guard with the reason that a person is told when it does not hold: a key of the message catalogues. */
export interface Condition {
  readonly guard: Guard;
  readonly because: string;
  readonly cite?: Cite;
}

/** A status that one seat owns: only its acts move it. */
export interface Track {
  readonly owner: string;
  readonly start: string;
  readonly states: readonly string[];
}

/** What one decision on one item does. */
export interface Choice {
  readonly to: string;
  readonly from: readonly string[];
  /** Ground codes, one of which must be given. Absent: no ground is asked. */
  readonly grounds?: readonly string[];
  /** Members that the decision must carry, with their kind. */
  readonly carries?: Readonly<Record<string, MemberKind>>;
  /** Item condition on another track: only items standing there may be chosen. */
  readonly only?: ItemFilter;
}

export interface ItemMoves {
  readonly track: string;
  readonly choices: Readonly<Record<string, Choice>>;
  /** Every item still open on this track must be decided by the act. */
  readonly complete: boolean;
}

/**
 * Of which kind a member of an act's data is: a 64-digit hexadecimal digest, a whole number, an instant, a text of at most 200 characters, yes or no,
 * the id of another case; or one of a list of words.
 */
export type MemberKind = (typeof MEMBER_KINDS)[number] | readonly string[];
export const MEMBER_KINDS = ['digest', 'count', 'instant', 'word', 'flag', 'case'] as const;

/** Who must come together to open what is delivered: any `needed` of the offices in these seats. */
export interface JointRule {
  readonly needed: number;
  readonly seats: readonly string[];
}

/** A move of the procedure: who may make it, when, what it changes, whom it reaches. */
export interface ActRule {
  readonly seat: string;
  readonly roles: readonly string[];
  /** Opens a case: the act names the items and the parties in the seats. */
  readonly opens: boolean;
  readonly assigns: readonly string[];
  /** Seats that the act may fill, and may leave empty. */
  readonly mayAssign: readonly string[];
  /** Nobody who made one of these acts in this case may make this one (four eyes). */
  readonly differsFrom: readonly string[];
  readonly when: readonly Condition[];
  readonly to: Readonly<Record<string, string>>;
  readonly items?: ItemMoves;
  readonly sections: Readonly<Record<string, readonly string[]>>;
  /** Sections that must be there. */
  readonly required: readonly string[];
  /** Members of the act's data that must be there, with their kind. */
  readonly carries: Readonly<Record<string, MemberKind>>;
  /** Members that may be there; then they are of this kind. */
  readonly mayCarry: ActRule['carries'];
  /** Where such items are asked for, their identifiers were keyed a second time (`rekeyed`), or the act says why not (`notRekeyed`). */
  readonly keyedTwice?: ItemFilter;
  readonly shares: readonly string[];
  /** Deliveries are sealed as evidence containers of this kind; as plain files when left out. */
  readonly container?: 'asic-e';
  /** Nobody opens what this act delivers alone; each of the offices in `to` does when left out. */
  readonly joint?: JointRule;
  /** Whoever opens a delivery may keep what was in it as files of their own. */
  readonly download: boolean;
  readonly cite?: Cite;
}

export interface ClockRule {
  /** Act types, the first counted one of which starts the clock; the last one, where `again` says so. */
  readonly from: readonly string[];
  readonly again: boolean;
  /** It is a time that something lasts, and nobody is late when it is over: a hold, a right to object, the age of a request. */
  readonly term: boolean;
  /** The clock runs in cases of this kind only. */
  readonly when?: Guard;
  /** How long it runs, or the member of the starting act's data that says when it is due. */
  readonly length: ClockLength | { readonly dueAt: string };
  /** While the clock stands still: from each act of the first kinds to the next one of the second. What was lost is added at the end. */
  readonly pauses?: { readonly from: readonly string[]; readonly until: readonly string[] };
  /** Seat by whose zone and holidays it is counted. */
  readonly seat: string;
  readonly stops: Guard;
  readonly cite: Cite;
}

export interface DutyRule {
  readonly seat: string;
  readonly acts: readonly string[];
  readonly when: Guard;
  readonly until: Guard;
  readonly clock?: string;
  readonly cite?: Cite;
}

/** Who holds copies of what was delivered, and what becomes of them. Words are states of the item track. */
export interface CustodyRule {
  readonly seat: string;
  readonly track: string;
  /** Which items there is a copy of; every one that stands in a state below when left out. */
  readonly only?: ItemFilter;
  readonly held: readonly string[];
  readonly used: readonly string[];
  /** Part of a court's record: kept there. */
  readonly recorded: readonly string[];
  readonly destroyed: readonly string[];
  /** Which items must not be destroyed for now. */
  readonly hold?: ItemFilter;
  /** Which items are to be destroyed before their time. */
  readonly recall?: ItemFilter;
  /** How long until somebody must look whether it is still needed: from its arrival, and again from each decision to keep it. */
  readonly review: ClockLength;
  /** How long after the end of retention, or after a recall, it counts as overdue. */
  readonly grace: ClockLength;
}

export interface Procedure {
  readonly id: string;
  readonly version: number;
  readonly instrument: string;
  readonly inForce: { readonly from: Day; readonly until?: Day };
  readonly reviewed: { readonly by: readonly string[]; readonly on: Day | null };
  readonly identifierTypes: readonly IdentifierType[];
  readonly categories: readonly DataCategory[];
  readonly seats: Readonly<Record<string, { readonly roles: readonly string[] }>>;
  readonly tracks: Readonly<Record<string, Track>>;
  readonly itemTracks: Readonly<Record<string, Track>>;
  readonly acts: Readonly<Record<string, ActRule>>;
  readonly clocks: Readonly<Record<string, ClockRule>>;
  readonly duties: Readonly<Record<string, DutyRule>>;
  readonly custody: Readonly<Record<string, CustodyRule>>;
  readonly holidays: Readonly<Record<string, readonly Day[]>>;
}

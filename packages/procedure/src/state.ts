import type { Calendar, Instant, Item, JsonObject, Refusal } from '@comity/core';
import type { Procedure } from './procedure.ts';

/** What remains of an act in the state: who said what when. */
export interface Trace {
  readonly digest: string;
  readonly type: string;
  readonly party: string;
  readonly person: string;
  readonly role: string;
  readonly seat: string;
  readonly at: Instant;
  readonly data: JsonObject;
}

export interface ItemState {
  readonly item: Item;
  readonly tracks: Readonly<Record<string, string>>;
  /** The decision that last moved each track: ground and whatever it carried. */
  readonly decisions: Readonly<Record<string, JsonObject>>;
}

/** A case as its acts make it. */
export interface CaseState {
  readonly case: string;
  readonly seats: Readonly<Record<string, string>>;
  readonly tracks: Readonly<Record<string, string>>;
  readonly items: readonly ItemState[];
  readonly done: readonly Trace[];
}

/** How an act counts: `waiting` = something it refers to has not arrived; `void` = the procedure did not allow it, so it changed nothing. */
export interface JudgedAct {
  readonly digest: string;
  readonly verdict: 'counted' | 'void' | 'waiting';
  readonly refusal?: Refusal;
}

export interface Folded {
  readonly state: CaseState;
  readonly acts: readonly JudgedAct[];
  /** Digests of the counted acts that no other counted act refers to: what the next act must name as `prev`. */
  readonly heads: readonly string[];
}

/** The procedure, and the calendar of each party: what the fold must know besides the acts. */
export interface Setting {
  readonly procedure: Procedure;
  readonly calendarOf: (party: string) => Calendar & { readonly holidaysKnown: boolean };
}

/** A case before its first act. */
export function emptyCase(id: string, procedure: Procedure): CaseState {
  const tracks = Object.fromEntries(Object.entries(procedure.tracks).map(([name, track]) => [name, track.start]));
  return { case: id, seats: {}, tracks, items: [], done: [] };
}

/** Counted acts of a type, oldest first. */
export function tracesOf(state: CaseState, type: string): readonly Trace[] {
  return state.done.filter((trace) => trace.type === type);
}

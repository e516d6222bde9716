import type { Instant, Refusal } from '@comity/core';
import { holds, picks } from './guard.ts';
import type { ActRule } from './procedure.ts';
import type { CaseState, Setting } from './state.ts';

/** Somebody who looks at a case: which party, who in it, in which roles. */
export interface Actor {
  readonly party: string;
  readonly person: string;
  readonly roles: readonly string[];
}

/** A move that this actor's role may make in this case: now, or not now and why not. */
export interface PossibleMove {
  readonly type: string;
  readonly seat: string;
  readonly role: string;
  /** Absent when the move may be made now. */
  readonly refusal?: Refusal;
  /** Items that may be decided, with the choices open for each. */
  readonly items: readonly { readonly item: string; readonly choices: readonly string[] }[];
  readonly rule: ActRule;
}

/** Every move of the actor's seat and roles, allowed ones first. What the timeline shows as buttons and what the server checks are this one list. */
export function movesOf(
  setting: Setting,
  state: CaseState,
  ask: { readonly actor: Actor; readonly now: Instant },
): readonly PossibleMove[] {
  const moves = Object.entries(setting.procedure.acts).flatMap(([type, rule]) => {
    if (rule.opens || state.seats[rule.seat] !== ask.actor.party) return [];
    const role = rule.roles.find((candidate) => ask.actor.roles.includes(candidate));
    if (role === undefined) return [];
    const items = openItems(state, rule);
    const refusal = refusalOf(setting, state, { ...ask, type, rule, openItems: items.length });
    return [{ type, seat: rule.seat, role, items, rule, ...(refusal === undefined ? {} : { refusal }) }];
  });
  return [...moves.filter((move) => move.refusal === undefined), ...moves.filter((move) => move.refusal !== undefined)];
}

/** The seats whose parties receive an act of this type, without the actor's own. */
export function sharesOf(
  setting: Setting,
  state: CaseState,
  body: { readonly type: string; readonly by: { readonly party: string } },
): readonly string[] {
  const seats = setting.procedure.acts[body.type]?.shares ?? [];
  const parties = seats.flatMap((seat) => state.seats[seat] ?? []);
  return [...new Set(parties)].filter((party) => party !== body.by.party).sort();
}

/** The sections of an act that a party may read, through any seat it holds. */
export function readableSections(
  setting: Setting,
  state: CaseState,
  ask: { readonly type: string; readonly party: string },
): readonly string[] {
  const sections = setting.procedure.acts[ask.type]?.sections ?? {};
  const seats = Object.keys(state.seats).filter((seat) => state.seats[seat] === ask.party);
  return Object.keys(sections).filter((name) => sections[name]?.some((reader) => seats.includes(reader)));
}

function openItems(state: CaseState, rule: ActRule): PossibleMove['items'] {
  const moves = rule.items;
  if (moves === undefined) return [];
  return state.items.flatMap((item) => {
    const open = Object.entries(moves.choices).filter(
      ([, choice]) => choice.from.includes(item.tracks[moves.track] ?? '') && picks(choice.only, item),
    );
    return open.length === 0 ? [] : [{ item: item.item.id, choices: open.map(([name]) => name) }];
  });
}

interface Ask {
  readonly actor: Actor;
  readonly now: Instant;
  readonly type: string;
  readonly rule: ActRule;
  readonly openItems: number;
}

function refusalOf(setting: Setting, state: CaseState, ask: Ask): Refusal | undefined {
  const { rule, actor } = ask;
  const mine = state.done.find(
    (trace) => rule.differsFrom.includes(trace.type) && trace.person === actor.person && trace.party === actor.party,
  );
  if (mine !== undefined) return { code: 'act-by-asker', values: { act: mine.type } };
  const failed = rule.when.find((condition) => !holds(condition.guard, { setting, state, at: ask.now }));
  if (failed !== undefined) return { code: 'act-not-allowed', values: { because: failed.because, cite: failed.cite?.ref ?? '' } };
  return rule.items !== undefined && ask.openItems === 0 ? { code: 'item-not-open', values: { item: '', state: '' } } : undefined;
}

import { type ActBody, isJsonObject } from '@comity/core';
import { type Decision, decisionsOf } from './decisions.ts';
import { itemOf } from './items.ts';
import type { ActRule, Procedure } from './procedure.ts';
import { seatsAfter } from './seats.ts';
import type { CaseState, ItemState } from './state.ts';

/** What an allowed act makes of a case. Call only when `judge` has nothing against it. */
export function apply(
  procedure: Procedure,
  state: CaseState,
  act: { readonly body: ActBody; readonly digest: string },
): CaseState {
  const { body, digest } = act;
  const rule = procedure.acts[body.type];
  if (rule === undefined) throw new Error(`the procedure has no act ${body.type}`);
  const { party, person, role, seat } = body.by;
  return {
    case: state.case,
    seats: seatsAfter(state, body, rule),
    tracks: { ...state.tracks, ...rule.to },
    items: rule.opens ? openItems(procedure, body) : moveItems(state, rule, body),
    done: [...state.done, { digest, type: body.type, party, person, role, seat, at: body.at, data: body.data }],
  };
}

function openItems(procedure: Procedure, body: ActBody): readonly ItemState[] {
  const tracks = Object.fromEntries(Object.entries(procedure.itemTracks).map(([name, track]) => [name, track.start]));
  const items = Array.isArray(body.data['items']) ? body.data['items'] : [];
  return items.flatMap((value) => {
    const item = itemOf(isJsonObject(value) ? value : undefined);
    return item === undefined ? [] : [{ item, tracks, decisions: {} }];
  });
}

function moveItems(state: CaseState, rule: ActRule, body: ActBody): readonly ItemState[] {
  if (rule.items === undefined) return state.items;
  const decisions = new Map<string, Decision>(decisionsOf(body.data).map((decision) => [decision.item, decision]));
  const { track, choices } = rule.items;
  return state.items.map((item) => {
    const decision = decisions.get(item.item.id);
    const choice = decision === undefined ? undefined : choices[decision.choice];
    if (decision === undefined || choice === undefined) return item;
    return {
      item: item.item,
      tracks: { ...item.tracks, [track]: choice.to },
      decisions: { ...item.decisions, [track]: decision },
    };
  });
}

import { isJsonObject, type JsonObject, type Refusal } from '@comity/core';
import { picks } from './guard.ts';
import { isKind, kindText } from './kind.ts';
import type { Move } from './move.ts';
import type { Choice, ItemMoves } from './procedure.ts';

/** One decision on one item, as an act carries it in `data.decisions`. */
export interface Decision extends JsonObject {
  readonly item: string;
  readonly choice: string;
}

/** The decisions of an act; anything malformed is left out (checkDecisions has refused it before it counts). */
export function decisionsOf(data: JsonObject): readonly Decision[] {
  const list = data['decisions'];
  return Array.isArray(list) ? list.filter(isDecision) : [];
}

/** Each decision names an item that stands where the choice starts from, with the ground and the members that the choice asks for. */
export function checkDecisions({ state, body, rule }: Move): Refusal | undefined {
  const moves = rule.items;
  if (moves === undefined)
    return body.data['decisions'] === undefined ? undefined : { code: 'field-unknown', field: 'data.decisions' };
  const list = body.data['decisions'];
  if (!Array.isArray(list) || list.length === 0) return { code: 'field-missing', field: 'data.decisions' };
  const seen = new Set<string>();
  for (const [index, decision] of list.entries()) {
    const fault =
      isDecision(decision) && !seen.has(decision.item)
        ? checkDecision(decision, moves, state.items)
        : ({ code: 'field-invalid' } as const);
    if (fault !== undefined)
      return { ...fault, field: `data.decisions.${index}${fault.field === undefined ? '' : `.${fault.field}`}` };
    seen.add(String(decision.item));
  }
  if (!moves.complete) return undefined;
  const open = state.items.find((item) => isOpen(item.tracks[moves.track], moves) && !seen.has(item.item.id));
  return open === undefined ? undefined : { code: 'items-undecided', values: { item: open.item.id } };
}

function checkDecision(decision: Decision, moves: ItemMoves, items: Move['state']['items']): Refusal | undefined {
  const choice = moves.choices[decision.choice];
  if (choice === undefined)
    return { code: 'field-invalid', field: 'choice', values: { kind: Object.keys(moves.choices).join(', ') } };
  const item = items.find((candidate) => candidate.item.id === decision.item);
  if (item === undefined) return { code: 'item-unknown', field: 'item', values: { item: decision.item } };
  const stands = item.tracks[moves.track] ?? '';
  if (!choice.from.includes(stands) || !picks(choice.only, item))
    return { code: 'item-not-open', field: 'item', values: { item: decision.item, state: stands } };
  return checkGround(decision, choice) ?? checkCarried(decision, choice);
}

function checkGround(decision: Decision, choice: Choice): Refusal | undefined {
  if (choice.grounds === undefined) return undefined;
  const ground = decision['ground'];
  // A user of one role can never pick from another role's list of grounds.
  if (typeof ground === 'string' && choice.grounds.includes(ground)) return undefined;
  return { code: 'ground-unknown', field: 'ground', values: { known: choice.grounds.join(', ') } };
}

function checkCarried(decision: Decision, choice: Choice): Refusal | undefined {
  for (const [member, kind] of Object.entries(choice.carries ?? {})) {
    if (decision[member] === undefined) return { code: 'field-missing', field: member };
    if (!isKind(decision[member], kind)) return { code: 'field-invalid', field: member, values: { kind: kindText(kind) } };
  }
  return undefined;
}

function isOpen(state: string | undefined, moves: ItemMoves): boolean {
  return Object.values(moves.choices).some((choice) => choice.from.includes(state ?? ''));
}

function isDecision(value: unknown): value is Decision {
  return isJsonObject(value) && typeof value['item'] === 'string' && typeof value['choice'] === 'string';
}

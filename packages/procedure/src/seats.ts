import { type ActBody, isJsonObject, type JsonObject } from '@comity/core';
import type { ActRule } from './procedure.ts';
import type { CaseState } from './state.ts';

/** The seats once the act has assigned those that its rule lets it assign and that are still free. */
export function seatsAfter(state: CaseState, body: ActBody, rule: ActRule): Readonly<Record<string, string>> {
  const given: JsonObject = isJsonObject(body.data['seats']) ? body.data['seats'] : {};
  const assigned = [...rule.assigns, ...rule.mayAssign].flatMap((seat) =>
    typeof given[seat] === 'string' && state.seats[seat] === undefined ? [[seat, given[seat]]] : [],
  );
  return { ...state.seats, ...Object.fromEntries(assigned) };
}

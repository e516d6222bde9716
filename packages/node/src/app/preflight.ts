import { type DraftItem, forecast, type GatedProcedure, type Prediction } from '@comity/assess';
import { type ActBody, isJsonObject, type Json, type Refusal } from '@comity/core';
import type { CaseState } from '@comity/procedure';
import { gatedOf } from './gate.ts';
import type { House } from './house.ts';

/** An act that is about to be made, in the case before it, with what its maker wrote. */
interface Proposed {
  readonly state: CaseState;
  readonly body: ActBody;
  readonly sections: Readonly<Record<string, Json>>;
}

type Known = Pick<House, 'law' | 'directory'>;

/**
 * Holds an act that issues or sends an order against what the provider says of itself in the directory. Where the gate has such a request halt, the act says which rules it overrides
 * (`overrides`, by their ids) and why (section `override`): that is signed with it, and shown to whoever decides next. Out: `gate-blocked` with `overridable`, `field-missing` for the reason,
 * `override-not-allowed` where nothing halts that is named. What stands in the way by law is not overridden here: `gateRefusal` has answered before.
 */
export function preflightRefusal(house: Known, proposed: Proposed): Refusal | undefined {
  const { state, body, sections } = proposed;
  const gated = gatedOf(house, body.procedure.id);
  const named = overridesOf(body.data['overrides']);
  if (gated === undefined) return undefined;
  if (![...gated.issues, ...gated.sends].includes(body.type)) return named.length > 0 ? denied(named) : undefined;
  const halts = haltsOf(house, proposed, gated);
  const strange = named.filter((rule) => !halts.some((one) => one.rule === rule));
  if (strange.length > 0) return denied(strange);
  const before = state.done.flatMap(({ data }) => overridesOf(data['overrides']));
  const open = halts.filter(({ rule }) => !before.includes(rule) && !named.includes(rule));
  const [first] = open;
  if (first !== undefined) return blocked(first, open);
  return named.length > 0 && !isWritten(sections['override']) ? { code: 'field-missing', field: 'sections.override' } : undefined;
}

/** The rules that an act names as overridden. */
export function overridesOf(value: Json | undefined): readonly string[] {
  return typeof value === 'string' ? value.split(' ').filter((rule) => rule !== '') : [];
}

function denied(rules: readonly string[]): Refusal {
  return { code: 'override-not-allowed', field: 'data.overrides', values: { rules: rules.join(' ').slice(0, 200) } };
}

function blocked(first: Prediction, open: readonly Prediction[]): Refusal {
  const rules = [...new Set(open.map(({ rule }) => rule))].join(' ');
  const { rule, cite, says } = first;
  return { code: 'gate-blocked', field: first.fields[0] ?? 'type', values: { rule, cite, says, overridable: rules } };
}

/** What halts this order, item by item that is still asked for. */
function haltsOf({ law, directory }: Known, { state, body }: Proposed, gated: GatedProcedure): readonly Prediction[] {
  const card = directory.parties.find(({ id }) => id === state.seats['provider'])?.card;
  if (card === undefined) return [];
  const items = state.items
    .filter(({ tracks }) => !Object.values(tracks).includes('struck'))
    .map(({ item: { category, ...item } }): DraftItem => (category === 'records' ? item : { ...item, category }));
  const facts = { 'order.instrument': gated.instrument };
  return forecast(law.gates, body.at.slice(0, 10), { facts, items, card, now: body.at }).predictions.filter(
    ({ halts }) => halts === true,
  );
}

function isWritten(section: Json | undefined): boolean {
  return isJsonObject(section) && typeof section['text'] === 'string' && section['text'].trim() !== '';
}

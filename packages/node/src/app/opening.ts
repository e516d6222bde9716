import type { ActRule, Procedure } from '@comity/procedure';
import type { OpeningView } from '../api.ts';
import { gatedOf, ISSUER_KINDS } from './gate.ts';
import type { House } from './house.ts';

/** What the act that opens a case of a procedure asks for, so that a form can be made of it; undefined when there is no such procedure. */
export function openingView(house: Pick<House, 'law'>, id: string): OpeningView | undefined {
  const procedure = house.law.procedures.get(id)?.procedure;
  const opening = Object.entries(procedure?.acts ?? {}).find(([, { opens }]) => opens);
  if (procedure === undefined || opening === undefined) return undefined;
  const [act, rule] = opening;
  const { cite } = rule;
  return {
    procedure: id,
    act,
    seat: rule.seat,
    seats: [
      ...rule.assigns.map((seat) => ({ seat, required: true })),
      ...rule.mayAssign.map((seat) => ({ seat, required: false })),
    ].filter(({ seat }) => seat !== rule.seat),
    assignsOwn: [...rule.assigns, ...rule.mayAssign].includes(rule.seat),
    categories: procedure.categories,
    identifierTypes: procedure.identifierTypes,
    carries: rule.carries,
    mayCarry: rule.mayCarry,
    sections: Object.entries(rule.sections).map(([name, readers]) => ({ name, readers, required: rule.required.includes(name) })),
    ...(cite === undefined ? {} : { cite: { ref: cite.ref, ...(cite.url === undefined ? {} : { url: cite.url }) } }),
    ...gateOf(house, procedure, act),
  };
}

/** How the gate is asked about a draft of this procedure, if one knows it. */
function gateOf(house: Pick<House, 'law'>, procedure: Procedure, act: string): Pick<OpeningView, 'gate'> {
  const gated = gatedOf(house, procedure.id);
  if (gated === undefined) return {};
  const issuing = [...gated.issues, ...gated.sends].map((name): ActRule | undefined => procedure.acts[name]);
  const [role = ''] = issuing.find((rule) => rule !== undefined)?.roles ?? procedure.acts[act]?.roles ?? [];
  const kind = ISSUER_KINDS[role];
  return {
    gate: {
      instrument: gated.instrument,
      ...(kind === undefined ? {} : { issuerKind: kind }),
      ...(gated.validates.length === 0 ? {} : { validatedBy: 'judge' }),
    },
  };
}

import { askGates, type GatedProcedure, type GateStop } from '@comity/assess';
import { type ActBody, type Facts, type FactValue, millisecondsOf, type Refusal } from '@comity/core';
import type { CaseState, Trace } from '@comity/procedure';
import type { House, LoadedProcedure } from './house.ts';

/** What is asked of the house: its law, and who is where. */
type Known = Pick<House, 'law' | 'directory'>;

/** An act that is about to be made, in the case before it. */
interface Proposed {
  readonly loaded: LoadedProcedure;
  readonly state: CaseState;
  readonly body: ActBody;
}

/**
 * Asks the gate about an act of this node's that issues or sends an order on a route that a gate knows. What the case says of itself stops
 * it here; what the case cannot say stops nothing, for the people who know it are asked on the page. Out: `gate-blocked` with the rule, where it stands and what it says.
 */
export function gateRefusal(house: Known, proposed: Proposed): Refusal | undefined {
  const gated = gatedOf(house, proposed.loaded.procedure.id);
  const { type, at } = proposed.body;
  if (gated === undefined || ![...gated.issues, ...gated.sends].includes(type)) return undefined;
  const facts = factsOfCase(house, proposed, gated);
  const stop = askGates(house.law.gates, { on: at.slice(0, 10), facts }).stops.find(isCertain);
  if (stop === undefined) return undefined;
  return { code: 'gate-blocked', field: stop.facts[0] ?? 'type', values: { rule: stop.rule, cite: stop.cite, says: stop.says } };
}

function isCertain({ missing }: GateStop): boolean {
  return missing.length === 0;
}

/** How a procedure is known to the gates. */
export function gatedOf(house: Pick<House, 'law'>, procedure: string): GatedProcedure | undefined {
  return house.law.gates.packs.flatMap(({ procedures }) => procedures).find((one) => one.procedure === procedure);
}

/** Which kind of issuer somebody in a role is, in the words of the gate. */
export const ISSUER_KINDS: Readonly<Record<string, string>> = {
  judge: 'judge',
  prosecutor: 'prosecutor',
  investigator: 'police',
  defence_lawyer: 'defence',
};

/** What the acts of a case say, in the words of the gate. Nothing is defaulted that the draft could have said and did not claim, save what an order must claim to have. */
function factsOfCase(house: Known, { loaded, state, body }: Proposed, gated: GatedProcedure): Facts {
  const drafted = state.done.find(({ type }) => loaded.procedure.acts[type]?.opens === true);
  const issued = gated.issues.includes(body.type) ? undefined : state.done.find(({ type }) => gated.issues.includes(type));
  const issuer = issued ?? { role: body.by.role, person: body.by.person, party: body.by.party };
  return defined({
    'order.instrument': gated.instrument,
    'order.action': 'issue',
    'order.data': highestTier(state),
    'order.target': state.items.length > 0 ? 'specific' : undefined,
    'order.zone_given': zonesGiven(state),
    'issuer.country': countryOf(house, issuer.party),
    'issuer.kind': ISSUER_KINDS[issuer.role],
    'issuer.key': 'trusted',
    'desk.drafter_is_approver':
      drafted === undefined ? undefined : drafted.person === issuer.person && drafted.party === issuer.party,
    ...factsOfDraft(drafted),
    ...validation(state, body, gated),
    ...sections(loaded, drafted?.type),
  });
}

/** What an order claims in its draft. An emergency, or an offence of the list, that is not claimed is none. */
export function factsOfDraft(drafted: Trace | undefined): Readonly<Record<string, FactValue | undefined>> {
  const { data = {} } = drafted ?? {};
  const flag = (name: string): boolean | undefined => (typeof data[name] === 'boolean' ? data[name] : undefined);
  const years = data['maxPenaltyYears'];
  return {
    'order.emergency': drafted === undefined ? undefined : (flag('emergency') ?? data['danger'] !== undefined),
    'offence.max_penalty_years': typeof years === 'number' ? years : undefined,
    'offence.listed': flag('listedOffence') ?? (typeof years === 'number' ? false : undefined),
    'offence.in_issuing_state': flag('offenceInIssuingState'),
    'person.in_issuing_state': flag('personInIssuingState'),
    'person.us_person': flag('targetsUsPerson'),
    'order.treaty_in_force': flag('treatyInForce'),
  };
}

const TIERS = ['subscriber', 'identification', 'traffic', 'content'] as const;

/** The strictest kind of data that is still asked for. */
function highestTier({ items }: CaseState): string | undefined {
  const asked = items.filter(({ tracks }) => !Object.values(tracks).includes('struck')).map(({ item }) => String(item.category));
  return TIERS.findLast((tier) => asked.includes(tier));
}

function zonesGiven({ items }: CaseState): boolean | undefined {
  const timed = items.filter(({ item }) => item.period !== undefined);
  return timed.length === 0 ? undefined : timed.every(({ item }) => item.zone !== undefined);
}

function countryOf({ directory }: Known, party: string): string | undefined {
  return directory.parties.find(({ id }) => id === party)?.country;
}

/** Before it is sent nobody can say that it will not be validated; when it is sent, it is or it is not. */
function validation(state: CaseState, body: ActBody, gated: GatedProcedure): Readonly<Record<string, FactValue | undefined>> {
  const validated = state.done.find(({ type }) => gated.validates.includes(type));
  const issued = state.done.find(({ type }) => gated.issues.includes(type));
  if (!gated.sends.includes(body.type)) return {};
  const hours = issued === undefined ? undefined : (millisecondsOf(body.at) - millisecondsOf(issued.at)) / 3_600_000;
  return {
    'issuer.validated_by': validated === undefined ? 'none' : (ISSUER_KINDS[validated.role] ?? 'none'),
    ...(validated === undefined ? { 'issuer.hours_unvalidated': hours } : {}),
  };
}

/** What the procedure lets the provider read is what its package holds; grounds that were written are attested by whoever issues the order. */
function sections({ procedure }: LoadedProcedure, opening: string | undefined): Readonly<Record<string, FactValue | undefined>> {
  const rule = opening === undefined ? undefined : procedure.acts[opening];
  const readers = rule?.sections['necessity'];
  return {
    'desk.section_m_in_package': procedure.id.startsWith('eu.') ? readers?.includes('provider') : undefined,
    'order.necessity_attested': rule?.required.includes('necessity') === true ? true : undefined,
  };
}

function defined(facts: Readonly<Record<string, FactValue | undefined>>): Facts {
  return Object.fromEntries(Object.entries(facts).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

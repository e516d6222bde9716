import type { Vocabulary } from '@comity/assess';
import type { Facts, FactValue } from '@comity/core';
import type { StoredCase } from '../store/cases.ts';
import type { House } from './house.ts';

/** A seat whose office asks, and one whose office is asked, in the words of procedures about requests. */
const ASKS = 'issuing';
const ANSWERS = 'provider';
const SEES = 'enforcing';

/**
 * What a case itself says of an order for one category of data, in the words of the law of requests. Only what its acts, its seats and the directory say: whatever they do not say
 * is left out, and is then missing, not assumed. Undefined where the vocabulary has no such route or no such data.
 */
export function caseFacts(house: House, stored: StoredCase, category: string): Facts | undefined {
  const { vocabulary } = house.law.cooperation;
  const instrument = (stored.procedure.split('.').at(-1) ?? '').replaceAll('-', '_');
  if (!isValue(vocabulary, 'order.instrument', instrument) || !isValue(vocabulary, 'order.data', category)) return undefined;
  const facts: Record<string, FactValue | undefined> = {
    'order.instrument': instrument,
    // Whoever is asked carries it out; everybody else looks at whether it may be issued.
    'order.action': stored.state.seats[ANSWERS] === house.party.id ? 'execute' : 'issue',
    'order.data': category,
    // Every item names an identifier.
    'order.target': 'specific',
    ...partyFacts(house, stored),
    ...saidFacts(stored),
  };
  const known = Object.entries(facts).filter((entry): entry is [string, FactValue] => entry[1] !== undefined);
  return Object.fromEntries(known.filter(([name, value]) => fits(vocabulary, name, value)));
}

function partyFacts(house: House, { state }: StoredCase): Record<string, FactValue | undefined> {
  const partyIn = (seat: string) => house.directory.parties.find(({ id }) => id === state.seats[seat]);
  const { validation, notification } = state.tracks;
  const judged = state.done.findLast((trace) => trace.seat === 'validating');
  return {
    'issuer.country': partyIn(ASKS)?.country,
    'issuer.kind': partyIn(ASKS)?.kind,
    'provider.country': partyIn(ANSWERS)?.country,
    'issuer.validated_by': validation === 'validated' ? judged?.role : undefined,
    'enforcing.notified': state.seats[SEES] === undefined || notification === undefined ? undefined : notification !== 'none',
  };
}

/** What the acts say: each member under the name that the vocabulary has for it. */
function saidFacts({ state }: StoredCase): Record<string, FactValue | undefined> {
  const said = Object.assign({}, ...state.done.map(({ data }) => data));
  const flag = (name: string): boolean | undefined => (typeof said[name] === 'boolean' ? said[name] : undefined);
  const zoned = state.items.filter(({ item }) => item.period !== undefined);
  return {
    'order.emergency': flag('emergency'),
    'order.zone_given': zoned.every(({ item }) => item.zone !== undefined),
    'order.privileged': flag('privileged'),
    'offence.max_penalty_years': typeof said['maxPenaltyYears'] === 'number' ? said['maxPenaltyYears'] : undefined,
    'offence.listed': flag('offenceListed'),
    'offence.in_issuing_state': flag('offenceInIssuingState'),
    'person.in_issuing_state': flag('personInIssuingState'),
    // Proceedings, and no sentence that is to be executed.
    'sentence.months': said['purpose'] === 'criminal-investigation' ? 0 : undefined,
  };
}

function isValue(vocabulary: Vocabulary, name: string, value: string): boolean {
  return vocabulary.facts.get(name)?.values.includes(value) === true;
}

/** A party may be of a kind that the law does not tell apart: then it says nothing of it. */
function fits(vocabulary: Vocabulary, name: string, value: FactValue): boolean {
  const fact = vocabulary.facts.get(name);
  return fact !== undefined && (fact.type !== 'enum' || (typeof value === 'string' && fact.values.includes(value)));
}

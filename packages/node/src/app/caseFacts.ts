import type { Vocabulary } from '@comity/assess';
import type { Facts, FactValue } from '@comity/core';
import type { StoredCase } from '../store/cases.ts';
import { factsOfDraft, gatedOf } from './gate.ts';
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
  const instrument = gatedOf(house, stored.procedure)?.instrument;
  if (instrument === undefined || !isValue(vocabulary, 'order.data', category)) return undefined;
  const facts: Record<string, FactValue | undefined> = {
    'order.instrument': instrument,
    // Whoever is asked carries it out; everybody else looks at whether it may be issued.
    'order.action': stored.state.seats[ANSWERS] === house.party.id ? 'execute' : 'issue',
    'order.data': category,
    // Every item names an identifier.
    'order.target': 'specific',
    ...partyFacts(house, stored),
    ...saidFacts(house, stored),
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

/** What the acts say, the draft first of all. */
function saidFacts(house: House, { state, procedureSha256 }: StoredCase): Record<string, FactValue | undefined> {
  const [drafted] = state.done;
  const rule = house.law.archive.get(procedureSha256)?.procedure.acts[drafted?.type ?? ''];
  const zoned = state.items.filter(({ item }) => item.period !== undefined);
  return {
    ...factsOfDraft(drafted),
    'order.zone_given': zoned.length === 0 ? undefined : zoned.every(({ item }) => item.zone !== undefined),
    // Grounds that had to be written are attested by whoever issued the order.
    'order.necessity_attested': rule?.required.includes('necessity') === true ? true : undefined,
    // Proceedings, and no sentence that is to be executed.
    'sentence.months': drafted?.data['purpose'] === 'criminal-investigation' ? 0 : undefined,
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

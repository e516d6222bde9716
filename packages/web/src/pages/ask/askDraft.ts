import { type Change, relocate } from '@comity/assess';
import { type Facts, type FactValue, isDay, isJsonObject, isPartialSet } from '@comity/core';
import type { VocabularyView } from '@comity/node/api';
import type { Transfer } from '../../api/law.ts';

/** What somebody has said so far about a transfer. It stays on this computer. */
export interface AskDraft {
  readonly facts: Facts;
  /** Day whose law is asked; today when empty. */
  readonly on: string;
  /** Facts that were asked for and are not known. */
  readonly unsure: readonly string[];
  /** Cards that the facts were taken from. */
  readonly dataset: string;
  readonly party: string;
  /** Whether an importer elsewhere is taken to be nobody's who is listed or held from a country of concern. */
  readonly elsewhere: boolean;
}

export const BLANK: AskDraft = { facts: {}, on: '', unsure: [], dataset: '', party: '', elsewhere: true };

/** A kept draft, if it still has the form's shape. The node checks facts against the vocabulary. */
export function readAskDraft(kept: unknown): AskDraft | undefined {
  if (!isJsonObject(kept) || !isJsonObject(kept['facts'])) return undefined;
  const { facts, on, unsure, dataset, party, elsewhere } = kept;
  const texts = [on, dataset, party].every((text) => typeof text === 'string');
  const sound =
    texts && Array.isArray(unsure) && unsure.every((one) => typeof one === 'string') && typeof elsewhere === 'boolean';
  // Parser: every member has been checked; what stands in the facts is the node's to judge.
  return sound ? ({ facts, on, unsure, dataset, party, elsewhere } as unknown as AskDraft) : undefined;
}

/** The question that a draft asks, on a day. */
export function transferOf(draft: AskDraft, today: string): Transfer {
  const on = isDay(draft.on) ? draft.on : today;
  return draft.elsewhere && needsElsewhere(draft.facts)
    ? { facts: draft.facts, on, elsewhere: elsewhereFor(draft.facts) }
    : { facts: draft.facts, on };
}

/** What of an importer would not be true of another one, elsewhere, that is chosen well. */
const NOBODYS: Facts = {
  'importer.ownership.concern_share': 0,
  'importer.ownership.adversary_share': 0,
  'importer.ownership.listed_share': 0,
  'importer.designations': [],
  'importer.covered_person_attested': false,
};

function elsewhereFor(facts: Facts): Facts {
  return Object.fromEntries(Object.entries(NOBODYS).filter(([name]) => facts[name] !== undefined));
}

/** Whether something of the importer itself, and not of its country, stands in the way. */
export function needsElsewhere(facts: Facts): boolean {
  return Object.entries(elsewhereFor(facts)).some(([name, value]) => JSON.stringify(facts[name]) !== JSON.stringify(value));
}

/** States a fact. The importer's other places move along with its country. */
export function state(draft: AskDraft, fact: string, value: FactValue): AskDraft {
  const moves = fact === 'importer.country' && typeof value === 'string' && draft.facts[fact] !== undefined;
  const facts = moves ? { ...relocate({ facts: draft.facts }, value) } : { ...draft.facts, [fact]: value };
  // Of a set that is known in part nobody is asked for the rest again at once.
  const unsure = [...draft.unsure.filter((one) => one !== fact), ...(isPartialSet(value) ? [fact] : [])];
  return { ...draft, facts, unsure };
}

/** Takes a fact back: unknown again, and asked for again if it matters. */
export function forget(draft: AskDraft, fact: string): AskDraft {
  const { [fact]: _, ...facts } = draft.facts;
  return { ...draft, facts, unsure: draft.unsure.filter((one) => one !== fact) };
}

/** Notes that a fact is not known: it is not asked for again, and stays unknown. */
export function skip(draft: AskDraft, fact: string): AskDraft {
  const { [fact]: _, ...facts } = draft.facts;
  return { ...draft, facts, unsure: [...draft.unsure.filter((one) => one !== fact), fact] };
}

/** Makes the changes of a way, as if they had become true. */
export function take(draft: AskDraft, changes: readonly Change[], words: Pick<VocabularyView, 'facts'>): AskDraft {
  let taken = draft;
  for (const { fact, value } of changes) {
    const { facts } = taken;
    const old = facts[fact];
    const isSet = words.facts.find(({ name }) => name === fact)?.type === 'set';
    if (fact === 'importer.country') taken = { ...taken, facts: moved(facts, String(value), draft.elsewhere) };
    else taken = state(taken, fact, isSet ? [...(Array.isArray(old) ? old : []), String(value)] : value);
  }
  return taken;
}

function moved(facts: Facts, country: string, elsewhere: boolean): Facts {
  return relocate(elsewhere ? { facts, elsewhere: elsewhereFor(facts) } : { facts }, country);
}

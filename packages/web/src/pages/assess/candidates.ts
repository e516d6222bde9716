import { relocate, withSightings } from '@comity/assess';
import type { Facts, FactValue } from '@comity/core';
import type { CaseView, DatasetCard } from '@comity/node/api';
import type { PartyWithFacts } from '../../api/queries.ts';

/** A party that the data could go to, with everything that is known of the transfer. */
export interface Candidate {
  readonly party: PartyWithFacts;
  readonly facts: Facts;
}

/** The datasets that a case asks for, as far as they are known here. */
export function datasetsIn(view: CaseView, datasets: readonly DatasetCard[]): readonly DatasetCard[] {
  const names = view.items.map((item) => item.identifier?.value);
  return datasets.filter((one) => names.includes(one.dataset));
}

/** What is known of the case's datasets. Facts on which two of them differ are left out: unknown, so they are asked for; but what a scan saw in one of them is there. */
export function datasetFacts(known: readonly DatasetCard[]): Facts {
  const cards = known.map((one) => one.facts ?? {});
  const [first = {}, ...others] = cards;
  const same = Object.entries(first).filter(([name, value]) =>
    others.every((card) => JSON.stringify(card[name]) === JSON.stringify(value)),
  );
  const seen = known.flatMap(({ scan }) => scan?.seen ?? []);
  return withSightings(Object.fromEntries(same), seen).facts;
}

/** Everybody whom the directory lets be a vendor and of whom something is known. `have`: what the asker says is done, as `fact=value`. */
export function candidatesOf(
  parties: readonly PartyWithFacts[],
  said: { readonly base: Facts; readonly have: readonly string[] },
): readonly Candidate[] {
  return parties
    .filter((party) => party.facts !== null && party.powers.some((power) => power.seat === 'vendor'))
    .map((party) => ({ party, facts: withPromises({ ...said.base, ...party.facts }, said.have) }));
}

/** Facts with what was added: a set gains a member, the importer moves with all that is its own, any other fact is put. */
export function withPromises(facts: Facts, have: readonly string[]): Facts {
  let after: Facts = facts;
  for (const one of have) {
    const [name = '', value = ''] = one.split('=');
    after =
      name === 'importer.country' ? relocate({ facts: after }, value) : { ...after, [name]: promised(name, value, after[name]) };
  }
  return after;
}

function promised(name: string, value: string, old: FactValue | undefined): FactValue {
  if (isSet(name, old)) return [...new Set([...(Array.isArray(old) ? old : []), value])];
  return typeof old === 'number' ? Number(value) : value;
}

/** Sets that a promise adds to, whether or not the facts name them yet. */
const SETS = [
  'safeguards',
  'instruments',
  'procedure.assessments',
  'procedure.notices',
  'procedure.filings',
  'procedure.approvals',
];

function isSet(name: string, value: FactValue | undefined): boolean {
  return Array.isArray(value) || SETS.includes(name);
}

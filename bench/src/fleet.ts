import { compileLaw, type Law, type LiveTransfer, loadPack, relocate, validateFacts } from '@comity/assess';
import type { Facts, FactValue } from '@comity/core';
import { type Random, randomFrom } from './random.ts';
import { frozenCases } from './ruleset.ts';

const SEED = 1_000_000;
const COUNT = /^data\.(us_people_12m\.|subjects\.count)/;
const MOST_PEOPLE = 1e7;
const MOST_TRIES = 1000;

/**
 * Transfers as a large house may have them: the cases of law of every pack, over and over, half of them in another country, with other
 * numbers of people and other forms of the data; only those that pass. The same count and the same passing, the same transfers.
 */
export function fleetOf(law: Law, count: number, passes: (facts: Facts) => boolean): readonly LiveTransfer[] {
  const random = randomFrom(SEED);
  const templates = law.loaded
    .flatMap(({ id }) => frozenCases(id))
    .flatMap((facts) => {
      const checked = validateFacts(law.vocabulary, facts);
      return checked.ok ? [checked.value] : [];
    });
  const countries = [...law.vocabulary.countries];
  const forms = law.vocabulary.facts.get('data.form')?.values ?? [];
  const fleet: LiveTransfer[] = [];
  for (let i = 0; fleet.length < count; i++) {
    if (i > MOST_TRIES * count) throw new Error(`only ${fleet.length} of ${i} transfers pass`);
    const template = templates[i % templates.length] ?? {};
    const moved = random() < 0.5 ? template : relocate({ facts: template }, oneOf(countries, random));
    const facts = varied(moved, { forms, random });
    if (passes(facts)) fleet.push({ id: `transfer-${i}`, facts });
  }
  return fleet;
}

/** The same transfer with other numbers of people, evenly over their magnitudes, and now and then another form of the data. */
function varied(facts: Facts, { forms, random }: { readonly forms: readonly string[]; readonly random: Random }): Facts {
  const other: Record<string, FactValue> = { ...facts };
  for (const name of Object.keys(facts)) if (COUNT.test(name)) other[name] = Math.floor(MOST_PEOPLE ** random());
  if (facts['data.form'] !== undefined && random() < 0.25) other['data.form'] = oneOf(forms, random);
  return other;
}

function oneOf(values: readonly string[], random: Random): string {
  return values[Math.floor(random() * values.length)] ?? '';
}

/** The law after a change of one pack, made in its JSON. Throws when the text to be changed is not there: the pack was rewritten. */
export function changedLaw(law: Law, id: string, change: (text: string) => string): Law {
  const packs = law.loaded.map((pack) => {
    if (pack.id !== id) return pack;
    const before = JSON.stringify(pack.json);
    const after = change(before);
    if (after === before) throw new Error(`the change of ${id} changes nothing`);
    const loaded = loadPack(JSON.parse(after), law.vocabulary);
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.refusal));
    return loaded.value;
  });
  return compileLaw(law.vocabulary, packs, law.sha256);
}

import { type Facts, isPartialSet } from '@comity/core';
import type { Law } from './law.ts';

/**
 * Regimes of the vocabulary without a pack that a transfer like this may fall under: those with a place among the places the facts
 * name, and all of them while it is unknown where the exporter is.
 */
export function notAssessed(law: Law, facts: Facts): readonly string[] {
  const { vocabulary } = law;
  const loaded = new Set(law.packs.map((pack) => pack.id));
  const places = placesIn(law, facts);
  return vocabulary.regimes.filter((regime) => {
    if (loaded.has(regime)) return false;
    const territory = vocabulary.territories.get(regime);
    return facts['exporter.country'] === undefined || territory === undefined || territory.some((code) => places.has(code));
  });
}

/** Countries that the facts name and whose own law no loaded pack covers: what they say is not known, and is never read as free. */
export function countriesNotAssessed(law: Law, facts: Facts): readonly string[] {
  const covered = coveredBy(law);
  return [...placesIn(law, facts)].filter((country) => !covered.has(country)).sort();
}

/** Places whose own law some loaded pack covers. */
export function coveredBy(law: Law): ReadonlySet<string> {
  return new Set(law.loaded.flatMap(({ regime }) => law.vocabulary.territories.get(regime) ?? []));
}

function placesIn(law: Law, facts: Facts): ReadonlySet<string> {
  const values = Object.entries(facts).flatMap(([name, value]): readonly string[] => {
    const type = law.vocabulary.facts.get(name)?.type;
    if (type === 'country' && typeof value === 'string') return [value];
    if (type !== 'country_set') return [];
    return isPartialSet(value) ? (value.has ?? []) : Array.isArray(value) ? value : [];
  });
  return new Set(values);
}

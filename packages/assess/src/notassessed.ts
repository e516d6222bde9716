import type { Facts } from '@comity/core';
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

function placesIn(law: Law, facts: Facts): ReadonlySet<string> {
  const values = Object.entries(facts).flatMap(([name, value]) => {
    const type = law.vocabulary.facts.get(name)?.type;
    if (type === 'country' && typeof value === 'string') return [value];
    return type === 'country_set' && Array.isArray(value) ? value : [];
  });
  return new Set(values);
}

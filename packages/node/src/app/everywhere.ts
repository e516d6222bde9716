import { setImmediate } from 'node:timers/promises';
import { type AskedQuestion, acrossCountries, type CountryVerdict, classesOfPlaces } from '@comity/assess';
import type { House } from './house.ts';

/**
 * The same transfer to each of some countries, in their order. While much is unknown every class of countries is a long computation, so
 * the node turns to others between two classes.
 */
export async function assessEverywhere(
  house: House,
  question: AskedQuestion,
  countries: readonly string[],
): Promise<readonly CountryVerdict[]> {
  const law = house.law.assess;
  const wanted = new Set(countries);
  const found = new Map<string, CountryVerdict>();
  for (const places of classesOfPlaces(law, question)) {
    const asked = places.filter((country) => wanted.has(country));
    for (const verdict of acrossCountries(law, question, asked)) found.set(verdict.country, verdict);
    await setImmediate();
  }
  return countries.flatMap((country) => found.get(country) ?? []);
}

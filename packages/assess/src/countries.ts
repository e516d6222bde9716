import type { Facts, FactValue } from '@comity/core';
import { decideRegime, type Question, together } from './decide.ts';
import type { CompiledRegime, Law } from './law.ts';
import { coveredBy } from './notassessed.ts';
import type { RegimeAssessment } from './regime.ts';
import { askFact } from './testfact.ts';
import type { Verdict } from './verdict.ts';

/** What the same transfer would get in one country. */
export interface CountryVerdict {
  readonly country: string;
  readonly verdict: Verdict;
  /** Regimes that are the reason: those as strict as the whole. */
  readonly because: readonly string[];
  readonly missing: readonly string[];
  /** Whether some loaded pack covers the country's own law; if not, that law is not assessed, whatever the verdict. */
  readonly assessed: boolean;
}

const FOLLOWS = ['importer.headquarters', 'importer.location', 'flow.storage.country'];

/**
 * The verdict for each country as destination: for the map, and for "where else". Facts that named the old country as headquarters,
 * place of work or storage move along, and `elsewhere` is taken for granted of an importer in another country; everything else stays as given.
 * Each regime decides once for all countries that none of its own rules can tell apart.
 */
export function acrossCountries(law: Law, question: Question, countries: readonly string[]): readonly CountryVerdict[] {
  const compiled = law.on(question.on, question.decided);
  const covered = coveredBy(law);
  const said = compiled.map(() => new Map<string, RegimeAssessment>());
  const whole = new Map<string, Omit<CountryVerdict, 'country' | 'assessed'>>();
  const eachOf = (country: string, keys: readonly string[]): readonly RegimeAssessment[] => {
    const facts = relocate(question, country);
    const encoded = law.encode(facts);
    return compiled.map((regime, i) => {
      const before = said[i]?.get(keys[i] ?? '') ?? decideRegime(regime, { facts, encoded, law });
      said[i]?.set(keys[i] ?? '', before);
      return before;
    });
  };
  return countries.map((country) => {
    const here = country === question.facts['importer.country'];
    const keys = compiled.map((regime) => `${classOf(country, [regime])}${here ? '!' : ''}`);
    const key = keys.join('|');
    const known = whole.get(key) ?? summed(compiled, eachOf(country, keys));
    whole.set(key, known);
    return { country, ...known, assessed: covered.has(country) };
  });
}

function summed(
  compiled: readonly CompiledRegime[],
  results: readonly RegimeAssessment[],
): Omit<CountryVerdict, 'country' | 'assessed'> {
  const { verdict, regimes, missing } = together(compiled, results);
  const because = Object.entries(regimes).flatMap(([name, regime]) =>
    regime.verdict === verdict && verdict !== 'free' ? [name] : [],
  );
  return { verdict, because, missing };
}

/** The facts of the same transfer with its importer in another country, with what is taken for granted of an importer there. */
export function relocate(question: Pick<Question, 'facts' | 'elsewhere'>, country: string): Facts {
  const { facts, elsewhere } = question;
  const old = facts['importer.country'];
  if (old === country) return facts;
  const moved: Record<string, FactValue> = { ...facts, ...elsewhere, 'importer.country': country };
  for (const name of FOLLOWS) if (old !== undefined && facts[name] === old) moved[name] = country;
  return moved;
}

/** Countries in classes that no rule in force can tell apart when an importer stands there; within a class in the vocabulary's order. */
export function classesOfPlaces(law: Law, question: Pick<Question, 'on'>): readonly (readonly string[])[] {
  const compiled = law.on(question.on);
  return [...Map.groupBy(law.vocabulary.countries, (country) => classOf(country, compiled)).values()];
}

/** The answers a country gives to every question about a place, in every regime: equal answers, equal verdicts. */
function classOf(country: string, compiled: readonly CompiledRegime[]): string {
  const tests = compiled.flatMap((regime) =>
    ['importer.country', ...FOLLOWS].flatMap((fact) =>
      (regime.asked.get(fact) ?? []).map((test) => askFact(test, country, regime.regions)),
    ),
  );
  return tests.join('');
}

import { assess, type Exception, type Pack } from '@comity/assess';
import { ok, type Result, refuse } from '@comity/core';
import type { LegalTest, LegalTestsView, MetRule } from '../api.ts';
import { findCase, type StoredCase } from '../store/cases.ts';
import { caseFacts } from './caseFacts.ts';
import type { House } from './house.ts';

/** What the loaded law of requests says of a case, for each category of data that it asks for. Refuses `case-unknown`. */
export async function legalTests(house: House, id: string): Promise<Result<LegalTestsView>> {
  const stored = await findCase(house.db, id);
  if (stored === undefined) return refuse('case-unknown', 'case');
  const on = house.now().slice(0, 10);
  const categories = [...new Set(stored.state.items.map(({ item }) => item.category))];
  return ok({ on, tests: categories.flatMap((category) => testOf(house, stored, { category, on }) ?? []) });
}

function testOf(
  house: House,
  stored: StoredCase,
  { category, on }: { readonly category: string; readonly on: string },
): LegalTest | undefined {
  const law = house.law.cooperation;
  const facts = caseFacts(house, stored, category);
  if (facts === undefined) return undefined;
  const { verdict, regimes } = assess(law, { on, facts });
  const speaking = Object.values(regimes).filter(
    ({ because, duties, bases }) => because.length + duties.length + bases.length > 0,
  );
  return {
    category,
    verdict,
    because: speaking.flatMap(({ because }) => because),
    duties: speaking.flatMap(({ duties }) =>
      duties.map(({ duty, phase, cite, met }) => ({ duty, phase, cite, ...(met === undefined ? {} : { met }) })),
    ),
    met: speaking.flatMap(({ bases }) => bases).flatMap((rule) => metRule(law.loaded, rule) ?? []),
    missing: [...new Set(speaking.flatMap(({ missing }) => missing))].map((fact) => ({
      fact,
      is: law.vocabulary.facts.get(fact)?.is ?? fact,
    })),
    facts,
  };
}

/** The words of an exception, wherever it stands in the loaded packs. */
function metRule(packs: readonly Pack[], id: string): MetRule | undefined {
  const found = packs
    .flatMap(({ rules }) => rules.flatMap(({ unless }) => allIn(unless)))
    .find((exception) => exception.id === id);
  return found === undefined ? undefined : { rule: id, says: found.says, cite: found.cite.ref };
}

function allIn(exceptions: readonly Exception[]): readonly Exception[] {
  return exceptions.flatMap((exception) => [exception, ...allIn(exception.unless)]);
}

import type { Facts, FactValue } from '@comity/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CompiledRegime, Law } from './law.ts';
import { leversOf, withChanges } from './levers.ts';
import type { Test } from './pack.ts';
import { verdictOf } from './regime.ts';
import { sweep } from './search.ts';
import { committedLaw, committedVocabulary } from './testing/law.ts';
import { strictest, strictness } from './verdict.ts';

const laws = [committedLaw(), committedLaw(undefined, committedVocabulary('cooperation'))];
const DAYS = ['2019-06-01', '2024-03-22', '2025-04-08', '2026-10-01', '2027-06-01'];

/** Values that some rule of a regime can tell apart: those it names, and their neighbours. */
function valuesFor(law: Law, regime: CompiledRegime, name: string): fc.Arbitrary<FactValue> {
  const fact = law.vocabulary.facts.get(name);
  const tests = regime.asked.get(name) ?? [];
  if (fact === undefined) throw new Error(name);
  const words = [...new Set([...tests.flatMap((asked) => namedBy(asked, regime)), ...fact.values.slice(0, 2)])];
  const places = fc.constantFrom('US', 'IN', ...words);
  if (fact.type === 'bool') return fc.boolean();
  if (fact.type === 'country' || fact.type === 'region')
    return fact.type === 'country' ? places : fc.constantFrom('US-TX', 'CA-QC');
  if (fact.type === 'country_set') return inPart(fc.uniqueArray(places, { maxLength: 4 }));
  if (fact.type === 'set') return inPart(fc.subarray(words));
  if (fact.type === 'enum') return fc.constantFrom(...words);
  const marks = tests.flatMap((asked) => (asked.kind === 'number' ? [asked.bound - 1, asked.bound, asked.bound + 1] : []));
  const top = fact.type === 'share' ? 1 : Number.MAX_SAFE_INTEGER;
  const amounts = fc.constantFrom(0, ...marks.filter((mark) => mark >= 0 && mark <= top));
  return fc.oneof<fc.Arbitrary<FactValue>[]>(
    amounts,
    amounts.map((min) => ({ min })),
    amounts.map((max) => ({ max })),
  );
}

/** A complete set, or one of which the first half is there, and of the second is known that it is not. */
function inPart(sets: fc.Arbitrary<string[]>): fc.Arbitrary<FactValue> {
  return fc.tuple(sets, fc.boolean()).map(([set, complete]): FactValue => {
    const half = set.length >> 1;
    return complete ? set : { has: set.slice(0, half), lacks: set.slice(half) };
  });
}

function namedBy(asked: Test, regime: CompiledRegime): readonly string[] {
  if (asked.kind === 'place') return [...(regime.regions.get(asked.region) ?? [])].slice(0, 3);
  if (asked.kind === 'count') return asked.of;
  return asked.kind === 'number' ? [] : asked.values.map(String);
}

function factsFor(law: Law, regime: CompiledRegime): fc.Arbitrary<Facts> {
  const names = [...regime.asked.keys()];
  const entries = names.map((name) =>
    fc.option(fc.tuple(fc.constant(name), valuesFor(law, regime, name)), { freq: 4, nil: undefined }),
  );
  return fc.tuple(...entries).map((all) => Object.fromEntries(all.filter((entry) => entry !== undefined)));
}

const worlds = laws.flatMap((law) => DAYS.flatMap((on) => law.on(on).map((regime) => ({ law, on, regime }))));

describe('three ways to decide are one', () => {
  test.each(worlds.map((world) => ({ ...world, name: `${world.regime.pack.id} on ${world.on}` })))(
    'reasons and the fast verdict agree: $name',
    ({ law, regime }) => {
      fc.assert(
        fc.property(factsFor(law, regime), (facts) => {
          const encoded = law.encode(facts);
          expect(verdictOf(regime, encoded)).toBe(strictest(regime.run(facts, encoded).map(({ verdict }) => verdict)));
        }),
        { numRuns: 40 },
      );
    },
  );

  test.each(worlds.filter(({ on }) => on === '2026-10-01').map((world) => ({ ...world, name: world.regime.pack.id })))(
    'every subset of changes gets the verdict that it gets alone: $name',
    ({ law, regime }) => {
      fc.assert(
        fc.property(factsFor(law, regime), (facts) => {
          const blocking = [{ regime, rules: regime.pack.rules }];
          const levers = leversOf(law, { blocking, facts, costs: {}, most: 6 });
          const { verdicts } = sweep([regime], levers, law.encode(facts));
          verdicts.forEach((verdict, subset) => {
            const changes = levers.filter((_, i) => (subset >> i) & 1).map(({ change }) => change);
            const single = changes.filter(({ fact }) => law.vocabulary.facts.get(fact)?.type !== 'set').map(({ fact }) => fact);
            const clash = new Set(single).size < single.length;
            const alone = strictness(verdictOf(regime, law.encode(withChanges(facts, changes, law))));
            expect([subset, verdict]).toEqual([subset, clash ? 255 : alone]);
          });
        }),
        { numRuns: 15 },
      );
    },
  );
});

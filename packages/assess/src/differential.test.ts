import type { Facts, FactValue } from '@comity/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileCondition, compileContext } from './compile.ts';
import { questionsIn } from './conditions.ts';
import type { Condition, Test } from './pack.ts';
import { committedPack, committedVocabulary } from './testing/law.ts';

const vocabulary = committedVocabulary();
const pack = committedPack('us.dsp', vocabulary);
const ON = '2026-10-01';

type Kleene = true | false | undefined;

/** The same meaning, written as plainly as possible on the tree itself and with undefined for unknown. */
function interpret(condition: Condition, facts: Facts): Kleene {
  switch (condition.op) {
    case 'all':
      return condition.of
        .map((branch) => interpret(branch, facts))
        .reduce<Kleene>((a, b) => (a === false || b === false ? false : a && b), true);
    case 'any':
      return condition.of
        .map((branch) => interpret(branch, facts))
        .reduce<Kleene>((a, b) => (a === true || b === true ? true : a === false && b === false ? false : undefined), false);
    case 'first':
      return condition.of.map((branch) => interpret(branch, facts)).find((value) => value !== undefined);
    case 'not': {
      const inner = interpret(condition.of, facts);
      return inner === undefined ? undefined : !inner;
    }
    case 'use': {
      const definition = pack.define.get(condition.name);
      if (definition === undefined) throw new Error(condition.name);
      return interpret(definition.when, facts);
    }
    case 'test': {
      const value = facts[condition.fact];
      if (value === undefined) return vocabulary.facts.get(condition.fact)?.promise ? false : undefined;
      return interpretTest(condition.test, value);
    }
  }
}

function interpretTest(asked: Test, value: FactValue): Kleene {
  const items = Array.isArray(value) ? value : [value];
  if (asked.kind === 'one-of') return asked.values.includes(value as string);
  if (asked.kind === 'has') return asked.values.some((wanted) => items.includes(wanted));
  if (asked.kind === 'only') return items.every((item) => asked.values.includes(String(item)));
  if (asked.kind === 'count') return asked.of.filter((wanted) => items.includes(wanted)).length >= asked.atLeast;
  if (asked.kind === 'place') {
    const members = pack.regions.get(asked.region)?.members ?? [];
    const codes = members
      .filter((member) => member.from <= ON && (member.until === undefined || ON < member.until))
      .flatMap((member) => member.codes);
    return items.some((item) => codes.includes(String(item)) === asked.inside);
  }
  const range =
    typeof value === 'object' && !Array.isArray(value)
      ? (value as { min?: number; max?: number })
      : { min: Number(value), max: Number(value) };
  const low = range.min ?? 0;
  const high = range.max ?? Number.POSITIVE_INFINITY;
  const holds = (n: number): boolean =>
    ({ over: n > asked.bound, atLeast: n >= asked.bound, under: n < asked.bound, atMost: n <= asked.bound })[asked.compare];
  return holds(low) && holds(high) ? true : !holds(low) && !holds(high) ? false : undefined;
}

const context = compileContext(pack, vocabulary, ON);
const conditions = [...pack.define.values()].map((definition) => definition.when).concat(pack.rules.map((rule) => rule.when));
const compiled = conditions.map((condition) => compileCondition(condition, context));

function anyValue(name: string): fc.Arbitrary<FactValue> {
  const fact = vocabulary.facts.get(name);
  if (fact === undefined) throw new Error(name);
  const places = fc.constantFrom('US', 'PR', 'CN', 'HK', 'DE', 'TW');
  const amounts = fc.constantFrom(0, 1, 100, 101, 1000, 1001, 10000, 10001, 100000, 100001);
  if (fact.type === 'bool') return fc.boolean();
  if (fact.type === 'country') return places;
  if (fact.type === 'country_set') return fc.uniqueArray(places);
  if (fact.type === 'share') return fc.constantFrom<FactValue>(0, 0.49, 0.5, 1, { min: 0.2 }, { max: 0.4 });
  if (fact.type === 'number')
    return fc.oneof(
      amounts,
      amounts.map((min) => ({ min })),
      amounts.map((max) => ({ max })),
    );
  return fact.type === 'set' ? fc.subarray([...fact.values]) : fc.constantFrom(...fact.values);
}

const names = [...questionsIn(pack.rules, pack).keys()];
const someFacts: fc.Arbitrary<Facts> = fc
  .subarray(names)
  .chain((known) => fc.tuple(...known.map((name) => fc.tuple(fc.constant(name), anyValue(name)))))
  .map((entries) => Object.fromEntries(entries));

test('closures and a tree interpreter say the same on any facts', () => {
  fc.assert(
    fc.property(someFacts, (facts) => {
      conditions.forEach((condition, i) => {
        const expected = interpret(condition, facts);
        expect(compiled[i]?.truth(facts)).toBe(expected === undefined ? 3 : expected ? 1 : 2);
      });
    }),
    { numRuns: 400 },
  );
});

test('a condition misses a fact exactly when it is unknown', () => {
  fc.assert(
    fc.property(someFacts, (facts) => {
      for (const condition of compiled) {
        const missing = new Set<string>();
        condition.missing(facts, missing);
        expect(missing.size > 0).toBe(condition.truth(facts) === 3);
      }
    }),
    { numRuns: 200 },
  );
});

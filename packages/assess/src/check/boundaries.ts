import { canonicalJson, type Facts, type FactValue } from '@comity/core';
import { conditionsOf, testsIn } from '../conditions.ts';
import type { Pack, Rule, Test } from '../pack.ts';
import { type FactDefinition, inForce, type Vocabulary } from '../vocabulary.ts';
import { shift } from './mutants.ts';
import type { World } from './worlds.ts';

/**
 * Worlds beside the boundaries of a rule: each seed with one circumstance changed to a value that some question of the rule tells apart,
 * or forgotten, and each seed on the days on which something in the pack starts or ends, and on the days before.
 */
export function* besideBoundaries(
  rule: Rule,
  at: { readonly pack: Pack; readonly vocabulary: Vocabulary; readonly seeds: readonly World[] },
): Generator<World> {
  const tests = Map.groupBy(
    conditionsOf(rule).flatMap((condition) => testsIn(condition, at.pack)),
    ({ fact }) => fact,
  );
  const days = daysOf(rule, at.pack);
  for (const seed of at.seeds) {
    yield seed;
    for (const on of days) yield { ...seed, on };
    for (const [name, asked] of tests) {
      const fact = at.vocabulary.facts.get(name);
      if (fact === undefined) continue;
      for (const value of valuesBeside(
        fact,
        asked.map(({ test }) => test),
        { pack: at.pack, now: seed.facts[name], on: seed.on },
      ))
        yield { on: seed.on, facts: value === undefined ? without(seed.facts, name) : { ...seed.facts, [name]: value } };
      for (const { code, on } of arrivals(
        asked.map(({ test }) => test),
        at.pack,
      ))
        yield { on, facts: { ...seed.facts, [name]: fact.type === 'country_set' ? [code] : code } };
    }
  }
}

/** Facts with one of them forgotten. */
export function without(facts: Facts, name: string): Facts {
  return Object.fromEntries(Object.entries(facts).filter(([other]) => other !== name));
}

/** Values of a fact on both sides of every question about it; undefined stands for unknown. */
function valuesBeside(
  fact: FactDefinition,
  tests: readonly Test[],
  at: { readonly pack: Pack; readonly now: FactValue | undefined; readonly on: string },
): readonly (FactValue | undefined)[] {
  if (fact.type === 'bool') return [true, false, undefined];
  if (fact.type === 'number' || fact.type === 'share') {
    const marks = tests.flatMap((test) => (test.kind === 'number' ? [test.bound] : []));
    const step = fact.type === 'share' ? 0.01 : 1;
    const values = marks.flatMap((mark) => [mark - step, mark, mark + step]).filter((value) => value >= 0);
    return [...values, undefined];
  }
  const named = [...new Set(tests.flatMap((test) => namedBy(test, at)))];
  const other = elsewhere(fact, named);
  if (fact.type !== 'set' && fact.type !== 'country_set') return [...named, ...other, undefined];
  const now = Array.isArray(at.now) ? at.now : [];
  const added = named.filter((word) => !now.includes(word)).map((word) => [...now, word]);
  const removed = now.map((_, i) => now.toSpliced(i, 1));
  return [[], ...named.map((word) => [word]), ...added, ...removed, [...now, ...other], undefined];
}

/** One member of each span of the regions asked about, on the days on which it comes and goes, and on the days before. */
function arrivals(tests: readonly Test[], pack: Pack): readonly { readonly code: string; readonly on: string }[] {
  const members = tests.flatMap((test) => (test.kind === 'place' ? (pack.regions.get(test.region)?.members ?? []) : []));
  return members.flatMap(({ codes: [code], from, until }) => {
    const days = [from, shift(from, -1), ...(until === undefined ? [] : [until, shift(until, -1)])];
    return code === undefined ? [] : days.map((on) => ({ code, on }));
  });
}

function namedBy(test: Test, at: { readonly pack: Pack; readonly on: string }): readonly string[] {
  if (test.kind === 'place')
    return (at.pack.regions.get(test.region)?.members ?? [])
      .filter((member) => inForce(member, at.on))
      .flatMap(({ codes }) => codes);
  if (test.kind === 'count') return test.of;
  return test.kind === 'number' ? [] : test.values.map(String);
}

/** One value that no question names, if there is one. */
function elsewhere(fact: FactDefinition, named: readonly string[]): readonly string[] {
  const words = fact.type === 'country' || fact.type === 'country_set' ? ['UY', 'FJ', 'BT', 'NR'] : fact.values;
  return words.filter((word) => !named.includes(word)).slice(0, 1);
}

/** The days on which something that a rule may use starts or ends, and the days before. */
function daysOf(rule: Rule, pack: Pack): readonly string[] {
  const spans = [
    ...[...pack.regions.values()].flatMap(({ members }) => members),
    ...[...JSON.stringify(rule).matchAll(/"(?:from|until)":"(\d{4}-\d{2}-\d{2})"/g)].map(([, day = '']) => ({ from: day })),
  ];
  const days = spans.flatMap((span) => ('until' in span && span.until !== undefined ? [span.from, span.until] : [span.from]));
  return [...new Set(days)].flatMap((day) => [day, shift(day, -1)]);
}

/** Worlds told apart by what they say. */
export function distinctWorlds(worlds: Iterable<World>): readonly World[] {
  return [...new Map([...worlds].map((world) => [canonicalJson([world.on, world.facts]), world])).values()];
}

import { type Facts, type FactValue, isPartialSet } from '@comity/core';
import type { CompiledRegime } from './law.ts';
import type { Test } from './pack.ts';
import { askFact, bounds } from './testfact.ts';
import type { FactDefinition, Vocabulary } from './vocabulary.ts';

/** Most groups of set members whose combinations are tried; more, and the fact counts as having no known classes. */
const MAX_GROUPS = 10;

/**
 * One value for each class of values that the rules of a regime, on the day it was compiled for, cannot tell apart.
 * An empty list means: too many to try.
 */
export function valueClasses(
  name: string,
  regime: CompiledRegime,
  at: { facts: Facts; vocabulary: Vocabulary },
): readonly FactValue[] {
  // A number may be known within bounds; every other fact that is asked for is wholly unknown, and its classes are always the same.
  if (at.facts[name] !== undefined) return freshClasses(name, regime, at);
  const known = kept.get(regime) ?? new Map<string, readonly FactValue[]>();
  kept.set(regime, known);
  const classes = known.get(name) ?? freshClasses(name, regime, at);
  known.set(name, classes);
  return classes;
}

const kept = new WeakMap<CompiledRegime, Map<string, readonly FactValue[]>>();

function freshClasses(name: string, regime: CompiledRegime, at: { facts: Facts; vocabulary: Vocabulary }): readonly FactValue[] {
  const fact = at.vocabulary.facts.get(name);
  const tests = regime.asked.get(name) ?? [];
  if (fact === undefined) return [];
  if (fact.type === 'number' || fact.type === 'share')
    return numberClasses(tests, at.facts[name], { regime, top: fact.type === 'share' ? 1 : undefined });
  if (fact.type === 'bool') return [true, false];
  const words = wordsOf(fact, at.vocabulary);
  const given = at.facts[name];
  if (isPartialSet(given)) {
    const { has = [], lacks = [] } = given;
    const open = words.filter((word) => !has.includes(word) && !lacks.includes(word));
    return setClasses(open, tests, regime).map((subset) => [...has, ...(Array.isArray(subset) ? subset : [])]);
  }
  if (fact.type === 'set' || fact.type === 'country_set') return setClasses(words, tests, regime);
  return distinct(words, (word) => signature(word, tests, regime));
}

/** The closed words that a fact may have; none for numbers and days. */
export function wordsOf(fact: FactDefinition, vocabulary: Vocabulary): readonly string[] {
  if (fact.type === 'country' || fact.type === 'country_set') return [...vocabulary.countries];
  return fact.type === 'region' ? [...vocabulary.subdivisions] : fact.values;
}

/** Which answers a value gives: values with the same answers are one class. */
function signature(value: FactValue, tests: readonly Test[], regime: CompiledRegime): string {
  return tests.map((test) => askFact(test, value, regime.regions)).join('');
}

function distinct<V>(values: readonly V[], key: (value: V) => string): readonly V[] {
  const seen = new Map<string, V>();
  for (const value of values) if (!seen.has(key(value))) seen.set(key(value), value);
  return [...seen.values()];
}

function setClasses(words: readonly string[], tests: readonly Test[], regime: CompiledRegime): readonly FactValue[] {
  // Members are grouped by the tests that name them; a test that counts needs each of its members on its own.
  const counted = new Set(tests.flatMap((test) => (test.kind === 'count' ? test.of : [])));
  const key = (word: string): string => (counted.has(word) ? word : signature([word], tests, regime));
  const groups = distinct(words, key);
  if (groups.length > MAX_GROUPS) return [];
  const subsets = Array.from({ length: 2 ** groups.length }, (_, bits) => groups.filter((_, i) => (bits >> i) & 1));
  return distinct(subsets, (subset) => signature(subset, tests, regime));
}

function numberClasses(
  tests: readonly Test[],
  given: FactValue | undefined,
  about: { regime: CompiledRegime; top: number | undefined },
): readonly FactValue[] {
  const [low, high] = given === undefined ? [0, Number.POSITIVE_INFINITY] : bounds(given);
  const marks = [...new Set(tests.flatMap((test) => (test.kind === 'number' ? [test.bound] : [])))].sort((a, b) => a - b);
  const last = marks.at(-1) ?? 0;
  const between = marks.flatMap((mark, i) => [mark, (mark + (marks[i + 1] ?? mark + 2)) / 2]);
  const candidates = [0, ...between, last + 1, low, ...(Number.isFinite(high) ? [high] : [])];
  const possible = candidates.filter((value) => value >= low && value <= high && (about.top === undefined || value <= about.top));
  return distinct(possible, (value) => signature(value, tests, about.regime));
}

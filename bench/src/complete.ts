import type { FactDefinition, Vocabulary } from '@comity/assess';
import type { Facts, FactValue } from '@comity/core';
import type { Question } from './logic.ts';
import type { Random } from './random.ts';

/** What rules ask of one fact. */
export interface AskedFact {
  readonly fact: FactDefinition;
  readonly questions: readonly Question[];
}

/** The facts that some questions are about, each with what is asked of it, in the order of their names. */
export function askedFacts(questions: readonly Question[], vocabulary: Vocabulary): readonly AskedFact[] {
  return [...Map.groupBy(questions, ({ fact }) => fact)].sort(byName).flatMap(([name, about]) => {
    const fact = vocabulary.facts.get(name);
    return fact === undefined ? [] : [{ fact, questions: about }];
  });
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * A world in which every fact asked about is known: the given facts, and for each that is not given a value by lot, half the time one that
 * some rule names. A promise may stay out, since that it is not mentioned is known too. A number known within bounds becomes its lowest.
 */
export function complete(given: Facts, asked: readonly AskedFact[], at: { vocabulary: Vocabulary; random: Random }): Facts {
  const whole: Record<string, FactValue> = {};
  for (const { fact, questions } of asked) {
    const value = given[fact.name];
    if (value !== undefined) whole[fact.name] = single(value);
    else if (!fact.promise || at.random() < 0.5) whole[fact.name] = draw(fact, questions, at);
  }
  return whole;
}

function single(value: FactValue): FactValue {
  if (typeof value !== 'object' || Array.isArray(value)) return value;
  return 'min' in value ? (value.min ?? 0) : 0;
}

function draw(fact: FactDefinition, questions: readonly Question[], at: { vocabulary: Vocabulary; random: Random }): FactValue {
  const { random, vocabulary } = at;
  if (fact.type === 'bool') return random() < 0.5;
  const values = valuesOf(fact, questions, vocabulary);
  if (fact.type !== 'set' && fact.type !== 'country_set') return pick(values, random);
  return [...new Set(Array.from({ length: Math.floor(random() * 3) }, () => String(pick(values, random))))];
}

function pick(values: readonly (string | number)[], random: Random): string | number {
  return values[Math.floor(random() * values.length)] ?? 0;
}

/** Values worth trying for a fact: those that rules name twice over, then all; for a number, around each threshold. */
function valuesOf(fact: FactDefinition, questions: readonly Question[], vocabulary: Vocabulary): readonly (string | number)[] {
  if (fact.type === 'number') return around(questions, 1);
  if (fact.type === 'share') return around(questions, 0.01).filter((value) => value <= 1);
  const isPlace = fact.type === 'country' || fact.type === 'country_set';
  const all = isPlace ? [...vocabulary.countries] : fact.values;
  const named = namedIn(questions);
  return named.length === 0 ? all : [...Array.from({ length: Math.ceil(all.length / named.length) }, () => named).flat(), ...all];
}

function namedIn(questions: readonly Question[]): readonly string[] {
  return [...new Set(questions.flatMap((question) => ('values' in question ? question.values.map(String) : [])))];
}

function around(questions: readonly Question[], step: number): readonly number[] {
  const bounds = questions.flatMap((question) => (question.op === 'number' ? [question.bound] : []));
  return [0, ...bounds.flatMap((bound) => [bound - step, bound, bound + step])].filter((value) => value >= 0);
}

/** A value of each kind that the questions can tell apart. For a set: nothing, each alone, and what is given without each of its members. */
export function otherValues(
  { fact, questions }: AskedFact,
  given: FactValue | undefined,
  vocabulary: Vocabulary,
): readonly FactValue[] {
  if (fact.type === 'bool') return [true, false];
  const named = namedIn(questions);
  const worth = [...new Set(valuesOf(fact, questions, vocabulary))];
  const unnamed = worth.find((value) => !named.includes(String(value)));
  const values = named.length === 0 ? worth : [...named, ...(unnamed === undefined ? [] : [unnamed])];
  if (fact.type !== 'set' && fact.type !== 'country_set') return values;
  const members = Array.isArray(given) ? given.map(String) : [];
  const without = members.map((member) => members.filter((other) => other !== member));
  return [[], ...values.map((value) => [String(value)]), ...without];
}

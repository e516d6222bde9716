import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileLaw, type Law, validateFacts } from '@comity/assess';
import type { Facts } from '@comity/core';
import { ROOT } from '@comity/sandbox';
import { type AskedFact, askedFacts, complete } from './complete.ts';
import { type LogicSet, questionsIn, translate } from './logic.ts';
import type { Condition, Pack } from './ours.ts';
import { randomFrom } from './random.ts';

/** The one set of rules that every engine is given. */
export interface RuleSet {
  readonly on: string;
  readonly packs: readonly Pack[];
  /** These packs alone, for our engine. */
  readonly law: Law;
  /** The same for the others. */
  readonly rules: LogicSet;
  readonly asked: readonly AskedFact[];
  /** Facts whose absence the law itself answers: promises, and those with which a `first` begins. */
  readonly answered: ReadonlySet<string>;
  readonly isShare: (fact: string) => boolean;
}

/** Prepares the rules of some packs of a law on a day, for our engine and for others. */
export function ruleSetOf(law: Law, ids: readonly string[], on: string): RuleSet {
  const packs = law.loaded.filter(({ id }) => ids.includes(id));
  const rules = translate(packs, on, law.vocabulary);
  const asked = askedFacts(questionsIn(rules), law.vocabulary);
  const promises = [...law.vocabulary.facts.values()].filter(({ promise }) => promise).map(({ name }) => name);
  return {
    on,
    packs,
    law: compileLaw(law.vocabulary, packs, law.sha256),
    rules,
    asked,
    answered: new Set([...promises, ...packs.flatMap((pack) => conditionsIn(pack).flatMap(headsIn))]),
    isShare: (fact) => law.vocabulary.facts.get(fact)?.type === 'share',
  };
}

/** Every condition of a pack at its top. */
function conditionsIn(pack: Pack): readonly Condition[] {
  const inside = ({
    when,
    unless,
  }: {
    readonly when: Condition;
    readonly unless: readonly Pack['rules'][number]['unless'][number][];
  }): readonly Condition[] => [when, ...unless.flatMap(inside)];
  return [...[...pack.define.values()].map(({ when }) => when), ...pack.rules.flatMap(inside)];
}

/** Facts with which a `first` begins: if one is not given, the next branch answers. Those behind a definition are not among them. */
function headsIn(condition: Condition): readonly string[] {
  if (condition.op === 'test' || condition.op === 'use') return [];
  if (condition.op === 'not') return headsIn(condition.of);
  const inner = condition.of.flatMap(headsIn);
  return condition.op === 'first' ? [...inner, ...condition.of.slice(0, -1).flatMap(writtenIn)] : inner;
}

function writtenIn(condition: Condition): readonly string[] {
  if (condition.op === 'test') return [condition.fact];
  if (condition.op === 'use') return [];
  return condition.op === 'not' ? writtenIn(condition.of) : condition.of.flatMap(writtenIn);
}

/** Ways in which each case of law is completed. */
const WAYS = 2;
const SEED = 20261122;

/**
 * Cases in which everything asked is known: the frozen cases of law and the examples of the packs, each completed in two ways by lot.
 * Worlds that contradict themselves, and repetitions, are left out.
 */
export function knownCases({ packs, asked, law }: RuleSet): readonly Facts[] {
  const { vocabulary } = law;
  const random = randomFrom(SEED);
  const given = packs.flatMap((pack) => [
    ...frozenCases(pack.id),
    ...pack.rules.flatMap(({ examples }) => examples.map(({ facts }) => facts)),
  ]);
  const found = new Map<string, Facts>();
  for (const facts of given) {
    const checked = validateFacts(vocabulary, facts);
    if (!checked.ok) continue;
    for (let i = 0; i < WAYS; i++) {
      const whole = complete(checked.value, asked, { vocabulary, random });
      if (validateFacts(vocabulary, whole).ok) found.set(JSON.stringify(whole), whole);
    }
  }
  return [...found.values()];
}

/** The facts of a pack's cases in `law/cases`. */
export function frozenCases(id: string): readonly Readonly<Record<string, unknown>>[] {
  const text = readFileSync(join(ROOT, 'law', 'cases', `${id}.jsonl`), 'utf8');
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  // Parser: a case is an object with `facts`; these are checked against the vocabulary before use.
  return lines.map((line) => (JSON.parse(line) as { facts?: Readonly<Record<string, unknown>> }).facts ?? {});
}

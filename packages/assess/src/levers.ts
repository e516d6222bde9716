import { type Facts, type FactValue, isPartialSet } from '@comity/core';
import { conditionsOf, testsIn } from './conditions.ts';
import { type Encoder, encoderOf, put } from './encode.ts';
import type { CompiledRegime, Law } from './law.ts';
import type { Rule, Test } from './pack.ts';
import type { Lever } from './sliced.ts';
import { askFact } from './testfact.ts';
import type { FactDefinition } from './vocabulary.ts';

/** One thing a user could truthfully change. */
export interface Change {
  readonly fact: string;
  /** For a set: the member added; otherwise the value put. */
  readonly value: string | number;
  /** For a place: every country that does as well, this one among them. */
  readonly countries?: readonly string[];
}

/** Costs of changes in the user's own unit, by `fact=value` or by `fact`. */
export type Costs = Readonly<Record<string, number>>;

/** A change with what the sliced search needs to know of it. */
export interface CostedLever extends Lever {
  readonly change: Change;
  readonly cost: number;
}

/** Places move with the destination; an authority's permission is nobody's to decide; what the parties are to each other is no setting. */
const NO_LEVER = [
  'importer.country',
  'importer.region',
  'importer.location',
  'onward.countries',
  'procedure.approvals',
  'transaction',
  'relationship',
  'data.categories',
  'data.identifiers',
];
const DEFAULT_COST = 3;

/**
 * The changes that some rule in the way would notice, cheapest first and at most `most` of them. For a fact with many values
 * that no rule can tell apart, one stands for all.
 */
export function leversOf(
  law: Law,
  at: { readonly blocking: readonly Blocking[]; readonly facts: Facts; readonly costs: Costs; readonly most: number },
): readonly CostedLever[] {
  const asked = questionsOf(at.blocking);
  const found = [...law.vocabulary.facts.values()]
    .filter((fact) => fact.lever && !NO_LEVER.includes(fact.name))
    .flatMap((fact) =>
      changesOf(fact, asked.get(fact.name) ?? [], at.facts[fact.name]).map((change) => ({
        change,
        cost: priceOf(fact, change, at.costs),
      })),
    );
  const encoder = encoderOf(law.vocabulary);
  return found
    .sort((a, b) => a.cost - b.cost)
    .slice(0, at.most)
    .map(({ change, cost }, index) => ({ change, cost, ...leverOf(change, index, encoder) }));
}

/** What a change costs: as the user says, else as the vocabulary says. */
export function priceOf(fact: FactDefinition | undefined, { fact: name, value }: Change, costs: Costs): number {
  return costs[`${name}=${value}`] ?? costs[name] ?? fact?.cost ?? DEFAULT_COST;
}

function leverOf(change: Change, index: number, encoder: Encoder): Lever {
  const slot = encoder.slots.get(change.fact);
  if (slot === undefined) throw new Error(`${change.fact} is no fact`);
  const alone = encoder.encode({});
  put(alone, slot, slot.words > 0 ? [String(change.value)] : change.value);
  return { slot, index, alone, code: slot.codes.get(String(change.value)) ?? 0 };
}

function changesOf(fact: FactDefinition, asked: readonly Question[], now: FactValue | undefined): readonly Change[] {
  if (asked.length === 0) return [];
  if (fact.type === 'set')
    return membersOf(
      asked.map(({ test }) => test),
      now,
    ).map((value) => ({ fact: fact.name, value }));
  const signature = (value: FactValue): string => asked.map(({ test, regime }) => askFact(test, value, regime.regions)).join('');
  const current = now === undefined ? undefined : signature(now);
  const seen = new Map<string, Change>();
  for (const value of candidates(
    fact,
    asked.map(({ test }) => test),
  )) {
    const key = signature(value);
    if (key !== current && value !== now && !seen.has(key)) seen.set(key, { fact: fact.name, value });
  }
  return [...seen.values()];
}

interface Question {
  readonly test: Test;
  readonly regime: CompiledRegime;
}

/** A regime and those of its rules that stand in the way. */
export interface Blocking {
  readonly regime: CompiledRegime;
  readonly rules: readonly Rule[];
}

/** Everything that rules ask, by fact. */
function questionsOf(blocking: readonly Blocking[]): ReadonlyMap<string, readonly Question[]> {
  const found = blocking.flatMap(({ regime, rules }) =>
    rules
      .flatMap((rule) => conditionsOf(rule).flatMap((condition) => testsIn(condition, regime.pack)))
      .map((leaf) => ({ ...leaf, regime })),
  );
  return Map.groupBy(found, ({ fact }) => fact);
}

/** Members that some question names and the set lacks. */
function membersOf(tests: readonly Test[], now: FactValue | undefined): readonly string[] {
  const named = tests.flatMap((test) => (test.kind === 'has' ? test.values : []));
  const has = isPartialSet(now) ? (now.has ?? []) : Array.isArray(now) ? now : [];
  return [...new Set(named)].filter((value) => !has.includes(value));
}

/** Values worth putting: for a number, the largest under each threshold, since less can always be sent. */
function candidates(fact: FactDefinition, tests: readonly Test[]): readonly (string | number)[] {
  if (fact.type === 'enum') return fact.offers ?? fact.values;
  if (fact.type !== 'number') return [];
  const bounds = tests.flatMap((test) => (test.kind === 'number' ? [fits(test)] : []));
  return [...new Set(bounds)].sort((a, b) => b - a);
}

function fits({ compare, bound }: Extract<Test, { kind: 'number' }>): number {
  return compare === 'over' || compare === 'atMost' ? bound : Math.max(0, bound - 1);
}

/** The facts after some changes. */
export function withChanges(facts: Facts, changes: readonly Change[], law: Law): Facts {
  const changed: Record<string, FactValue> = { ...facts };
  for (const { fact, value } of changes) {
    const old = changed[fact];
    const isSet = law.vocabulary.facts.get(fact)?.type === 'set';
    changed[fact] = isSet ? withMember(old, String(value)) : value;
  }
  return changed;
}

/** A set with a member added; one of which part is known stays so. */
function withMember(set: FactValue | undefined, member: string): FactValue {
  if (!isPartialSet(set)) return [...(Array.isArray(set) ? set : []), member];
  return { has: [...(set.has ?? []), member], lacks: (set.lacks ?? []).filter((other) => other !== member) };
}

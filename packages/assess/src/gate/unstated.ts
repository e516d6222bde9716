import type { Facts, FactValue } from '@comity/core';
import { questionsOf } from '../conditions.ts';
import type { Test } from '../pack.ts';
import type { FactDefinition, Vocabulary } from '../vocabulary.ts';
import type { CompiledGate } from './compilegate.ts';
import { laxness } from './gate.ts';
import { passGate } from './passgate.ts';

/**
 * Findings that nobody stated and of which one would make the answer stricter: what the reader should know has not been looked at.
 * Each is tried with every value that the gate can tell apart.
 */
export function unstatedIn(gate: CompiledGate, facts: Facts, vocabulary: Vocabulary): readonly string[] {
  const open = gate.pack.findings.filter((name) => facts[name] === undefined);
  if (open.length === 0) return [];
  const now = laxness(passGate(gate, facts).decision);
  const matters = (name: string): boolean => {
    const fact = vocabulary.facts.get(name);
    const values = fact === undefined ? [] : valuesOf(fact, () => testsOf(name, gate));
    return values.some((value) => laxness(passGate(gate, { ...facts, [name]: value }).decision) < now);
  };
  return open.filter(matters).sort();
}

/** What the steps of a gate ask of a fact. */
function testsOf(name: string, { pack }: CompiledGate): readonly Test[] {
  const conditions = pack.steps.flatMap((step) => (step.kind === 'need' ? [step.when, step.need] : [step.when]));
  return questionsOf(conditions, pack).get(name) ?? [];
}

function valuesOf(fact: FactDefinition, tests: () => readonly Test[]): readonly FactValue[] {
  if (fact.type === 'bool') return [true, false];
  if (fact.type === 'enum') return fact.values;
  if (fact.type === 'set') return [[], ...fact.values.map((value) => [value])];
  const bounds = tests().flatMap((test) => (test.kind === 'number' ? [test.bound - 1, test.bound, test.bound + 1] : []));
  return bounds.filter((bound) => bound >= 0);
}

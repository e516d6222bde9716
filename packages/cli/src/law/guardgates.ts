import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { askGates, compileGates, type GateAnswer, loadGate, readGateQuestion, type Vocabulary } from '@comity/assess';
import { type Facts, ok, type Result } from '@comity/core';
import { compileGateFiles } from './compilegates.ts';
import type { CaseFault } from './guards.ts';

/** A procedural case as facts and an outcome (law/cases/gates). */
interface GateCase {
  readonly id: string;
  readonly regime: string;
  readonly on: string;
  readonly facts: Facts;
  readonly expect: {
    readonly decision: string;
    readonly due?: string;
    readonly notify?: boolean;
    readonly tasks?: readonly string[];
    readonly missing?: readonly string[];
  };
  readonly trust: string;
}

/** What the gates are guarded by, and what came of it. */
export interface GuardedGates {
  readonly gates: number;
  readonly steps: number;
  readonly cases: number;
  readonly caseFaults: readonly CaseFault[];
}

/** Asks the gates as they stand in law/gates every case of law/cases/gates. Errors: those of reading a gate. */
export async function guardGates(lawDir: string, vocabularies: readonly Vocabulary[]): Promise<Result<GuardedGates>> {
  const written = await compileGateFiles(lawDir, vocabularies);
  if (!written.ok) return written;
  const words = vocabularies.find(({ facts }) => facts.has('order.instrument'));
  const packs = words === undefined ? [] : written.value.flatMap(({ json }) => readAgain(json, words));
  if (words === undefined || packs.length === 0) return ok({ gates: 0, steps: 0, cases: 0, caseFaults: [] });
  const gates = compileGates(words, packs);
  const cases = packs.flatMap(({ gate }) => casesIn(join(lawDir, 'cases', 'gates', `${gate}.jsonl`)));
  const caseFaults = cases.flatMap((one) => {
    const question = readGateQuestion(gates, { on: one.on, facts: one.facts, regime: one.regime });
    const found = question.ok ? faultsOf(one, askGates(gates, question.value)) : [question.refusal.code];
    const expected = one.expect.decision;
    return found.length === 0 ? [] : [{ id: one.id, trust: one.trust, expected, found: found.join(', ') }];
  });
  return ok({
    gates: packs.length,
    steps: packs.reduce((sum, { steps }) => sum + steps.length, 0),
    cases: cases.length,
    caseFaults,
  });
}

function readAgain(json: unknown, words: Vocabulary): readonly (ReturnType<typeof loadGate> & { ok: true })['value'][] {
  const gate = loadGate(json, words);
  return gate.ok ? [gate.value] : [];
}

function casesIn(file: string): readonly GateCase[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  // Written for this shape by whoever writes the law; what is not of it fails as a case.
  return lines.filter((line) => line.trim() !== '').map((line) => JSON.parse(line) as GateCase);
}

function faultsOf({ expect }: GateCase, answer: GateAnswer): readonly string[] {
  return [
    ...(answer.decision === expect.decision ? [] : [answer.decision]),
    ...(expect.due === undefined || expect.due === answer.due ? [] : [`due ${answer.due}`]),
    ...(expect.notify === undefined || expect.notify === answer.notify ? [] : [`notify ${answer.notify}`]),
    ...(expect.tasks ?? []).filter((task) => !answer.tasks.includes(task)).map((task) => `no ${task}`),
    ...(expect.missing ?? []).filter((name) => !answer.missing.includes(name)).map((name) => `not asked: ${name}`),
  ];
}

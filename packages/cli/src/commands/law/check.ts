import { join } from 'node:path';
import type { Command } from 'commander';
import { buildLaw } from '../../law/build.ts';
import { packsCommand, printAs } from '../../law/command.ts';
import { compileVocabularies } from '../../law/compilepacks.ts';
import { FACT_TYPES_FILE } from '../../law/facttypes.ts';
import { type GuardedGates, guardGates } from '../../law/guardgates.ts';
import { binds, type Guarded, guard } from '../../law/guards.ts';
import { EXIT, refuseWith } from '../../output.ts';
import { say } from '../../words.ts';

/** `comity law check`: schema, words, examples, frozen decisions, cases, and whether every change of a detail would be noticed. */
export function checkCommand(): Command {
  return packsCommand('check', async (packs, { dir, json, only }) => {
    const today = new Date().toISOString().slice(0, 10);
    const guarded = packs.map((pack) => guard(pack, dir, today));
    const built =
      only.length > 0 ? undefined : await buildLaw({ lawDir: dir, check: true, types: join(dir, '..', FACT_TYPES_FILE) });
    const gates = only.length > 0 || built?.ok === false ? undefined : await gatesOf(dir);
    const bad =
      guarded.some(({ faults, caseFaults }) => faults.length > 0 || caseFaults.some(binds)) ||
      gates?.caseFaults.some(binds) === true;
    if (bad) process.exitCode = EXIT.refused;
    const lines = (): readonly string[] => [...guarded.flatMap(linesOf), ...gateLines(gates), sumOf(guarded)];
    printAs(json, { ok: !bad && built?.ok !== false, packs: guarded, ...(gates === undefined ? {} : { gates }) }, lines);
    if (built?.ok === false) refuseWith(built.refusal, { json });
  });
}

/** The gates with their cases; the build has read them, so what cannot be read was refused there. */
async function gatesOf(dir: string): Promise<GuardedGates | undefined> {
  const words = await compileVocabularies(dir);
  const gates = words.ok
    ? await guardGates(
        dir,
        words.value.map(({ vocabulary }) => vocabulary),
      )
    : words;
  return gates.ok ? gates.value : undefined;
}

function gateLines(gates: GuardedGates | undefined): readonly string[] {
  if (gates === undefined || gates.gates === 0) return [];
  const { caseFaults, ...counts } = gates;
  return [
    say('law.check.gates', { ...counts }),
    ...caseFaults.map((fault) => `  ${say(binds(fault) ? 'law.case.fails' : 'law.case.read', { ...fault })}`),
  ];
}

function linesOf(one: Guarded): readonly string[] {
  const { pack, rules, examples, frozen, mutants, justified, cases, faults, caseFaults } = one;
  return [
    say('law.check.pack', { pack, rules, examples, frozen, mutants, justified, cases }),
    ...faults.map(({ fault, at, detail = '' }) => `  ${say(`law.fault.${fault}`, { at, detail })}`),
    ...caseFaults.map((fault) => `  ${say(binds(fault) ? 'law.case.fails' : 'law.case.read', { ...fault })}`),
  ];
}

function sumOf(guarded: readonly Guarded[]): string {
  const total = (of: (one: Guarded) => number): number => guarded.reduce((sum, one) => sum + of(one), 0);
  return say('law.check.sum', {
    packs: guarded.length,
    rules: total(({ rules }) => rules),
    decisions: total(({ examples, frozen }) => examples + frozen),
    mutants: total(({ mutants }) => mutants),
    cases: total(({ cases }) => cases),
    faults: total(({ faults, caseFaults }) => faults.length + caseFaults.filter(binds).length),
  });
}

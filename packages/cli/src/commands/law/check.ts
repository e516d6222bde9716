import { join } from 'node:path';
import type { Command } from 'commander';
import { buildLaw } from '../../law/build.ts';
import { packsCommand, printAs } from '../../law/command.ts';
import { FACT_TYPES_FILE } from '../../law/facttypes.ts';
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
    const bad = guarded.some(({ faults, caseFaults }) => faults.length > 0 || caseFaults.some(binds));
    if (bad) process.exitCode = EXIT.refused;
    printAs(json, { ok: !bad && built?.ok !== false, packs: guarded }, () => [...guarded.flatMap(linesOf), sumOf(guarded)]);
    if (built?.ok === false) refuseWith(built.refusal, { json });
  });
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

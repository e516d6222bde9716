import { join } from 'node:path';
import { Command } from 'commander';
import { buildLaw } from '../../law/build.ts';
import { binds, type Guarded, guard } from '../../law/guards.ts';
import { writtenPacks } from '../../law/packs.ts';
import { EXIT, print, refuseWith } from '../../output.ts';
import { ROOT } from '../../places.ts';
import { say } from '../../words.ts';

interface Options {
  readonly dir: string;
  readonly json?: boolean;
}

/** `comity law check`: schema, words, examples, frozen decisions, cases, and whether every change of a detail would be noticed. */
export function checkCommand(): Command {
  return new Command('check')
    .description(say('law.check'))
    .argument('[pack...]', say('law.packs'))
    .option('--dir <dir>', say('law.dir'), join(ROOT, 'law'))
    .option('--json', say('option.json'))
    .action(run);
}

async function run(only: readonly string[], { dir, json = false }: Options): Promise<void> {
  const packs = await writtenPacks(dir, only);
  if (!packs.ok) return refuseWith(packs.refusal, { json });
  const today = new Date().toISOString().slice(0, 10);
  const guarded = packs.value.map((pack) => guard(pack, dir, today));
  const built = only.length > 0 ? undefined : await buildLaw({ lawDir: dir, check: true });
  const bad = guarded.some(({ faults, caseFaults }) => faults.length > 0 || caseFaults.some(binds));
  if (bad || built?.ok === false) process.exitCode = EXIT.refused;
  if (json) return print(JSON.stringify({ ok: !bad && built?.ok !== false, packs: guarded }));
  for (const one of guarded) for (const line of linesOf(one)) print(line);
  if (built?.ok === false) return refuseWith(built.refusal, { json });
  print(sumOf(guarded));
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

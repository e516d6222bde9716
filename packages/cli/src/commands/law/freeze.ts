import { join } from 'node:path';
import { changedDecisions } from '@comity/assess/check';
import { Command } from 'commander';
import { frozenOf, refreeze } from '../../law/guards.ts';
import { writtenPacks } from '../../law/packs.ts';
import { print, refuseWith } from '../../output.ts';
import { ROOT } from '../../places.ts';
import { say } from '../../words.ts';

interface Options {
  readonly dir: string;
  readonly json?: boolean;
}

/** `comity law freeze`: says which frozen decisions a changed pack takes otherwise, and freezes its decisions anew. */
export function freezeCommand(): Command {
  return new Command('freeze')
    .description(say('law.freeze'))
    .argument('[pack...]', say('law.packs'))
    .option('--dir <dir>', say('law.dir'), join(ROOT, 'law'))
    .option('--json', say('option.json'))
    .action(run);
}

async function run(only: readonly string[], { dir, json = false }: Options): Promise<void> {
  const packs = await writtenPacks(dir, only);
  if (!packs.ok) return refuseWith(packs.refusal, { json });
  for (const written of packs.value) {
    const { id } = written.pack;
    const changed = changedDecisions(written.pack, written.vocabulary, frozenOf(dir, id));
    const survivors = await refreeze(written, dir);
    const frozen = frozenOf(dir, id).length;
    if (json) {
      print(JSON.stringify({ pack: id, frozen, changed, survivors }));
      continue;
    }
    print(say('law.freeze.pack', { pack: id, frozen, changed: changed.length, survivors: survivors.length }));
    for (const { frozen: before, now } of changed)
      print(
        `  ${say('law.freeze.changed', { rule: before.rule, on: before.on, from: before.says.verdict, to: now?.verdict ?? '—' })}`,
      );
    for (const what of survivors) print(`  ${say('law.fault.change-unnoticed', { at: what, detail: '' })}`);
  }
}

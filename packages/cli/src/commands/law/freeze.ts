import { changedDecisions } from '@comity/assess/check';
import type { Command } from 'commander';
import { packsCommand, printAs } from '../../law/command.ts';
import { frozenOf, refreeze } from '../../law/guards.ts';
import { say } from '../../words.ts';

/** `comity law freeze`: says which frozen decisions a changed pack takes otherwise, and freezes its decisions anew. */
export function freezeCommand(): Command {
  return packsCommand('freeze', async (packs, { dir, json }) => {
    for (const written of packs) {
      const pack = written.pack.id;
      const changed = changedDecisions(written.pack, written.vocabulary, frozenOf(dir, pack));
      const survivors = await refreeze(written, dir);
      const frozen = frozenOf(dir, pack).length;
      printAs(json, { pack, frozen, changed, survivors }, () => [
        say('law.freeze.pack', { pack, frozen, changed: changed.length, survivors: survivors.length }),
        ...changed.map((one) => `  ${changedText(one)}`),
        ...survivors.map((at) => `  ${say('law.fault.change-unnoticed', { at, detail: '' })}`),
      ]);
    }
  });
}

/** A frozen decision that is now taken otherwise, as a sentence. */
export function changedText({ frozen, now }: ReturnType<typeof changedDecisions>[number]): string {
  return say('law.freeze.changed', { rule: frozen.rule, on: frozen.on, from: frozen.says.verdict, to: now?.verdict ?? '—' });
}

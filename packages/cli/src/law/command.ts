import { join } from 'node:path';
import { Command } from 'commander';
import { print, refuseWith } from '../output.ts';
import { ROOT } from '../places.ts';
import { say } from '../words.ts';
import { type WrittenPack, writtenPacks } from './packs.ts';

/** Options of every command that reads packs as they are written. */
export interface PackOptions {
  readonly dir: string;
  readonly json: boolean;
}

/** A command over the packs in law/regimes, or those that are named; what cannot be read is refused by name. */
export function packsCommand(
  name: string,
  work: (packs: readonly WrittenPack[], options: PackOptions & { readonly only: readonly string[] }) => Promise<void>,
): Command {
  return new Command(name)
    .description(say(`law.${name}`))
    .argument('[pack...]', say('law.packs'))
    .option('--dir <dir>', say('law.dir'), join(ROOT, 'law'))
    .option('--json', say('option.json'))
    .action(async (only: readonly string[], { dir, json = false }: { readonly dir: string; readonly json?: boolean }) => {
      const packs = await writtenPacks(dir, only);
      if (packs.ok) await work(packs.value, { dir, json, only });
      else refuseWith(packs.refusal, { json });
    });
}

/** Lines for people, or one line for programs. */
export function printAs(json: boolean, value: unknown, lines: () => readonly string[]): void {
  if (json) print(JSON.stringify(value));
  else for (const line of lines()) print(line);
}

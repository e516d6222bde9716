import { join } from 'node:path';
import { Command } from 'commander';
import { buildLaw } from '../law/build.ts';
import { print, refuseWith } from '../output.ts';
import { ROOT } from '../places.ts';
import { say } from '../words.ts';

/** `comity law build` and `comity law check`: compiles law/, or says whether what is compiled is up to date. */
export function lawCommand(): Command {
  const law = new Command('law').description(say('law'));
  for (const name of ['build', 'check'] as const) {
    law
      .command(name)
      .description(say(`law.${name}`))
      .option('--dir <dir>', say('law.dir'), join(ROOT, 'law'))
      .option('--json', say('option.json'))
      .action((options: Options) => run(name, options));
  }
  return law;
}

interface Options {
  readonly dir: string;
  readonly json?: boolean;
}

async function run(name: 'build' | 'check', { dir, json = false }: Options): Promise<void> {
  const built = await buildLaw({ lawDir: dir, check: name === 'check' });
  if (!built.ok) return refuseWith(built.refusal, { json });
  const { artefacts, changed } = built.value;
  if (json) return print(JSON.stringify({ ok: true, files: artefacts.length, changed }));
  print(say('law.done', { files: artefacts.length, changed: changed.length }));
}

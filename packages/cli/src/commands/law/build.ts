import { join } from 'node:path';
import { Command } from 'commander';
import { buildLaw } from '../../law/build.ts';
import { FACT_TYPES_FILE } from '../../law/facttypes.ts';
import { print, refuseWith } from '../../output.ts';
import { ROOT } from '../../places.ts';
import { say } from '../../words.ts';

interface Options {
  readonly dir: string;
  readonly json?: boolean;
}

/** `comity law build`: compiles law/ to packs. */
export function buildCommand(): Command {
  return new Command('build')
    .description(say('law.build'))
    .option('--dir <dir>', say('law.dir'), join(ROOT, 'law'))
    .option('--json', say('option.json'))
    .action(async ({ dir, json = false }: Options) => {
      const built = await buildLaw({ lawDir: dir, check: false, types: join(dir, '..', FACT_TYPES_FILE) });
      if (!built.ok) return refuseWith(built.refusal, { json });
      const { artefacts, changed } = built.value;
      if (json) return print(JSON.stringify({ ok: true, files: artefacts.length, changed }));
      print(say('law.done', { files: artefacts.length, changed: changed.length }));
    });
}

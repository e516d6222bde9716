import { hasFault } from '@comity/formats/hi1';
import { Command } from 'commander';
import { findingLines } from '../../hi1/lines.ts';
import { lookAt } from '../../hi1/read.ts';
import { EXIT, print, refuseWith } from '../../output.ts';
import { say } from '../../words.ts';

/** Exit code where nothing is wrong and a person must look all the same. */
const FOR_A_PERSON = 3;

/** `comity hi1 lint FILE`: what of a message the profile does not take, or a machine cannot judge. */
export function lintCommand(): Command {
  return new Command('lint')
    .description(say('hi1.lint'))
    .argument('<file>', say('hi1.file'))
    .option('--keys <file>', say('hi1.keys'))
    .option('--json', say('option.json'))
    .addHelpText('after', `\n${say('hi1.lint.codes')}`)
    .action(run);
}

async function run(file: string, { keys, json = false }: { readonly keys?: string; readonly json?: boolean }): Promise<void> {
  const looked = await lookAt(file, keys);
  if (!looked.ok) return refuseWith(looked.refusal, { json });
  const { findings, kid } = looked.value;
  if (json) print(JSON.stringify({ ok: !hasFault(findings), findings, signedBy: kid ?? null }));
  else for (const line of findingLines(looked.value)) print(line);
  if (hasFault(findings)) process.exitCode = EXIT.refused;
  else if (findings.some(({ weight }) => weight === 'person')) process.exitCode = FOR_A_PERSON;
}

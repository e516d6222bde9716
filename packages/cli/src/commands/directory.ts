import { Command } from 'commander';
import type { SignAsk } from '../directory/sign.ts';
import { print, refuseWith } from '../output.ts';
import { say } from '../words.ts';

/** `comity directory sign`: what the keeper of a directory does. */
export function directoryCommand(): Command {
  const directory = new Command('directory').description(say('directory'));
  directory
    .command('sign')
    .description(say('directory.sign'))
    .requiredOption('--directory <file>', say('directory.file'))
    .requiredOption('--key <file>', say('directory.key'))
    .requiredOption('-o, --output <file>', say('directory.output'))
    .option('--statement <file...>', say('directory.statement'))
    .option('--days <number>', say('directory.days'), '90')
    .option('--json', say('option.json'))
    .action(run);
  return directory;
}

async function run({ json = false, ...ask }: SignAsk & { readonly json?: boolean }): Promise<void> {
  // Loaded when asked for: the other commands need no node.
  const { signAnew } = await import('../directory/sign.ts');
  const signed = signAnew(ask);
  if (!signed.ok) return refuseWith(signed.refusal, { json });
  const { issued, until } = signed.value.directory;
  print(json ? JSON.stringify({ ok: true, issued, until }) : say('directory.signed', { file: ask.output, until }));
}

import { Command } from 'commander';
import { readConfig } from '../../node/config.ts';
import { EXIT, print, refuseWith } from '../../output.ts';
import { say } from '../../words.ts';

interface Options {
  readonly config: string;
  readonly json?: boolean;
}

/** `comity node rewrap`: what the office holds is wrapped for its present key. */
export function rewrapCommand(): Command {
  return new Command('rewrap')
    .description(say('node.rewrap'))
    .requiredOption('--config <file>', say('node.config'))
    .option('--json', say('option.json'))
    .action(run);
}

async function run({ config, json = false }: Options): Promise<void> {
  const read = readConfig(config, process.env);
  if (!read.ok) return refuseWith(read.refusal, { json });
  // Loaded when asked for: the other commands need no node.
  const { rewrap } = await import('../../node/rewrap.ts');
  const done = await rewrap(read.value);
  if (!done.ok) return refuseWith(done.refusal, { json });
  print(json ? JSON.stringify({ ok: done.value.closed === 0, ...done.value }) : say('node.rewrapped', { ...done.value }));
  if (done.value.closed > 0) process.exitCode = EXIT.refused;
}

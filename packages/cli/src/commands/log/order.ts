import { Command } from 'commander';
import { readConfig } from '../../node/config.ts';
import { print, refuseWith } from '../../output.ts';
import { say } from '../../words.ts';

interface Options {
  readonly config: string;
  readonly party: string;
  readonly year: string;
  readonly index: string;
  readonly reason: string;
  readonly output: string;
  readonly json?: boolean;
}

/** `comity log order`: an overseer orders that one entry of a party's log be blanked. Signs what the log is shown to hold there, with the overseer's own key. */
export function orderCommand(): Command {
  return new Command('order')
    .description(say('log.order'))
    .requiredOption('--config <file>', say('log.order.config'))
    .requiredOption('--party <id>', say('log.order.party'))
    .requiredOption('--year <year>', say('log.year'))
    .requiredOption('--index <number>', say('log.order.index'))
    .requiredOption('--reason <code>', say('log.order.reason'))
    .requiredOption('-o, --output <file>', say('log.order.output'))
    .option('--json', say('option.json'))
    .action(run);
}

async function run({ config, json = false, ...ask }: Options): Promise<void> {
  const read = readConfig(config, process.env);
  if (!read.ok) return refuseWith(read.refusal, { json });
  // Loaded when asked for: the other commands need no node.
  const { writeOrder } = await import('../../log/order.ts');
  const made = await writeOrder(read.value, ask);
  if (!made.ok) return refuseWith(made.refusal, { json });
  const { origin, index, leaf } = made.value;
  print(json ? JSON.stringify({ ok: true, origin, index, leaf }) : say('log.ordered', { file: ask.output, index, origin }));
}

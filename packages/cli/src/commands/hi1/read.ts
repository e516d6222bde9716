import { readOrder } from '@comity/formats/hi1';
import { Command } from 'commander';
import { findingLines, summaryLines } from '../../hi1/lines.ts';
import { lookAt } from '../../hi1/read.ts';
import { print, refuseWith } from '../../output.ts';
import { say } from '../../words.ts';

/** `comity hi1 read FILE`: a message in plain words. */
export function readCommand(): Command {
  return new Command('read')
    .description(say('hi1.read'))
    .argument('<file>', say('hi1.file'))
    .option('--keys <file>', say('hi1.keys'))
    .option('--json', say('option.json'))
    .action(run);
}

async function run(file: string, { keys, json = false }: { readonly keys?: string; readonly json?: boolean }): Promise<void> {
  const looked = await lookAt(file, keys);
  if (!looked.ok) return refuseWith(looked.refusal, { json });
  const { read, findings, kid } = looked.value;
  const order = readOrder(read.message);
  if (json)
    return print(
      JSON.stringify({ message: read.message, order: order.ok ? order.value : null, findings, signedBy: kid ?? null }),
    );
  for (const line of [...summaryLines(read), '', ...findingLines(looked.value)]) print(line);
}

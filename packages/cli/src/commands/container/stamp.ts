import { nodeHashes } from '@comity/formats';
import { addStamp } from '@comity/formats/container';
import { Command } from 'commander';
import { withContainer } from '../../container/open.ts';
import { writeWhole } from '../../container/write.ts';
import { print, refuseWith } from '../../output.ts';
import { say } from '../../words.ts';
import { stampBy } from './make.ts';

interface Options {
  readonly tsa: string;
  readonly output: string;
  readonly json?: boolean;
}

/** `comity container stamp`: adds the time stamp that was pending. */
export function stampCommand(): Command {
  return new Command('stamp')
    .description(say('container.stamp'))
    .argument('<file>', say('container.file'))
    .requiredOption('--tsa <url>', say('container.tsa'))
    .requiredOption('-o, --output <file>', say('container.output'))
    .option('--json', say('option.json'))
    .action(run);
}

async function run(file: string, { tsa, output, json = false }: Options): Promise<void> {
  const written = await withContainer(file, async (container) => {
    const added = await addStamp(nodeHashes, container, { at: new Date().toISOString(), stamp: stampBy(tsa) });
    return added.ok ? writeWhole(added.value, output) : added;
  });
  if (!written.ok) return refuseWith(written.refusal, { json });
  print(json ? JSON.stringify({ ok: true, file: written.value }) : say('container.stamped', { file: written.value }));
}

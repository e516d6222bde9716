import { nodeHashes } from '@comity/formats';
import { addSignature } from '@comity/formats/container';
import { Command } from 'commander';
import { withContainer } from '../../container/open.ts';
import { readSigner } from '../../container/signer.ts';
import { writeWhole } from '../../container/write.ts';
import { print, refuseWith } from '../../output.ts';
import { say } from '../../words.ts';
import { stampBy } from './make.ts';

interface Options {
  readonly key: string;
  readonly cert: string;
  readonly output: string;
  readonly action: string;
  readonly by: string;
  readonly note?: string;
  readonly tsa?: string;
  readonly json?: boolean;
}

/** `comity container sign`: a later custodian adds a signature; nothing that is there is rewritten. */
export function signCommand(): Command {
  return new Command('sign')
    .description(say('container.sign'))
    .argument('<file>', say('container.file'))
    .requiredOption('--key <file>', say('container.key'))
    .requiredOption('--cert <file>', say('container.cert'))
    .requiredOption('-o, --output <file>', say('container.output'))
    .option('--action <name>', say('container.action'), 'receive')
    .option('--by <party>', say('container.by'), '')
    .option('--note <text>', say('container.note'))
    .option('--tsa <url>', say('container.tsa'))
    .option('--json', say('option.json'))
    .action(run);
}

async function run(file: string, { key, cert, output, action: name, by, note, tsa, json = false }: Options): Promise<void> {
  const signer = readSigner({ key, cert });
  if (!signer.ok) return refuseWith(signer.refusal, { json });
  const at = new Date().toISOString();
  const action = { name, at, by, ...(note === undefined ? {} : { note }) };
  const stamp = tsa === undefined ? {} : { stamp: stampBy(tsa) };
  const written = await withContainer(file, async (container) => {
    const added = await addSignature(nodeHashes, container, { at, signer: signer.value, action, ...stamp });
    return added.ok ? writeWhole(added.value, output) : added;
  });
  if (!written.ok) return refuseWith(written.refusal, { json });
  print(json ? JSON.stringify({ ok: true, file: written.value }) : say('container.signed', { file: written.value }));
}

import { ok, type Result, refuse } from '@comity/core';
import { openShare, readHeader, type Share, sealWhole, writeShare } from '@comity/seal';
import { Command } from 'commander';
import { refuseWith } from '../output.ts';
import { openInput, STANDARD, writeOutput } from '../seal/ends.ts';
import { readIdentities } from '../seal/identities.ts';
import { answer } from '../seal/run.ts';
import { say } from '../words.ts';

interface Options {
  readonly identity: string;
  readonly output: string;
  readonly to?: string;
  readonly passphraseFile?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** `comity share`: a holder takes their share out of a jointly sealed file, for whoever opens it, sealed to them or as it is. */
export function shareCommand(): Command {
  return new Command('share')
    .description(say('share'))
    .argument('<file>', say('share.file'))
    .requiredOption('-i, --identity <file>', say('unseal.identity'))
    .requiredOption('-o, --output <file>', say('share.output'))
    .option('--to <recipient>', say('share.to'))
    .option('--passphrase-file <file>', say('option.passphrase-file'))
    .option('--force', say('option.force'))
    .option('--json', say('option.json'))
    .action(run);
}

async function run(file: string, options: Options): Promise<void> {
  const said = { json: options.json === true && options.output !== STANDARD };
  const share = await takeShare(file, options);
  if (!share.ok) return refuseWith(share.refusal, said);
  const bytes = options.to === undefined ? ok(writeShare(share.value)) : await sealWhole(writeShare(share.value), [options.to]);
  if (!bytes.ok) return refuseWith(bytes.refusal, said);
  const written = await writeOutput(options.output, bytes.value, options);
  if (!written.ok) return refuseWith(written.refusal, said);
  const { index, needed, count } = share.value;
  answer(
    { ...options, input: file },
    { json: { ok: true, file: options.output, index, needed, count }, sentence: say('share.done', { index, needed, count }) },
  );
}

async function takeShare(file: string, { identity, passphraseFile }: Options): Promise<Result<Share>> {
  const identities = await readIdentities(identity, passphraseFile);
  if (!identities.ok) return identities;
  const source = openInput(file);
  if (!source.ok) return source;
  const header = await readHeader(source.value);
  if (!header.ok) return header;
  for (const one of identities.value) {
    const share = await openShare(header.value, one);
    if (share.ok) return share;
  }
  return refuse('unseal-refused', file);
}

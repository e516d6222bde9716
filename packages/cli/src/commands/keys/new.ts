import { generateOfficeIdentity, type SealKind } from '@comity/seal';
import { Command, Option } from 'commander';
import { refuseWith } from '../../output.ts';
import { type KeyOptions, writeKey } from '../../seal/keyfile.ts';
import { answer } from '../../seal/run.ts';
import { say } from '../../words.ts';

interface Options extends KeyOptions {
  readonly kind: SealKind;
}

/** `comity keys new`: a key pair for an office; prints the public half. */
export function newCommand(): Command {
  return new Command('new')
    .description(say('keys.new'))
    .addOption(new Option('--kind <kind>', say('keys.kind')).choices(['hybrid', 'x25519']).default('hybrid'))
    .requiredOption('-o, --output <file>', say('keys.output'))
    .option('--protect', say('keys.protected'))
    .option('--passphrase-file <file>', say('option.passphrase-file'))
    .option('--json', say('option.json'))
    .action(run);
}

async function run(options: Options): Promise<void> {
  const office = await generateOfficeIdentity(options.kind);
  const written = await writeKey(office, options);
  if (!written.ok) return refuseWith(written.refusal, options);
  const json = { ok: true, file: options.output, recipient: office.recipient };
  answer({ ...options, input: '' }, { json, sentence: office.recipient });
}

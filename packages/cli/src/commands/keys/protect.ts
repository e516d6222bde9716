import { recipientOf } from '@comity/seal';
import { Command } from 'commander';
import { print, refuseWith } from '../../output.ts';
import { readIdentity } from '../../seal/identities.ts';
import { type KeyOptions, writeKey } from '../../seal/keyfile.ts';
import { say } from '../../words.ts';

interface Options extends KeyOptions {
  readonly oldPassphraseFile?: string;
}

/** `comity keys protect`: an identity under a passphrase, or under another one than before. */
export function protectCommand(): Command {
  return new Command('protect')
    .description(say('keys.protect'))
    .argument('<file>', say('keys.file'))
    .requiredOption('-o, --output <file>', say('keys.output'))
    .option('--passphrase-file <file>', say('option.passphrase-file'))
    .option('--old-passphrase-file <file>', say('keys.old-passphrase'))
    .option('--json', say('option.json'))
    .action(run);
}

async function run(file: string, options: Options): Promise<void> {
  const identity = await readIdentity(file, options.oldPassphraseFile);
  if (!identity.ok) return refuseWith(identity.refusal, options);
  const recipient = await recipientOf(identity.value);
  if (!recipient.ok) return refuseWith(recipient.refusal, options);
  const office = { identity: identity.value, recipient: recipient.value };
  const written = await writeKey(office, { ...options, protect: true });
  if (!written.ok) return refuseWith(written.refusal, options);
  const { output } = options;
  print(
    options.json === true ? JSON.stringify({ ok: true, file: output }) : say('keys.protected.done', { file: output, old: file }),
  );
}

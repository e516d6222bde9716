import { Command } from 'commander';
import { print, refuseWith } from '../../output.ts';
import { readIdentities, recipientsOf } from '../../seal/identities.ts';
import { say } from '../../words.ts';

interface Options {
  readonly passphraseFile?: string;
  readonly json?: boolean;
}

/** `comity keys recipient`: the public half of each identity in a key file. */
export function recipientCommand(): Command {
  return new Command('recipient')
    .description(say('keys.recipient'))
    .argument('<file>', say('keys.file'))
    .option('--passphrase-file <file>', say('option.passphrase-file'))
    .option('--json', say('option.json'))
    .action(run);
}

async function run(file: string, options: Options): Promise<void> {
  const identities = await readIdentities(file, options.passphraseFile);
  const recipients = identities.ok ? await recipientsOf(identities.value) : identities;
  if (!recipients.ok) return refuseWith(recipients.refusal, options);
  if (options.json === true) return print(JSON.stringify({ ok: true, recipients: recipients.value }));
  for (const recipient of recipients.value) print(recipient);
}

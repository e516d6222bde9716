import { rewrapInto } from '@comity/seal';
import { Command } from 'commander';
import { refuseWith } from '../../output.ts';
import { readIdentities, readRecipients } from '../../seal/identities.ts';
import { answer, type Passage, pass } from '../../seal/run.ts';
import { say } from '../../words.ts';

interface Options {
  readonly identity: string;
  readonly to?: readonly string[];
  readonly recipients?: readonly string[];
  readonly output: string;
  readonly passphraseFile?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** `comity keys rewrap`: a sealed file for other keys, its payload untouched and unopened. */
export function rewrapCommand(): Command {
  return new Command('rewrap')
    .description(say('keys.rewrap'))
    .argument('<file>', say('unseal.file'))
    .requiredOption('-i, --identity <file>', say('unseal.identity'))
    .option('--to <recipient...>', say('seal.to'))
    .option('-R, --recipients <file...>', say('seal.recipients'))
    .requiredOption('-o, --output <file>', say('keys.rewrap.output'))
    .option('--passphrase-file <file>', say('option.passphrase-file'))
    .option('--force', say('option.force'))
    .option('--json', say('option.json'))
    .addHelpText('after', `\n${say('keys.rewrap.help')}`)
    .action(run);
}

async function run(file: string, options: Options): Promise<void> {
  const recipients = readRecipients(options.to, options.recipients);
  if (!recipients.ok) return refuseWith(recipients.refusal, options);
  const identities = await readIdentities(options.identity, options.passphraseFile);
  if (!identities.ok) return refuseWith(identities.refusal, options);
  const passage: Passage = { ...options, input: file };
  const rewrapping = { identity: identities.value, recipients: recipients.value };
  const done = await pass(passage, (flow) => rewrapInto(flow, rewrapping));
  if (done === undefined) return;
  const json = { ok: true, file: options.output, before: done.digests?.input ?? '', after: done.digests?.output ?? '' };
  answer(passage, { json, sentence: say('keys.rewrap.done', { file: options.output, count: recipients.value.length }) });
}

import type { JsonObject, Result } from '@comity/core';
import { type Flow, type ShareSet, type Sizes, sealInto, sealJointlyInto } from '@comity/seal/file-to-file';
import { Command } from 'commander';
import { refuseWith } from '../output.ts';
import type { Digests } from '../seal/digests.ts';
import { STANDARD } from '../seal/ends.ts';
import { readRecipients } from '../seal/identities.ts';
import { answer, type Passage, pass } from '../seal/run.ts';
import { say } from '../words.ts';

interface Options {
  readonly to?: readonly string[];
  readonly recipients?: readonly string[];
  readonly jointly?: string;
  readonly output?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

type Sealed = Sizes & { readonly set?: ShareSet };

/** `comity seal`: a file or a stream becomes an age file that only its recipients open, each alone or several together. */
export function sealCommand(): Command {
  return new Command('seal')
    .description(say('seal'))
    .argument('<file>', say('seal.file'))
    .option('--to <recipient...>', say('seal.to'))
    .option('-R, --recipients <file...>', say('seal.recipients'))
    .option('--jointly <needed>', say('seal.jointly'))
    .option('-o, --output <file>', say('seal.output'))
    .option('--force', say('option.force'))
    .option('--json', say('option.json.digests'))
    .addHelpText('after', `\n${say('seal.help')}`)
    .action(run);
}

async function run(file: string, options: Options): Promise<void> {
  const recipients = readRecipients(options.to, options.recipients);
  if (!recipients.ok) return refuseWith(recipients.refusal, options);
  const output = options.output ?? (file === STANDARD ? STANDARD : `${file}.age`);
  const passage: Passage = { ...options, input: file, output };
  const done = await pass(passage, (flow) => sealFor(flow, recipients.value, options.jointly));
  if (done === undefined) return;
  const { value, digests } = done;
  const sentence = say(options.jointly === undefined ? 'seal.done' : 'seal.done.jointly', {
    file: output,
    count: recipients.value.length,
    needed: value.set?.needed ?? 1,
  });
  answer(passage, { json: sealedJson(output, value, digests), sentence });
}

function sealFor(flow: Flow, recipients: readonly string[], jointly: string | undefined): Promise<Result<Sealed>> {
  if (jointly === undefined) return sealInto(flow, recipients);
  return sealJointlyInto(flow, { needed: Number(jointly), holders: recipients });
}

function sealedJson(file: string, { plaintextSize, ciphertextSize, set }: Sealed, digests: Digests | undefined): JsonObject {
  return {
    ok: true,
    file,
    plaintext: { sha256: digests?.input ?? '', size: plaintextSize, ...digests?.salted },
    ciphertext: { sha256: digests?.output ?? '', size: ciphertextSize },
    ...(set === undefined ? {} : { joint: { id: set.id, needed: set.needed, commitments: set.commitments } }),
  };
}

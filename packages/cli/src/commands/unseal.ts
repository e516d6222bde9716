import { ok, type Result, refuse } from '@comity/core';
import { type Flow, type JointKeys, openJointlyInto, parseShare, type Sizes, unsealInto } from '@comity/seal/file-to-file';
import { Command } from 'commander';
import { refuseWith } from '../output.ts';
import { STANDARD } from '../seal/ends.ts';
import { readIdentities } from '../seal/identities.ts';
import { answer, type Passage, pass } from '../seal/run.ts';
import { readCommitments, readShares } from '../seal/shares.ts';
import { say } from '../words.ts';

interface Options {
  readonly identity?: string;
  readonly share?: readonly string[];
  readonly commitments?: string;
  readonly passphraseFile?: string;
  readonly output?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** How a file is opened. */
type Open = (flow: Flow) => Promise<Result<Sizes>>;

/** `comity unseal`: opens an age file with an identity, or with the shares of several holders. */
export function unsealCommand(): Command {
  return new Command('unseal')
    .description(say('unseal'))
    .argument('<file>', say('unseal.file'))
    .option('-i, --identity <file>', say('unseal.identity'))
    .option('--share <file...>', say('unseal.share'))
    .option('--commitments <file>', say('unseal.commitments'))
    .option('--passphrase-file <file>', say('option.passphrase-file'))
    .option('-o, --output <file>', say('unseal.output'))
    .option('--force', say('option.force'))
    .option('--json', say('option.json.digests'))
    .addHelpText('after', `\n${say('unseal.help')}`)
    .action(run);
}

async function run(file: string, options: Options): Promise<void> {
  const output = options.output ?? nameWithoutAge(file);
  if (output === undefined) return refuseWith({ code: 'field-missing', field: '--output' }, options);
  const open = await openerOf(options);
  if (!open.ok) return refuseWith(open.refusal, options);
  const passage: Passage = { ...options, input: file, output };
  const done = await pass(passage, open.value);
  if (done === undefined) return;
  const { plaintextSize, ciphertextSize } = done.value;
  const json = {
    ok: true,
    file: output,
    ciphertext: { sha256: done.digests?.input ?? '', size: ciphertextSize },
    plaintext: { sha256: done.digests?.output ?? '', size: plaintextSize },
  };
  answer(passage, { json, sentence: say('unseal.done', { file: output }) });
}

/** `x` for `x.age`, standard output for standard input. */
function nameWithoutAge(file: string): string | undefined {
  if (file === STANDARD) return STANDARD;
  return file.endsWith('.age') && file.length > 4 ? file.slice(0, -4) : undefined;
}

async function openerOf(options: Options): Promise<Result<Open>> {
  const identities = options.identity === undefined ? ok([]) : await readIdentities(options.identity, options.passphraseFile);
  if (!identities.ok) return identities;
  if (options.share === undefined) {
    if (options.identity === undefined) return refuse('field-missing', '--identity, --share');
    return ok((flow: Flow) => unsealInto(flow, identities.value));
  }
  const shares = await readShares(options.share, { identities: identities.value, parse: parseShare });
  if (!shares.ok) return shares;
  const keys = withCommitments({ shares: shares.value }, options.commitments);
  return keys.ok ? ok((flow: Flow) => openJointlyInto(flow, keys.value)) : keys;
}

function withCommitments(keys: JointKeys, file: string | undefined): Result<JointKeys> {
  if (file === undefined) return ok(keys);
  const commitments = readCommitments(file);
  return commitments.ok ? ok({ ...keys, commitments: commitments.value }) : commitments;
}

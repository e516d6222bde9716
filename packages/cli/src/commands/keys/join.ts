import { ok, type Result } from '@comity/core';
import { type EscrowShare, joinEscrow, parseEscrowShare, parseShareSet, recipientOf, type ShareSet } from '@comity/seal';
import { Command } from 'commander';
import { readJson, refuseWith } from '../../output.ts';
import { readIdentities } from '../../seal/identities.ts';
import { type KeyOptions, writeKey } from '../../seal/keyfile.ts';
import { answer } from '../../seal/run.ts';
import { readShares } from '../../seal/shares.ts';
import { say } from '../../words.ts';

interface Options extends KeyOptions {
  readonly identity?: string;
  readonly set?: string;
  readonly oldPassphraseFile?: string;
}

/** `comity keys join`: officers bring their office's lost identity back. */
export function joinCommand(): Command {
  return new Command('join')
    .description(say('keys.join'))
    .argument('<share...>', say('keys.join.shares'))
    .requiredOption('-o, --output <file>', say('keys.output'))
    .option('--set <file>', say('keys.join.set'))
    .option('-i, --identity <file>', say('keys.join.identity'))
    .option('--old-passphrase-file <file>', say('keys.old-passphrase'))
    .option('--protect', say('keys.protected'))
    .option('--passphrase-file <file>', say('option.passphrase-file'))
    .option('--json', say('option.json'))
    .action(run);
}

async function run(files: readonly string[], options: Options): Promise<void> {
  const office = await join(files, options);
  if (!office.ok) return refuseWith(office.refusal, options);
  const written = await writeKey(office.value, options);
  if (!written.ok) return refuseWith(written.refusal, options);
  const { recipient } = office.value;
  answer({ ...options, input: '' }, { json: { ok: true, file: options.output, recipient }, sentence: recipient });
}

async function join(files: readonly string[], options: Options): Promise<Result<{ identity: string; recipient: string }>> {
  const shares = await sharesIn(files, options);
  if (!shares.ok) return shares;
  const set = options.set === undefined ? ok(undefined) : readSet(options.set);
  if (!set.ok) return set;
  const identity = await joinEscrow(shares.value, set.value);
  if (!identity.ok) return identity;
  const recipient = await recipientOf(identity.value);
  return recipient.ok ? ok({ identity: identity.value, recipient: recipient.value }) : recipient;
}

async function sharesIn(files: readonly string[], options: Options): Promise<Result<readonly EscrowShare[]>> {
  const { identity, oldPassphraseFile } = options;
  const identities = identity === undefined ? ok([]) : await readIdentities(identity, oldPassphraseFile);
  return identities.ok ? readShares(files, { identities: identities.value, parse: parseEscrowShare }) : identities;
}

function readSet(file: string): Result<ShareSet> {
  const json = readJson(file);
  return json.ok ? parseShareSet(json.value) : json;
}

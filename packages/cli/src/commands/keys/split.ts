import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson, ok, type Result, refuse, utf8 } from '@comity/core';
import { type EscrowShare, escrowIdentity, sealWhole } from '@comity/seal';
import { Command } from 'commander';
import { print, refuseWith } from '../../output.ts';
import { writeOutput } from '../../seal/ends.ts';
import { readIdentity } from '../../seal/identities.ts';
import { say } from '../../words.ts';

interface Options {
  readonly shares: string;
  readonly needed: string;
  readonly output: string;
  readonly to?: readonly string[];
  readonly passphraseFile?: string;
  readonly json?: boolean;
}

/** `comity keys split`: an office's identity in shares for its own officers, in case it is lost. */
export function splitCommand(): Command {
  return new Command('split')
    .description(say('keys.split'))
    .argument('<file>', say('keys.file'))
    .requiredOption('--shares <number>', say('keys.split.shares'))
    .requiredOption('--needed <number>', say('keys.split.needed'))
    .requiredOption('-o, --output <dir>', say('keys.split.output'))
    .option('--to <recipient...>', say('keys.split.to'))
    .option('--passphrase-file <file>', say('option.passphrase-file'))
    .option('--json', say('option.json'))
    .action(run);
}

async function run(file: string, options: Options): Promise<void> {
  const files = await split(file, options);
  if (!files.ok) return refuseWith(files.refusal, options);
  const shares = files.value.slice(1);
  const written = await writeAll(files.value, options.output);
  if (!written.ok) return refuseWith(written.refusal, options);
  const names = shares.map(({ name }) => join(options.output, name));
  if (options.json === true) return print(JSON.stringify({ ok: true, shares: names, set: join(options.output, 'set.json') }));
  print(say('keys.split.done', { shares: shares.length, needed: options.needed, dir: options.output }));
}

interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** All files before any is written: the public set, then one for each officer. */
async function split(file: string, { shares, needed, to, passphraseFile }: Options): Promise<Result<readonly NamedBytes[]>> {
  if (to !== undefined && to.length !== Number(shares)) return refuse('field-invalid', '--to', { shares, given: to.length });
  const identity = await readIdentity(file, passphraseFile);
  if (!identity.ok) return identity;
  const made = await escrowIdentity(identity.value, { needed: Number(needed), count: Number(shares) });
  if (!made.ok) return made;
  const files: NamedBytes[] = made.value.slice(0, 1).map(({ set }) => ({ name: 'set.json', bytes: lineOf(set) }));
  for (const [i, share] of made.value.entries()) {
    const one = await fileOf(share, to?.[i]);
    if (!one.ok) return refuse(one.refusal.code, `--to ${i + 1}`);
    files.push(one.value);
  }
  return ok(files);
}

async function fileOf(share: EscrowShare, recipient: string | undefined): Promise<Result<NamedBytes>> {
  const name = `share-${share.share.index}`;
  if (recipient === undefined) return ok({ name: `${name}.json`, bytes: lineOf(share) });
  const sealed = await sealWhole(lineOf(share), [recipient]);
  return sealed.ok ? ok({ name: `${name}.age`, bytes: sealed.value }) : sealed;
}

async function writeAll(files: readonly NamedBytes[], dir: string): Promise<Result<undefined>> {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  for (const { name, bytes } of files) {
    const written = await writeOutput(join(dir, name), bytes, {});
    if (!written.ok) return written;
  }
  return ok(undefined);
}

function lineOf(value: unknown): Uint8Array {
  return utf8(`${canonicalJson(value)}\n`);
}

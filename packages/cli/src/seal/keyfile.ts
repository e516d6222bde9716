import { type Instant, ok, type Result, toInstant, utf8 } from '@comity/core';
import { type OfficeIdentity, protectIdentity, writeIdentityFile } from '@comity/seal';
import { writeOutput } from './ends.ts';
import { newPassphrase } from './passphrase.ts';

/** Where a key goes, and whether under a passphrase. */
export interface KeyOptions {
  readonly output: string;
  readonly protect?: boolean;
  readonly passphraseFile?: string;
  readonly json?: boolean;
}

/** Writes an identity to a new file that only its owner may read. A key file is never replaced: `file-exists`. */
export async function writeKey(office: OfficeIdentity, options: KeyOptions): Promise<Result<undefined>> {
  const text = await textOf(office, options);
  return text.ok ? writeOutput(options.output, utf8(text.value), {}) : text;
}

async function textOf(office: OfficeIdentity, { protect = false, passphraseFile }: KeyOptions): Promise<Result<string>> {
  if (!protect && passphraseFile === undefined) return ok(writeIdentityFile(office, now()));
  const passphrase = await newPassphrase(passphraseFile);
  return passphrase.ok ? ok(await protectIdentity(office.identity, passphrase.value)) : passphrase;
}

function now(): Instant {
  return toInstant(Date.now());
}

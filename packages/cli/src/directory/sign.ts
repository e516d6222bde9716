import { renameSync, writeFileSync } from 'node:fs';
import { type Directory, ok, openDirectory, type Result, refuse, type SignedDirectory, toInstant } from '@comity/core';
import { ed25519Verify, enterKey, signDirectory, signerOf } from '@comity/node/beside';
import { readJson } from '../output.ts';
import { readSigningKey } from '../signingKey.ts';
import { readDirectory } from './read.ts';

/** What the keeper of a directory signs anew. */
export interface SignAsk {
  readonly directory: string;
  readonly key: string;
  /** Key statements of parties, taken in this order. */
  readonly statement?: readonly string[];
  readonly days: string;
  readonly output: string;
}

const DAY = 86_400_000;
const MOST_DAYS = 400;

/**
 * Signs a directory anew for some days, with what key statements ask for. All of them or none: the first that cannot be taken is refused and nothing is written. Errors:
 * `not-found`, `body-not-json`, `field-invalid` with the option, `message-signature-invalid` when the directory is not this keeper's, those of `enterKey` with the file.
 */
export function signAnew(ask: SignAsk): Result<SignedDirectory> {
  const days = Number(ask.days);
  if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS)
    return refuse('field-invalid', '--days', { kind: `1-${MOST_DAYS}` });
  const key = readSigningKey(ask.key);
  if (!key.ok) return key;
  const read = readDirectory(ask.directory);
  if (!read.ok) return read;
  // One that has run out can be signed anew; one that another keeper signed cannot.
  const opened = openDirectory(read.value, key.value.x, { verify: ed25519Verify, now: '' });
  if (!opened.ok) return opened;
  const now = Date.now();
  const dates = { now: toInstant(now), until: toInstant(now + days * DAY) };
  let directory: Directory = { ...opened.value, issued: dates.now, until: dates.until };
  for (const file of ask.statement ?? []) {
    const statement = readJson(file);
    if (!statement.ok) return statement;
    const entered = enterKey(directory, statement.value, dates);
    if (!entered.ok) return refuse(entered.refusal.code, `${file}: ${entered.refusal.field ?? ''}`);
    directory = entered.value;
  }
  const signed = signDirectory(directory, signerOf(key.value));
  writeFileSync(`${ask.output}.part`, `${JSON.stringify(signed, null, 2)}\n`);
  renameSync(`${ask.output}.part`, ask.output);
  return ok(signed);
}

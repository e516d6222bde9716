import { renameSync, writeFileSync } from 'node:fs';
import { type Directory, type Env, openDirectory, type Result, type SignedDirectory, toInstant } from '@comity/core';
import { ed25519Verify } from '@comity/node/keys';
import { parseDirectory, readDirectory } from '../directory/read.ts';
import { parseJson } from '../output.ts';
import { say } from '../words.ts';

/** Milliseconds between two looks. */
const EVERY = 60_000;
/** Patience with one look. */
const TIMEOUT = 10_000;
/** Characters of the largest directory that is read. */
const MOST = 1 << 26;

/** Where a newer directory may be found, and what it must be to take the place of the one in the file. */
export interface DirectorySource {
  readonly url: string;
  readonly file: string;
  readonly env: Env;
  readonly directoryKey: string;
}

/** Looks again and again whether an address hands out a newer directory. */
export function fetchDirectory(source: DirectorySource): { readonly stop: () => void } {
  const timer = setInterval(() => void look(source), EVERY).unref();
  void look(source);
  return { stop: () => clearInterval(timer) };
}

/**
 * Looks once. A newer directory that the keeper has signed takes the place of the one in the file, whence the node takes it up. Whoever hands it out need not be trusted: they can
 * only hold it back. `none` also where the address does not answer.
 */
export async function look({ url, file, env, directoryKey }: DirectorySource): Promise<'newer' | 'none'> {
  const given = await directoryAt(url);
  const directory = given?.ok === true ? openedBy(directoryKey, given.value) : undefined;
  const here = readDirectory(file);
  const newer = directory?.env === env && (!here.ok || here.value.directory.issued < directory.issued);
  if (!newer || given?.ok !== true) return 'none';
  writeFileSync(`${file}.part`, `${JSON.stringify(given.value, null, 2)}\n`);
  renameSync(`${file}.part`, file);
  process.stderr.write(`${say('node.directory.fetched', { url })}\n`);
  return 'newer';
}

function openedBy(key: string, signed: SignedDirectory): Directory | undefined {
  try {
    const opened = openDirectory(signed, key, { verify: ed25519Verify, now: toInstant(Date.now()) });
    return opened.ok ? opened.value : undefined;
  } catch {
    // A signature that is no base64url.
    return undefined;
  }
}

async function directoryAt(url: string): Promise<Result<SignedDirectory> | undefined> {
  try {
    const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT) });
    const json = answer.ok ? parseJson(await textOf(answer), url) : undefined;
    return json?.ok === true ? parseDirectory(json.value) : undefined;
  } catch {
    // It is asked again.
    return undefined;
  }
}

/** Whoever answers decides what, not how much of our memory it fills. */
async function textOf(answer: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const piece of answer.body ?? []) {
    text += decoder.decode(piece, { stream: true });
    if (text.length > MOST) throw new RangeError('too long');
  }
  return text + decoder.decode();
}

import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto';
import { link, readFile } from 'node:fs/promises';
import { canonicalJson, type Env, isJsonObject, type Json, type JsonObject } from '@comity/core';
import { isMissing, shred, writeDurably } from '../disk.ts';
import { deriveKey, type KeyDerivation, type KeystoreSecret, newKeyFrom } from './keystoreSecret.ts';

const FORMAT = 'comity-keystore';
const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** The keys as an earlier version left them lie under this name, in clear, until they are overwritten. */
const CLEAR = '.clear';

/** What stands in clear in a keystore's file: whose it is, and how its key is derived. All of it is bound to what is sealed. */
interface Label {
  readonly format: typeof FORMAT;
  readonly v: 1;
  readonly env: Env;
  readonly party: string;
  readonly kdf: KeyDerivation;
}

/** A keystore's file: its content, and whether it lay in clear, as earlier versions wrote it. */
export interface ReadStore {
  readonly content: unknown;
  readonly clear: boolean;
}

/** Reads a keystore's file; undefined when there is none. Throws, in words for the operator and without anything of its content, when it cannot be opened with this secret. */
export async function readSealed(file: string, secret: KeystoreSecret): Promise<ReadStore | undefined> {
  // What a crash left in clear after it was sealed.
  await shred(file + CLEAR);
  const text = await textOf(file);
  if (text === undefined) return undefined;
  const stored = jsonOf(text);
  if (!isJsonObject(stored)) throw new Error(`${file} is no keystore.`);
  if (stored['format'] !== FORMAT) return { content: stored, clear: true };
  const { sealed, ...label } = stored;
  // Parser: a label of another form derives another key or none, and what is sealed then does not open.
  const { kdf } = label as unknown as Label;
  const key = await deriveKey(secret, kdf);
  try {
    return { content: unsealed(key, label, Buffer.from(String(sealed), 'base64url')), clear: false };
  } catch {
    throw new Error(`${file} does not open with this secret, or was altered.`);
  }
}

/** Throws when the tag does not fit: another key, another label, or altered bytes. */
function unsealed(key: KeyObject, label: JsonObject, bytes: Buffer): unknown {
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(canonicalJson(label))).setAuthTag(bytes.subarray(-TAG_BYTES));
  const start = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
  return JSON.parse(Buffer.concat([start, decipher.final()]).toString('utf8'));
}

/** Puts a keystore's file in its place, sealed (AES-256-GCM, NIST SP 800-38D), whole or not at all. What lay there in clear is overwritten. */
export async function writeSealed(
  file: string,
  store: { readonly env: Env; readonly party: string },
  secret: KeystoreSecret,
): Promise<void> {
  const { kdf, key } = await newKeyFrom(secret);
  const label: Label = { format: FORMAT, v: 1, env: store.env, party: store.party, kdf };
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(canonicalJson(label as unknown as Json)));
  const sealed = Buffer.concat([nonce, cipher.update(JSON.stringify(store), 'utf8'), cipher.final(), cipher.getAuthTag()]);
  const wasClear = (await textOf(file))?.includes(`"${FORMAT}"`) === false;
  await shred(file + CLEAR);
  if (wasClear) await link(file, file + CLEAR);
  await writeDurably(file, JSON.stringify({ ...label, sealed: sealed.toString('base64url') }));
  if (wasClear) await shred(file + CLEAR);
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

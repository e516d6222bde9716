import { fromBase64, fromUtf8, isJsonObject, type Json, toBase64, utf8 } from '@comity/core';

/** As OWASP advises for PBKDF2 with HMAC-SHA-256 (2023). */
const ROUNDS = 600_000;
const MOST_ROUNDS = 10_000_000;
const SALT_BYTES = 16;
const NONCE_BYTES = 12;
/** Characters of a passphrase at least: it alone protects the file, wherever that goes. */
export const SHORTEST = 12;
/** A draft is text that somebody typed: bytes of a file at most. */
export const MOST_BYTES = 4 << 20;

/** What a file was: a draft, none, or one that does not open: another passphrase, another form, or touched, which look alike. */
export type Opened =
  | { readonly ok: true; readonly draft: unknown }
  | { readonly ok: false; readonly why: 'no-draft' | 'not-opened' };

/**
 * A draft as a file to be carried to another computer, or to one without a network: AES-256-GCM under a key from a passphrase (PBKDF2, RFC 8018). It opens in the form of
 * the same name alone. Out: the text of the file.
 */
export async function sealDraft(name: string, draft: unknown, passphrase: string): Promise<string> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const key = await keyOf(passphrase, { salt, rounds: ROUNDS });
  const plain = new Uint8Array(utf8(JSON.stringify(draft)));
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: about(name) }, key, plain);
  const [saltText, ivText, sealedText] = [salt, iv, new Uint8Array(sealed)].map((bytes) => toBase64(bytes));
  return JSON.stringify({ kind: 'comity-draft', v: 1, rounds: ROUNDS, salt: saltText, iv: ivText, sealed: sealedText });
}

/** Opens such a file in the form of a name. */
export async function openDraft(name: string, text: string, passphrase: string): Promise<Opened> {
  const file = readFile(text);
  if (file === undefined) return { ok: false, why: 'no-draft' };
  const key = await keyOf(passphrase, file);
  try {
    const way = { name: 'AES-GCM', iv: file.iv, additionalData: about(name) };
    const plain = await crypto.subtle.decrypt(way, key, file.sealed);
    return { ok: true, draft: JSON.parse(fromUtf8(new Uint8Array(plain))) };
  } catch {
    return { ok: false, why: 'not-opened' };
  }
}

interface DraftFile {
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly sealed: Uint8Array<ArrayBuffer>;
  readonly rounds: number;
}

function readFile(text: string): DraftFile | undefined {
  try {
    const json: Json = JSON.parse(text);
    if (!isJsonObject(json) || json['kind'] !== 'comity-draft' || json['v'] !== 1) return undefined;
    const rounds = json['rounds'];
    // A file must not keep this computer busy for hours.
    if (typeof rounds !== 'number' || !Number.isInteger(rounds) || rounds < ROUNDS || rounds > MOST_ROUNDS) return undefined;
    const bytes = (member: string): Uint8Array<ArrayBuffer> => new Uint8Array(fromBase64(String(json[member])));
    const file = { salt: bytes('salt'), iv: bytes('iv'), sealed: bytes('sealed'), rounds };
    return file.salt.length === SALT_BYTES && file.iv.length === NONCE_BYTES ? file : undefined;
  } catch {
    return undefined;
  }
}

async function keyOf(passphrase: string, { salt, rounds }: Pick<DraftFile, 'salt' | 'rounds'>): Promise<CryptoKey> {
  const typed = await crypto.subtle.importKey('raw', new Uint8Array(utf8(passphrase.normalize('NFC'))), 'PBKDF2', false, [
    'deriveKey',
  ]);
  const way = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds };
  return crypto.subtle.deriveKey(way, typed, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

function about(name: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(utf8(`comity/draft/v1\n${name}`));
}

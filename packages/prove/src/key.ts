import { fromBase64, join, sameBytes, toBase64, toHex, utf8 } from './bytes.ts';
import type { Sha256 } from './hash.ts';
import { found, type Outcome, refused } from './refusal.ts';

/** Ed25519 signature over a note's text (C2SP signed-note), the kind a log signs its checkpoints with. */
export const NOTE_SIGNATURE = 0x01;
/** Ed25519 cosignature/v1 over a checkpoint with a time (C2SP tlog-cosignature), the kind a witness gives. */
export const COSIGNATURE = 0x04;

/** ML-DSA-44 cosignature of a tree with a time (C2SP tlog-cosignature): a log signs its checkpoints with it too, and witnesses should. */
export const MLDSA_COSIGNATURE = 0x06;

/** The kinds of key of this package; the kind is part of the key, so that one cannot stand in for another. */
export type KeyKind = typeof NOTE_SIGNATURE | typeof COSIGNATURE | typeof MLDSA_COSIGNATURE;

/** A public key with the name that its signatures carry. */
export interface VerifierKey {
  readonly name: string;
  /** First four bytes of SHA-256(name || "\n" || kind || key), as eight hexadecimal digits. Ids can collide: they find keys, they prove nothing. */
  readonly id: string;
  readonly kind: KeyKind;
  /** 32 bytes (RFC 8032), or 1,312 bytes (FIPS 204) when the kind is MLDSA_COSIGNATURE. */
  readonly publicKey: Uint8Array;
}

const KEY_BYTES: Readonly<Record<KeyKind, number>> = { [NOTE_SIGNATURE]: 32, [COSIGNATURE]: 32, [MLDSA_COSIGNATURE]: 1312 };
const FORM = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/u;
const NAME = /^[^\p{White_Space}+]+$/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what a note must not hold (C2SP signed-note).
const CONTROL = /[\u0000-\u001f]/;

/** Whether a text can name a key: not empty, no Unicode space, no plus, no control character, valid UTF-16 (C2SP signed-note). */
export function isKeyName(name: string): boolean {
  return NAME.test(name) && !CONTROL.test(name) && name.isWellFormed();
}

/** A verifier key from its parts. Throws on an impossible name and on a key that does not have the length of its kind. */
export function verifierKey(key: Pick<VerifierKey, 'name' | 'kind' | 'publicKey'>, sha256: Sha256): VerifierKey {
  const { name, kind, publicKey } = key;
  if (!isKeyName(name)) throw new TypeError('a key name is not empty and has no space, plus or control character');
  if (publicKey.length !== KEY_BYTES[kind]) throw new TypeError('a public key has 32 bytes, of ML-DSA-44 1,312');
  const id = toHex(sha256(join([utf8(`${name}\n`), Uint8Array.of(kind), publicKey])).subarray(0, 4));
  return { name, id, kind, publicKey };
}

/** The key as text: `<name>+<id>+<base64 of kind and key>`, a "vkey" of C2SP signed-note. */
export function formatVerifierKey(key: VerifierKey): string {
  return `${key.name}+${key.id}+${toBase64(join([Uint8Array.of(key.kind), key.publicKey]))}`;
}

/** Reads a vkey; refuses kinds other than the three of this package, a key of another length, and an id that is not the key's. */
export function parseVerifierKey(text: string, sha256: Sha256): Outcome<VerifierKey> {
  const [, name, id, encoded] = FORM.exec(text) ?? [];
  const bytes = encoded === undefined ? undefined : fromBase64(encoded);
  if (name === undefined || bytes === undefined || !isKeyName(name)) return refused('malformed-key', 'not a verifier key');
  const kind = bytes[0];
  if (!isKeyKind(kind)) return refused('malformed-key', 'a kind of key that is not known here');
  if (bytes.length !== 1 + KEY_BYTES[kind]) return refused('malformed-key', 'a key that does not have the length of its kind');
  const key = verifierKey({ name, kind, publicKey: bytes.slice(1) }, sha256);
  return key.id === id ? found(key) : refused('malformed-key', 'the key id does not belong to the key');
}

/** Whether two keys are one: the same public key under another name or kind is a duplicate (C2SP tlog-policy). */
export function samePublicKey(a: VerifierKey, b: VerifierKey): boolean {
  return sameBytes(a.publicKey, b.publicKey);
}

function isKeyKind(kind: number | undefined): kind is KeyKind {
  return kind === NOTE_SIGNATURE || kind === COSIGNATURE || kind === MLDSA_COSIGNATURE;
}

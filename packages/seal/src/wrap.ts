import { randomBytes } from 'node:crypto';
import { decodeBech32 } from './bech32.ts';
import { decapsulateWith, encapsulateTo, PUBLIC_BYTES } from './hybrid-kem.ts';
import { kindOfIdentity, kindOfRecipient } from './kinds.ts';
import { agree, hkdf, hmac, openBytes, publicOf, sealBytes, TAG_BYTES } from './primitives.ts';
import { fromUnpadded, toUnpadded, type WrapStanza } from './stanza.ts';

/** Wraps a file key for a recipient of C2SP age, X25519 or mlkem768x25519; undefined for a text that is none or a key that is not sound. */
export function wrapFor(recipient: string, fileKey: Uint8Array): WrapStanza | undefined {
  const kind = kindOfRecipient(recipient);
  if (kind === 'hybrid') return wrapHybrid(bytesOf(recipient, { prefix: 'age1pq', length: PUBLIC_BYTES }), fileKey);
  return kind === 'x25519' ? wrapClassical(bytesOf(recipient, { prefix: 'age', length: 32 }), fileKey) : undefined;
}

/** An identity that opens stanzas; undefined for a text that is none. */
export function unwrapperOf(identity: string): Unwrap | undefined {
  const kind = kindOfIdentity(identity);
  const prefix = kind === 'hybrid' ? 'age-secret-key-pq-' : 'age-secret-key-';
  const secret = kind === undefined ? undefined : bytesOf(identity.toLowerCase(), { prefix, length: 32 });
  if (secret === undefined) return undefined;
  return kind === 'hybrid' ? (stanza) => unwrapHybrid(secret, stanza) : (stanza) => unwrapClassical(secret, stanza);
}

/** The file key in a stanza; undefined when it is for somebody else; `broken` when it is of the kind and not well made, which spoils the file. */
export type Unwrap = (stanza: WrapStanza) => Uint8Array | 'broken' | undefined;

const NO_NONCE = Buffer.alloc(12);
/** A wrapped file key: 16 bytes and a tag. Checked before it is opened, or its length would tell something of the key. */
const WRAPPED_BYTES = 16 + TAG_BYTES;

function wrapClassical(recipient: Uint8Array | undefined, fileKey: Uint8Array): WrapStanza | undefined {
  if (recipient === undefined) return undefined;
  const ephemeral = randomBytes(32);
  const agreed = agree(ephemeral, recipient);
  if (agreed === undefined) return undefined;
  const sent = publicOf(ephemeral);
  const body = Buffer.concat(sealBytes(fileKey, classicalKey(agreed, sent, recipient), NO_NONCE));
  return { args: ['X25519', toUnpadded(sent)], body };
}

function unwrapClassical(secret: Uint8Array, { args, body }: WrapStanza): ReturnType<Unwrap> {
  if (args[0] !== 'X25519') return undefined;
  const sent = args.length === 2 ? fromUnpadded(args[1] ?? '') : undefined;
  const agreed = sent?.length === 32 ? agree(secret, sent) : undefined;
  if (sent === undefined || agreed === undefined || body.length !== WRAPPED_BYTES) return 'broken';
  return openBytes(body, classicalKey(agreed, sent, publicOf(secret)), NO_NONCE);
}

/** C2SP age, "X25519". */
function classicalKey(agreed: Uint8Array, sent: Uint8Array, recipient: Uint8Array): Uint8Array {
  return hkdf(agreed, { salt: Buffer.concat([sent, recipient]), info: 'age-encryption.org/v1/X25519', length: 32 });
}

function wrapHybrid(recipient: Uint8Array | undefined, fileKey: Uint8Array): WrapStanza | undefined {
  const made = recipient === undefined ? undefined : encapsulateTo(recipient);
  if (made === undefined) return undefined;
  const { key, nonce } = hpke(made.secret);
  return { args: ['mlkem768x25519', toUnpadded(made.encapsulated)], body: Buffer.concat(sealBytes(fileKey, key, nonce)) };
}

function unwrapHybrid(seed: Uint8Array, { args, body }: WrapStanza): ReturnType<Unwrap> {
  if (args[0] !== 'mlkem768x25519') return undefined;
  const sent = args.length === 2 ? fromUnpadded(args[1] ?? '') : undefined;
  const secret = sent === undefined ? undefined : decapsulateWith(seed, sent);
  if (secret === undefined || body.length !== WRAPPED_BYTES) return 'broken';
  const { key, nonce } = hpke(secret);
  return openBytes(body, key, nonce);
}

/** HPKE (RFC 9180) in base mode: MLKEM768-X25519 0x647a, HKDF-SHA-256 0x0001, ChaCha20-Poly1305 0x0003. */
const SUITE = Buffer.from('HPKE\x64\x7a\x00\x01\x00\x03', 'latin1');
/** C2SP age, "mlkem768x25519". */
const INFO = Buffer.from('age-encryption.org/mlkem768x25519');

/** KeySchedule of RFC 9180 section 5.1, without a pre-shared key. */
function hpke(secret: Uint8Array): { readonly key: Uint8Array; readonly nonce: Uint8Array } {
  const none = Buffer.alloc(0);
  const context = Buffer.concat([Buffer.of(0), extract(none, 'psk_id_hash', none), extract(none, 'info_hash', INFO)]);
  const root = extract(secret, 'secret', none);
  return { key: expand(root, 'key', { context, length: 32 }), nonce: expand(root, 'base_nonce', { context, length: 12 }) };
}

/** LabeledExtract of RFC 9180 section 4: HKDF-Extract is HMAC under the salt. */
function extract(salt: Uint8Array, label: string, material: Uint8Array): Uint8Array {
  return hmac(salt, Buffer.concat([Buffer.from('HPKE-v1'), SUITE, Buffer.from(label), material]));
}

/** LabeledExpand of RFC 9180 section 4, for at most one block of HKDF-Expand. */
function expand(
  root: Uint8Array,
  label: string,
  { context, length }: { readonly context: Uint8Array; readonly length: number },
): Uint8Array {
  const info = Buffer.concat([Buffer.of(0, length), Buffer.from('HPKE-v1'), SUITE, Buffer.from(label), context]);
  return hmac(root, Buffer.concat([info, Buffer.of(1)])).subarray(0, length);
}

/** Bytes behind Bech32; undefined for a wrong checksum, prefix or length. */
function bytesOf(text: string, { prefix, length }: { readonly prefix: string; readonly length: number }): Uint8Array | undefined {
  const decoded = decodeBech32(text);
  return decoded?.prefix === prefix && decoded.bytes.length === length ? decoded.bytes : undefined;
}

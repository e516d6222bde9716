import { join, utf8 } from './bytes.ts';
import { parseCheckpoint } from './checkpoint.ts';
import { COSIGNATURE, MLDSA_COSIGNATURE, NOTE_SIGNATURE, type VerifierKey } from './key.ts';
import type { NoteSignature } from './note.ts';
import { ED25519_SIGNATURE_BYTES, MLDSA_SIGNATURE_BYTES, type SignatureChecks } from './signature.ts';
import { isSize } from './size.ts';

const TIME_BYTES = 8;
/** Longest name and origin that the ML-DSA-44 message has room for. */
const MAX_NAME_BYTES = 255;
const MLDSA_LABEL = utf8('subtree/v1\n\0');

/** What a cosignature is over. */
export interface Cosigned {
  /** The text of the checkpoint, as it stands in the note. */
  readonly text: string;
  /** Seconds since 1970. Never 0: that is how C2SP tlog-cosignature spells "no time", and a checkpoint is cosigned with one. */
  readonly time: bigint;
}

/**
 * What a cosigner signs (C2SP tlog-cosignature). Ed25519: header line, time line and the whole text. ML-DSA-44: the `cosigned_message`
 * structure with the cosigner's name, the time, and origin, size and root of the checkpoint as the subtree from 0 to its size;
 * extension lines are not in it. Throws on a key for notes, a time outside 1 to 2^63 - 1, and, for ML-DSA-44, a text that is no
 * checkpoint or a name or origin above 255 bytes.
 */
export function cosignatureMessage({ text, time }: Cosigned, key: VerifierKey): Uint8Array {
  if (!isTime(time)) throw new RangeError('a time is 1 to 2^63 - 1 seconds');
  if (key.kind === NOTE_SIGNATURE) throw new TypeError('this key is not for cosigning');
  if (key.kind === COSIGNATURE) return utf8(`cosignature/v1\ntime ${time}\n${text}`);
  const checkpoint = parseCheckpoint(text);
  if (!checkpoint.ok) throw new TypeError('an ML-DSA-44 cosignature is over a checkpoint');
  const { origin, size, root } = checkpoint.value;
  return join([MLDSA_LABEL, opaque(key.name), uint64(time), opaque(origin), uint64(0n), uint64(size), root]);
}

/** Time and signature as they stand in a signature line: 8 bytes big-endian, then the signature of the key's kind. Throws on other lengths. */
export function encodeCosignature(time: bigint, signature: Uint8Array, key: VerifierKey): Uint8Array {
  if (!isTime(time) || signature.length !== signatureBytes(key)) throw new RangeError('not a cosignature');
  return join([uint64(time), signature]);
}

/**
 * The time of a cosignature over a checkpoint's text, in seconds since 1970, when the signature is by this key; undefined otherwise,
 * also for the time 0. Whether a time in the future counts is for the caller's policy.
 */
export function verifyCosignature(
  { text, line }: { readonly text: string; readonly line: NoteSignature },
  key: VerifierKey,
  checks: SignatureChecks,
): bigint | undefined {
  const { signature } = line;
  if (key.kind === NOTE_SIGNATURE || line.name !== key.name || line.id !== key.id) return undefined;
  if (signature.length !== TIME_BYTES + signatureBytes(key)) return undefined;
  const time = new DataView(signature.buffer, signature.byteOffset).getBigUint64(0);
  if (!isTime(time) || !canBeCosigned(text, key)) return undefined;
  const verify = key.kind === COSIGNATURE ? checks.ed25519 : checks.mlDsa44;
  return verify(key.publicKey, cosignatureMessage({ text, time }, key), signature.subarray(TIME_BYTES)) ? time : undefined;
}

function canBeCosigned(text: string, key: VerifierKey): boolean {
  if (key.kind === COSIGNATURE) return true;
  const checkpoint = parseCheckpoint(text);
  return checkpoint.ok && [key.name, checkpoint.value.origin].every((name) => utf8(name).length <= MAX_NAME_BYTES);
}

function signatureBytes(key: VerifierKey): number {
  return key.kind === MLDSA_COSIGNATURE ? MLDSA_SIGNATURE_BYTES : ED25519_SIGNATURE_BYTES;
}

function isTime(time: bigint): boolean {
  return time > 0n && isSize(time);
}

/** A text with its length before it in one byte (RFC 8446 section 3.4). */
function opaque(text: string): Uint8Array {
  const bytes = utf8(text);
  if (bytes.length > MAX_NAME_BYTES) throw new RangeError('a name or origin in an ML-DSA-44 cosignature is at most 255 bytes');
  return join([Uint8Array.of(bytes.length), bytes]);
}

function uint64(number: bigint): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, number);
  return bytes;
}

import { utf8 } from './bytes.ts';
import { COSIGNATURE, type VerifierKey } from './key.ts';
import type { NoteSignature } from './note.ts';
import { isSize } from './size.ts';

/** Checks an Ed25519 signature (RFC 8032): public key 32 bytes, signature 64 bytes. Handed in. */
export type Ed25519Verify = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;

const TIME_BYTES = 8;
const SIGNATURE_BYTES = 64;

/** What a cosigner signs: header line, time line, and the text of the checkpoint (C2SP tlog-cosignature, Ed25519). `time` in seconds since 1970. */
export function cosignatureMessage(text: string, time: bigint): Uint8Array {
  if (!isSize(time)) throw new RangeError('a time is 0 to 2^63 - 1 seconds');
  return utf8(`cosignature/v1\ntime ${time}\n${text}`);
}

/** Time and Ed25519 signature as they stand in a signature line: 8 bytes big-endian, then 64 bytes. */
export function encodeCosignature(time: bigint, signature: Uint8Array): Uint8Array {
  if (!isSize(time) || signature.length !== SIGNATURE_BYTES) throw new RangeError('not a cosignature');
  const bytes = new Uint8Array(TIME_BYTES + SIGNATURE_BYTES);
  new DataView(bytes.buffer).setBigUint64(0, time);
  bytes.set(signature, TIME_BYTES);
  return bytes;
}

/**
 * The time of a cosignature over a checkpoint's text, in seconds since 1970, when the signature is by this key; undefined otherwise.
 * Whether a time in the future counts is for the caller's policy.
 */
export function verifyCosignature(
  { text, line }: { readonly text: string; readonly line: NoteSignature },
  key: VerifierKey,
  verify: Ed25519Verify,
): bigint | undefined {
  const { signature } = line;
  if (key.kind !== COSIGNATURE || line.name !== key.name || line.id !== key.id) return undefined;
  if (signature.length !== TIME_BYTES + SIGNATURE_BYTES) return undefined;
  const time = new DataView(signature.buffer, signature.byteOffset).getBigUint64(0);
  if (!isSize(time)) return undefined;
  return verify(key.publicKey, cosignatureMessage(text, time), signature.subarray(TIME_BYTES)) ? time : undefined;
}

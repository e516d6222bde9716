import { toBase64Url, toHex, utf8 } from './bytes.ts';
import { canonicalJson, type Json } from './json.ts';

/** SHA-256, handed in so that pure packages run anywhere: `crypto.hash` in Node, a pure function in the browser. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** Checks an Ed25519 signature (RFC 8032): public key 32 bytes, signature 64 bytes. Handed in like Sha256. */
export type Ed25519Verify = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;

/** SHA-256 of the canonical JSON of a value, in hexadecimal. */
export function digestJson(value: unknown, sha256: Sha256): string {
  return toHex(sha256(utf8(canonicalJson(value))));
}

/** A salted value whose commitment is public: destroying the opening leaves a digest that says nothing. */
export interface Opening {
  /** 32 random bytes, base64url. */
  readonly salt: string;
  readonly value: Json;
}

/** Commitment to a named value, in the form of an SD-JWT disclosure digest (RFC 9901): base64url(SHA-256(base64url(JSON [salt, name, value]))). */
export function commitment(name: string, opening: Opening, sha256: Sha256): string {
  const disclosure = toBase64Url(utf8(canonicalJson([opening.salt, name, opening.value])));
  return toBase64Url(sha256(utf8(disclosure)));
}

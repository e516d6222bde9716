/** SHA-256, handed in: `crypto.hash` in Node, a pure function in a browser. It must not keep or change its input. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** Length of a hash in bytes. */
export const HASH_BYTES = 32;

/** Hash of a leaf over the exact bytes of its entry: SHA-256(0x00 || entry), RFC 6962 section 2.1. */
export function leafHash(entry: Uint8Array, sha256: Sha256): Uint8Array {
  const input = new Uint8Array(entry.length + 1);
  input.set(entry, 1);
  return sha256(input);
}

/** Hash of an interior node: SHA-256(0x01 || left || right), RFC 6962 section 2.1. Both sides are 32 bytes. */
export function nodeHash(left: Uint8Array, right: Uint8Array, sha256: Sha256): Uint8Array {
  const input = new Uint8Array(1 + 2 * HASH_BYTES);
  input[0] = 1;
  input.set(left, 1);
  input.set(right, 1 + HASH_BYTES);
  return sha256(input);
}

/** Root of the tree without leaves: SHA-256 of nothing, RFC 6962 section 2.1. */
export function emptyRoot(sha256: Sha256): Uint8Array {
  return sha256(new Uint8Array(0));
}

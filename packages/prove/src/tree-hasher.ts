import { HASH_BYTES, leafHash, type Sha256 } from './hash.ts';

/**
 * Hashes many leaves and nodes at once, into packed arrays of 32 bytes each, so that a machine's own library can do it without making
 * an object for each hash. Every hasher gives the same bytes; treeHasher makes the plain one.
 */
export interface TreeHasher {
  readonly sha256: Sha256;
  /** Leaf hashes of entries (RFC 6962 section 2.1), side by side. The entries are left as they are. */
  readonly hashLeaves: (entries: readonly Uint8Array[]) => Uint8Array;
  /** Hashes the first `pairs` pairs of hashes to nodes, in place: the node over hashes 2i and 2i + 1 then stands at place i. */
  readonly foldPairs: (hashes: Uint8Array, pairs: number) => void;
}

/** The hasher that needs nothing but SHA-256. */
export function treeHasher(sha256: Sha256): TreeHasher {
  const input = new Uint8Array(1 + 2 * HASH_BYTES);
  input[0] = 1;
  return {
    sha256,
    hashLeaves: (entries) => {
      const hashes = new Uint8Array(entries.length * HASH_BYTES);
      for (const [i, entry] of entries.entries()) hashes.set(leafHash(entry, sha256), i * HASH_BYTES);
      return hashes;
    },
    foldPairs: (hashes, pairs) => {
      for (let i = 0; i < pairs; i++) {
        input.set(hashes.subarray(2 * HASH_BYTES * i, 2 * HASH_BYTES * (i + 1)), 1);
        hashes.set(sha256(input), HASH_BYTES * i);
      }
    },
  };
}

/** Roots over each run of 2^height hashes; the number of hashes is a multiple of it. */
export function perfectRoots(hashes: Uint8Array, height: number, { foldPairs }: TreeHasher): Uint8Array {
  // Not slice(): on a Buffer it is a view, and the caller's tile would be folded away.
  const work = new Uint8Array(hashes);
  let count = work.length / HASH_BYTES;
  for (let level = 0; level < height; level++) {
    count /= 2;
    foldPairs(work, count);
  }
  return work.slice(0, count * HASH_BYTES);
}

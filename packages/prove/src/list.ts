import { leafHash, nodeHash, type Sha256 } from './hash.ts';

/** A short list as a Merkle tree (RFC 6962 section 2.1), whole in memory. */
export interface MerkleList {
  readonly root: Uint8Array;
  /** Hashes that lead from the entry at an index to the root, its sibling first. Throws for an index that is not in the list. */
  readonly proof: (index: number) => readonly Uint8Array[];
}

/** The tree over entries, for lists of some thousands: items of a delivery, files of a container. A log has its tiles. Throws on an empty list. */
export function merkleList(entries: readonly Uint8Array[], sha256: Sha256): MerkleList {
  if (entries.length === 0) throw new RangeError('a list has entries');
  const leaves = entries.map((entry) => leafHash(entry, sha256));
  const proof = (index: number): readonly Uint8Array[] => {
    if (!Number.isInteger(index) || index < 0 || index >= leaves.length) throw new RangeError('the index is not in the list');
    return pathOf(leaves, index, sha256);
  };
  return { root: rootOfLeaves(leaves, sha256), proof };
}

/** MTH of RFC 6962 section 2.1. */
function rootOfLeaves(leaves: readonly Uint8Array[], sha256: Sha256): Uint8Array {
  const [only] = leaves;
  if (leaves.length === 1 && only !== undefined) return only;
  const middle = splitAt(leaves.length);
  return nodeHash(rootOfLeaves(leaves.slice(0, middle), sha256), rootOfLeaves(leaves.slice(middle), sha256), sha256);
}

/** PATH of RFC 6962 section 2.1.1. */
function pathOf(leaves: readonly Uint8Array[], index: number, sha256: Sha256): readonly Uint8Array[] {
  if (leaves.length === 1) return [];
  const middle = splitAt(leaves.length);
  const [left, right] = [leaves.slice(0, middle), leaves.slice(middle)];
  return index < middle
    ? [...pathOf(left, index, sha256), rootOfLeaves(right, sha256)]
    : [...pathOf(right, index - middle, sha256), rootOfLeaves(left, sha256)];
}

/** Largest power of two smaller than n (n > 1). */
function splitAt(n: number): number {
  return 2 ** Math.floor(Math.log2(n - 1));
}

import { sameBytes } from './bytes.ts';
import { emptyRoot, HASH_BYTES, nodeHash, type Sha256 } from './hash.ts';
import { isSize } from './size.ts';

/** A claim that a leaf stands at an index of a tree, with its proof. `leaf` is the leaf's hash, recomputed by the verifier from the entry's bytes. */
export interface InclusionClaim {
  readonly index: bigint;
  readonly size: bigint;
  readonly leaf: Uint8Array;
  readonly root: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/** A claim that one tree is the beginning of another, with its proof. */
export interface ConsistencyClaim {
  readonly oldSize: bigint;
  readonly newSize: bigint;
  readonly oldRoot: Uint8Array;
  readonly newRoot: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/** Whether an inclusion claim holds: the steps of RFC 9162 section 2.1.3.2. A tree of size 0 holds nothing. */
export function verifyInclusion({ index, size, leaf, root, proof }: InclusionClaim, sha256: Sha256): boolean {
  if (!isSize(size) || index < 0n || index >= size || !allHashes([leaf, root, ...proof])) return false;
  let [node, last, hash] = [index, size - 1n, leaf];
  for (const sibling of proof) {
    if (last === 0n) return false;
    const onRight = isOdd(node) || node === last;
    hash = onRight ? nodeHash(sibling, hash, sha256) : nodeHash(hash, sibling, sha256);
    [node, last] = onRight ? climb(node, last) : [node >> 1n, last >> 1n];
  }
  return last === 0n && sameBytes(hash, root);
}

/**
 * Whether a consistency claim holds: the steps of RFC 9162 section 2.1.4.2.
 * Decisions where the texts differ: from size 0 to any size the proof must be empty and the old root must be the root of the empty
 * tree (C2SP tlog-witness starts every log from old size 0; RFC 6962 leaves it undefined); a claim of size 0 with another root is
 * refused; equal sizes need an empty proof and equal roots.
 */
export function verifyConsistency(claim: ConsistencyClaim, sha256: Sha256): boolean {
  const { oldSize, newSize, oldRoot, newRoot, proof } = claim;
  if (!isSize(newSize) || oldSize < 0n || oldSize > newSize || !allHashes([oldRoot, newRoot, ...proof])) return false;
  if (oldSize === 0n && !sameBytes(oldRoot, emptyRoot(sha256))) return false;
  if (oldSize === newSize) return proof.length === 0 && sameBytes(oldRoot, newRoot);
  if (oldSize === 0n) return proof.length === 0;
  return proof.length > 0 && rebuildsBoth(claim, sha256);
}

function rebuildsBoth({ oldSize, newSize, oldRoot, newRoot, proof }: ConsistencyClaim, sha256: Sha256): boolean {
  // An old tree that is one perfect subtree is not repeated in its proof.
  const [start, ...path] = (oldSize & (oldSize - 1n)) === 0n ? [oldRoot, ...proof] : proof;
  if (start === undefined) return false;
  let [node, last] = skipOdd(oldSize - 1n, newSize - 1n);
  let [older, newer] = [start, start];
  for (const hash of path) {
    if (last === 0n) return false;
    const onRight = isOdd(node) || node === last;
    if (onRight) older = nodeHash(hash, older, sha256);
    newer = onRight ? nodeHash(hash, newer, sha256) : nodeHash(newer, hash, sha256);
    [node, last] = onRight ? climb(node, last) : [node >> 1n, last >> 1n];
  }
  return last === 0n && sameBytes(older, oldRoot) && sameBytes(newer, newRoot);
}

/** Up one level, and on past the levels at which a last node without sibling is only handed upwards. */
function climb(node: bigint, last: bigint): [bigint, bigint] {
  let [from, to] = [node, last];
  while (!isOdd(from) && from !== 0n) [from, to] = [from >> 1n, to >> 1n];
  return [from >> 1n, to >> 1n];
}

function skipOdd(node: bigint, last: bigint): [bigint, bigint] {
  let [from, to] = [node, last];
  while (isOdd(from)) [from, to] = [from >> 1n, to >> 1n];
  return [from, to];
}

function isOdd(n: bigint): boolean {
  return (n & 1n) === 1n;
}

function allHashes(hashes: readonly Uint8Array[]): boolean {
  return hashes.every((hash) => hash.length === HASH_BYTES);
}

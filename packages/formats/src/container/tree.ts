import { concatBytes, equalBytes } from '@comity/core';
import { type Hashes, sha256Of } from './hashes.ts';

/** Root of the Merkle tree over some leaves (RFC 6962 section 2.1). */
export function treeRoot(hashes: Hashes, leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return sha256Of(hashes, new Uint8Array());
  let level = leaves.map((leaf) => leafHash(hashes, leaf));
  // Pairing neighbours and carrying a last odd one up gives the same tree as the definition, which splits at powers of two.
  while (level.length > 1) level = nextLevel(hashes, level);
  return level[0] ?? new Uint8Array();
}

/** The hashes beside the way from leaf `index` to the root, lowest first (RFC 6962 section 2.1.1). Throws RangeError when there is no such leaf. */
export function inclusionPath(hashes: Hashes, leaves: readonly Uint8Array[], index: number): readonly Uint8Array[] {
  if (!Number.isInteger(index) || index < 0 || index >= leaves.length) throw new RangeError(`no leaf ${index}`);
  const path: Uint8Array[] = [];
  let at = index;
  for (let level = leaves.map((leaf) => leafHash(hashes, leaf)); level.length > 1; level = nextLevel(hashes, level)) {
    const beside = level[at ^ 1];
    if (beside !== undefined) path.push(beside);
    at >>= 1;
  }
  return path;
}

/** The hash of one leaf, where it stands among how many, and what leads from it to the root. */
export interface Inclusion {
  readonly leafHash: Uint8Array;
  readonly index: number;
  readonly size: number;
  readonly path: readonly Uint8Array[];
}

/** Whether a leaf stands at `index` of the `size` leaves under a root (RFC 9162 section 2.1.3.2). */
export function isIncluded(hashes: Hashes, { leafHash: start, index, size, path }: Inclusion, root: Uint8Array): boolean {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size || start.length !== 32)
    return false;
  let [at, last] = [index, size - 1];
  let hash = start;
  for (const beside of path) {
    if (last === 0 || beside.length !== 32) return false;
    // A last odd one was carried up unpaired.
    while (at % 2 === 0 && at === last && last > 0) [at, last] = [half(at), half(last)];
    if (last === 0) return false;
    hash = at % 2 === 1 ? nodeHash(hashes, beside, hash) : nodeHash(hashes, hash, beside);
    [at, last] = [half(at), half(last)];
  }
  while (last > 0 && at % 2 === 0 && at === last) [at, last] = [half(at), half(last)];
  return last === 0 && equalBytes(hash, root);
}

function half(value: number): number {
  return Math.floor(value / 2);
}

function nextLevel(hashes: Hashes, level: readonly Uint8Array[]): Uint8Array[] {
  return Array.from({ length: Math.ceil(level.length / 2) }, (_, pair) => {
    const [left = new Uint8Array(), right] = level.slice(2 * pair, 2 * pair + 2);
    return right === undefined ? left : nodeHash(hashes, left, right);
  });
}

/** Hash of a leaf (RFC 6962 section 2.1). */
export function leafHash(hashes: Hashes, leaf: Uint8Array): Uint8Array {
  return sha256Of(hashes, concatBytes(Uint8Array.of(0), leaf));
}

function nodeHash(hashes: Hashes, left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256Of(hashes, concatBytes(Uint8Array.of(1), left, right));
}

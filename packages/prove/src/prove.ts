import { HASH_BYTES, nodeHash, type Sha256 } from './hash.ts';
import { isSize } from './size.ts';
import { type ReadTile, TILE_WIDTH, type TileAddress, tilePath } from './tile.ts';
import { perfectRoots, treeHasher } from './tree-hasher.ts';

/** Half-open range of leaves `[from, until)` that is a subtree in the sense of RFC 6962. */
interface Subtree {
  readonly from: bigint;
  readonly until: bigint;
}

/** Gives the hash of a perfect subtree: 2^height leaves from `from` on. */
type ReadNode = (height: number, from: bigint) => Promise<Uint8Array>;

/**
 * Hashes that lead from a leaf to the root, the leaf's sibling first (RFC 6962 section 2.1.1), read from the tiles of the tree.
 * Throws when the index is not in a tree of this size, or a tile is too short.
 */
export async function inclusionProof(
  { index, size }: { readonly index: bigint; readonly size: bigint },
  readTile: ReadTile,
  sha256: Sha256,
): Promise<Uint8Array[]> {
  if (!isSize(size) || index < 0n || index >= size) throw new RangeError('the index is not in the tree');
  return hashAll(inclusionPath(index, size), nodeReader(size, readTile, sha256), sha256);
}

/**
 * Hashes that show a tree of `newSize` to hold the tree of `oldSize` unchanged as its beginning (RFC 6962 section 2.1.2). Empty when
 * the sizes are equal or the old tree is empty. Throws when the old tree is the larger one, or a tile is too short.
 */
export async function consistencyProof(
  { oldSize, newSize }: { readonly oldSize: bigint; readonly newSize: bigint },
  readTile: ReadTile,
  sha256: Sha256,
): Promise<Uint8Array[]> {
  if (!isSize(newSize) || oldSize < 0n || oldSize > newSize)
    throw new RangeError('the old tree is not a beginning of the new one');
  if (oldSize === 0n) return [];
  return hashAll(consistencyPath(oldSize, newSize), nodeReader(newSize, readTile, sha256), sha256);
}

/** PATH of RFC 6962 section 2.1.1, walked from the root and turned round. */
function inclusionPath(index: bigint, size: bigint): Subtree[] {
  const path: Subtree[] = [];
  let [from, until] = [0n, size];
  while (until - from > 1n) {
    const middle = from + splitOf(until - from);
    path.push(index < middle ? { from: middle, until } : { from, until: middle });
    [from, until] = index < middle ? [from, middle] : [middle, until];
  }
  return path.reverse();
}

/** SUBPROOF of RFC 6962 section 2.1.2, walked from the root and turned round. */
function consistencyPath(oldSize: bigint, newSize: bigint): Subtree[] {
  const path: Subtree[] = [];
  let [from, until] = [0n, newSize];
  while (until !== oldSize) {
    const middle = from + splitOf(until - from);
    path.push(oldSize <= middle ? { from: middle, until } : { from, until: middle });
    [from, until] = oldSize <= middle ? [from, middle] : [middle, until];
  }
  // The old root itself is known to the verifier; a subtree on the right of the old tree is not.
  if (from !== 0n) path.push({ from, until });
  return path.reverse();
}

/** Largest power of two smaller than n (n > 1): where RFC 6962 splits a tree. */
function splitOf(n: bigint): bigint {
  return 1n << BigInt((n - 1n).toString(2).length - 1);
}

function hashAll(path: readonly Subtree[], readNode: ReadNode, sha256: Sha256): Promise<Uint8Array[]> {
  return Promise.all(path.map((subtree) => hashSubtree(subtree, readNode, sha256)));
}

async function hashSubtree({ from, until }: Subtree, readNode: ReadNode, sha256: Sha256): Promise<Uint8Array> {
  const nodes: Promise<Uint8Array>[] = [];
  for (let start = from; start < until; ) {
    const height = (until - start).toString(2).length - 1;
    nodes.push(readNode(height, start));
    start += 1n << BigInt(height);
  }
  return (await Promise.all(nodes)).reduceRight((right, left) => nodeHash(left, right, sha256));
}

/** Reads each tile once, however many hashes of it are needed. */
function nodeReader(size: bigint, readTile: ReadTile, sha256: Sha256): ReadNode {
  const tiles = new Map<string, Promise<Uint8Array>>();
  const hasher = treeHasher(sha256);
  return async (height, from) => {
    const level = Math.floor(height / 8);
    const nodes = size >> BigInt(8 * level);
    const first = from >> BigInt(8 * level);
    const index = first / BigInt(TILE_WIDTH);
    const left = nodes - index * BigInt(TILE_WIDTH);
    const address: TileAddress = { level, index, width: left < BigInt(TILE_WIDTH) ? Number(left) : TILE_WIDTH };
    const path = tilePath(address);
    const reading = tiles.get(path) ?? readTile(address);
    tiles.set(path, reading);
    const bytes = await reading;
    if (bytes.length < address.width * HASH_BYTES) throw new RangeError(`tile ${path} is too short`);
    const offset = Number(first % BigInt(TILE_WIDTH)) * HASH_BYTES;
    return perfectRoots(bytes.subarray(offset, offset + HASH_BYTES * 2 ** (height % 8)), height % 8, hasher);
  };
}

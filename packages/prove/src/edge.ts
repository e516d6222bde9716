import { fromBase64, join, toBase64 } from './bytes.ts';
import { emptyRoot, HASH_BYTES } from './hash.ts';
import { found, type Outcome, refused } from './refusal.ts';
import { isSize, parseSize } from './size.ts';
import { type ReadTile, TILE_WIDTH, type TileAddress } from './tile.ts';
import type { TreeHasher } from './tree-hasher.ts';

/**
 * The right edge of a tree: all that is needed to grow it and to know its root. `partials[n]` is the partial tile of level n, of
 * floor(size / 256^n) mod 256 hashes, perhaps none; there are as many levels as the size has digits to the base of 256.
 */
export interface TreeEdge {
  readonly size: bigint;
  readonly partials: readonly Uint8Array[];
}

/** The edge of a tree without leaves. */
export function emptyEdge(): TreeEdge {
  return { size: 0n, partials: [] };
}

/** Root of the tree (RFC 6962 section 2.1): the perfect subtrees of the right edge, folded from the smallest to the largest. */
export function rootOf(edge: TreeEdge, hasher: TreeHasher): Uint8Array {
  let root: Uint8Array | undefined;
  for (const partial of edge.partials) root = foldPartial(partial, root, hasher);
  return root ?? emptyRoot(hasher.sha256);
}

/** The edge of a tree of this size, from its stored tiles. Throws when a tile is too short; compare rootOf with the checkpoint before growing. */
export async function edgeFrom(size: bigint, readTile: ReadTile): Promise<TreeEdge> {
  if (!isSize(size)) throw new RangeError('tree size is 0 to 2^63 - 1');
  return { size, partials: await Promise.all(partialAddresses(size).map((address) => readPartial(address, readTile))) };
}

/** The edge as a text that can be stored beside a log's head; parseEdge reads it. */
export function formatEdge(edge: TreeEdge): string {
  return [edge.size.toString(), ...edge.partials.map(toBase64), ''].join('\n');
}

/** Reads what formatEdge wrote; refuses levels that do not fit the size. */
export function parseEdge(text: string): Outcome<TreeEdge> {
  const lines = text.split('\n');
  const size = parseSize(lines[0] ?? '');
  if (!size.ok || lines.at(-1) !== '') return refused('malformed-edge', 'no size, or the last line is cut off');
  const addresses = partialAddresses(size.value);
  const partials = lines.slice(1, -1).map((line) => fromBase64(line) ?? new Uint8Array(1));
  const fits =
    partials.length === addresses.length &&
    partials.every((bytes, i) => bytes.length === (addresses[i]?.width ?? 0) * HASH_BYTES);
  return fits ? found({ size: size.value, partials }) : refused('malformed-edge', 'the levels do not fit the size');
}

/** The partial tiles of a tree of this size, level by level; here a width of 0 means that the level has none. */
function partialAddresses(size: bigint): TileAddress[] {
  const addresses: TileAddress[] = [];
  for (let level = 0, nodes = size; nodes > 0n; level++, nodes >>= 8n) {
    addresses.push({ level, index: nodes >> 8n, width: Number(nodes % BigInt(TILE_WIDTH)) });
  }
  return addresses;
}

async function readPartial(address: TileAddress, readTile: ReadTile): Promise<Uint8Array> {
  if (address.width === 0) return new Uint8Array(0);
  const bytes = await readTile(address);
  if (bytes.length < address.width * HASH_BYTES) throw new RangeError(`tile ${address.level}/${address.index} is too short`);
  return new Uint8Array(bytes.subarray(0, address.width * HASH_BYTES));
}

/** The hashes of a partial tile, and the root of what lies to their right, as one root: RFC 6962 splits off the largest perfect subtree first. */
function foldPartial(partial: Uint8Array, right: Uint8Array | undefined, { foldPairs }: TreeHasher): Uint8Array | undefined {
  const work = new Uint8Array(partial);
  let root = right;
  for (let count = work.length / HASH_BYTES; count > 0; count >>= 1) {
    if ((count & 1) === 1) root = joinRight(work.subarray((count - 1) * HASH_BYTES, count * HASH_BYTES), root, foldPairs);
    foldPairs(work, count >> 1);
  }
  return root;
}

function joinRight(left: Uint8Array, right: Uint8Array | undefined, foldPairs: TreeHasher['foldPairs']): Uint8Array {
  if (right === undefined) return new Uint8Array(left);
  const pair = join([left, right]);
  foldPairs(pair, 1);
  return pair.slice(0, HASH_BYTES);
}

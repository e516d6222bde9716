import { join } from './bytes.ts';
import { rootOf, type TreeEdge } from './edge.ts';
import { HASH_BYTES } from './hash.ts';
import { MAX_SIZE } from './size.ts';
import { TILE_WIDTH, type Tile } from './tile.ts';
import { perfectRoots, type TreeHasher } from './tree-hasher.ts';

/** What a growth gives: the new edge, its root, and every tile that it wrote: full ones, then never written again, and changed partial ones. */
export interface Growth {
  readonly edge: TreeEdge;
  readonly root: Uint8Array;
  readonly tiles: readonly Tile[];
}

/**
 * Appends leaves to a tree, given by their hashes side by side (TreeHasher.hashLeaves). Any split of the same leaves into batches ends
 * in the same edge, root and full tiles. A level that did not change gives no tile. Throws when the hashes are not 32 bytes each or the
 * tree would pass 2^63 - 1.
 */
export function growTree(edge: TreeEdge, leaves: Uint8Array, hasher: TreeHasher): Growth {
  if (leaves.length % HASH_BYTES !== 0) throw new RangeError('a leaf hash has 32 bytes');
  const size = edge.size + BigInt(leaves.length / HASH_BYTES);
  if (size > MAX_SIZE) throw new RangeError('the tree is full');
  const tiles: Tile[] = [];
  const partials: Uint8Array[] = [];
  let added = leaves;
  for (let level = 0; level < edge.partials.length || added.length > 0; level++) {
    const grown = growLevel({ level, nodes: edge.size >> BigInt(8 * level), partial: edge.partials[level] }, added, hasher);
    for (const tile of grown.tiles) tiles.push(tile);
    partials.push(grown.partial);
    added = grown.carried;
  }
  const grownEdge = { size, partials };
  return { edge: grownEdge, root: rootOf(grownEdge, hasher), tiles };
}

interface Level {
  readonly level: number;
  /** Hashes that the level had before. */
  readonly nodes: bigint;
  readonly partial: Uint8Array | undefined;
}

interface GrownLevel {
  readonly tiles: readonly Tile[];
  readonly partial: Uint8Array;
  /** Roots of the tiles that became full, side by side: the new hashes of the level above. */
  readonly carried: Uint8Array;
}

const TILE_BYTES = TILE_WIDTH * HASH_BYTES;
/** A full tile holds 2^8 hashes. */
const TILE_HEIGHT = 8;

function growLevel({ level, nodes, partial }: Level, added: Uint8Array, hasher: TreeHasher): GrownLevel {
  const before = partial ?? new Uint8Array(0);
  if (added.length === 0) return { tiles: [], partial: before, carried: added };
  const hashes = join([before, added]);
  const tiles: Tile[] = [];
  for (let offset = 0; offset < hashes.length; offset += TILE_BYTES) {
    const bytes = hashes.slice(offset, offset + TILE_BYTES);
    tiles.push({ level, index: (nodes >> 8n) + BigInt(tiles.length), width: bytes.length / HASH_BYTES, bytes });
  }
  const full = hashes.length - (hashes.length % TILE_BYTES);
  const carried = perfectRoots(hashes.subarray(0, full), TILE_HEIGHT, hasher);
  return { tiles, partial: hashes.slice(full), carried };
}

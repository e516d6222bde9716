import { join } from './bytes.ts';
import { rootOf, type TreeEdge } from './edge.ts';
import { HASH_BYTES, perfectRoot, type Sha256 } from './hash.ts';
import { MAX_SIZE } from './size.ts';
import { TILE_WIDTH, type Tile } from './tile.ts';

/** What a growth gives: the new edge, its root, and every tile that it wrote: full ones, then never written again, and changed partial ones. */
export interface Growth {
  readonly edge: TreeEdge;
  readonly root: Uint8Array;
  readonly tiles: readonly Tile[];
}

/**
 * Appends leaves, given by their hashes (leafHash), to a tree. Any split of the same leaves into batches ends in the same edge, root
 * and full tiles. A level that did not change gives no tile. Throws when a hash is not 32 bytes or the tree would pass 2^63 - 1.
 */
export function growTree(edge: TreeEdge, leaves: readonly Uint8Array[], sha256: Sha256): Growth {
  if (leaves.some((leaf) => leaf.length !== HASH_BYTES)) throw new RangeError('a leaf hash has 32 bytes');
  const size = edge.size + BigInt(leaves.length);
  if (size > MAX_SIZE) throw new RangeError('the tree is full');
  const tiles: Tile[] = [];
  const partials: Uint8Array[] = [];
  let added = leaves;
  for (let level = 0; level < edge.partials.length || added.length > 0; level++) {
    const grown = growLevel({ level, nodes: edge.size >> BigInt(8 * level), partial: edge.partials[level] }, added, sha256);
    for (const tile of grown.tiles) tiles.push(tile);
    partials.push(grown.partial);
    added = grown.carried;
  }
  const grownEdge = { size, partials };
  return { edge: grownEdge, root: rootOf(grownEdge, sha256), tiles };
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
  /** Roots of the tiles that became full: the new hashes of the level above. */
  readonly carried: readonly Uint8Array[];
}

function growLevel({ level, nodes, partial }: Level, added: readonly Uint8Array[], sha256: Sha256): GrownLevel {
  const before = partial ?? new Uint8Array(0);
  if (added.length === 0) return { tiles: [], partial: before, carried: [] };
  const hashes = join([before, ...added]);
  const tileBytes = TILE_WIDTH * HASH_BYTES;
  const tiles: Tile[] = [];
  for (let offset = 0; offset < hashes.length; offset += tileBytes) {
    const bytes = hashes.slice(offset, offset + tileBytes);
    tiles.push({ level, index: (nodes >> 8n) + BigInt(tiles.length), width: bytes.length / HASH_BYTES, bytes });
  }
  const carried = tiles.filter((tile) => tile.width === TILE_WIDTH).map((tile) => perfectRoot(tile.bytes, sha256));
  return { tiles, partial: hashes.slice(carried.length * tileBytes), carried };
}

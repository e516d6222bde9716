import { decodeBundle, encodeBundle, growTree, TILE_WIDTH, type Tile, type TreeEdge, type TreeHasher } from '@comity/prove';

/** The tree of one year as far as it is needed to grow it: its right edge, and the entries of the bundle that is not full yet. */
export interface Growing {
  readonly year: number;
  readonly edge: TreeEdge;
  readonly tail: readonly Uint8Array[];
}

/** A full bundle, by its number. */
export interface FullBundle {
  readonly index: bigint;
  readonly bytes: Uint8Array;
}

/** Where the bytes of an entry lie in its bundle. */
export interface BytePlace {
  readonly from: number;
  readonly count: number;
}

/** What one batch writes, and the tree after it. */
export interface Batch {
  readonly before: Growing;
  readonly after: Growing;
  readonly root: Uint8Array;
  readonly tiles: readonly Tile[];
  readonly bundles: readonly FullBundle[];
  /** The new entries of the bundle that is not full yet; the first has this index. */
  readonly rest: readonly Uint8Array[];
  readonly restFrom: bigint;
}

/** Grows a tree by the bytes of entries: hashes, tiles, bundles and root, with nothing written yet. */
export function makeBatch(before: Growing, entries: readonly Uint8Array[], hasher: TreeHasher): Batch {
  return batchOf(before, { entries, leaves: hasher.hashLeaves(entries) }, hasher);
}

/** The same, of entries whose leaf hashes are known: those of blank ones cannot be computed. */
export function batchOf(
  before: Growing,
  { entries, leaves }: { readonly entries: readonly Uint8Array[]; readonly leaves: Uint8Array },
  hasher: TreeHasher,
): Batch {
  const { edge, root, tiles } = growTree(before.edge, leaves, hasher);
  const open = [...before.tail, ...entries];
  const full = Math.floor(open.length / TILE_WIDTH);
  const first = before.edge.size >> 8n;
  const bundles = Array.from({ length: full }, (_, i) => ({
    index: first + BigInt(i),
    bytes: encodeBundle(open.slice(i * TILE_WIDTH, (i + 1) * TILE_WIDTH)),
  }));
  const tail = open.slice(full * TILE_WIDTH);
  const rest = full === 0 ? entries : tail;
  return {
    before,
    after: { year: before.year, edge, tail },
    root,
    tiles,
    bundles,
    rest,
    restFrom: edge.size - BigInt(rest.length),
  };
}

/** Where each new entry of a batch lies in its bundle, in order. */
export function bytePlaces(tail: readonly Uint8Array[], entries: readonly Uint8Array[]): readonly BytePlace[] {
  let [inBundle, from] = [tail.length, tail.reduce((sum, entry) => sum + entry.length + LENGTH_BYTES, 0)];
  return entries.map((entry) => {
    const place = { from: from + LENGTH_BYTES, count: entry.length };
    inBundle += 1;
    from = inBundle % TILE_WIDTH === 0 ? 0 : place.from + place.count;
    return place;
  });
}

const LENGTH_BYTES = 2;

/** The entries of a stored bundle. Throws when it cannot be read: what is stored was written here. */
export function entriesOfBundle(bytes: Uint8Array): readonly Uint8Array[] {
  const decoded = decodeBundle(bytes);
  if (!decoded.ok) throw new Error(`a stored bundle of the log is damaged: ${decoded.detail}`);
  return decoded.value;
}

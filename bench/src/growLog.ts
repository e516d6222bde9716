import { nodeTreeHasher } from '@comity/node/hasher';
import { emptyEdge, formatCheckpoint, growTree, type NoteSigner, signCheckpoint, type Tile } from '@comity/prove';

/** A whole log in memory, for reading by others. */
export interface GrownLog {
  readonly entries: readonly Uint8Array[];
  /** Every tile that was written on the way, partial ones too. */
  readonly tiles: readonly Tile[];
  readonly root: Uint8Array;
  /** The signed note. */
  readonly checkpoint: string;
}

/** A log grown in batches of these sizes; the same sizes and seed give the same log. Its origin is the first signer's name. Throws when there is no signer. */
export async function growLog(batches: readonly number[], signers: readonly NoteSigner[], seed = ''): Promise<GrownLog> {
  const entries: Uint8Array[] = [];
  const tiles: Tile[] = [];
  let grown = growTree(emptyEdge(), new Uint8Array(0), nodeTreeHasher);
  for (const count of batches) {
    const batch = Array.from({ length: count }, (_, i) => Buffer.from(`${seed} entry ${entries.length + i}`));
    grown = growTree(grown.edge, nodeTreeHasher.hashLeaves(batch), nodeTreeHasher);
    for (const entry of batch) entries.push(entry);
    for (const tile of grown.tiles) tiles.push(tile);
  }
  const [first] = signers;
  if (first === undefined) throw new TypeError('a log has a signer');
  const text = formatCheckpoint({ origin: first.key.name, size: grown.edge.size, root: grown.root });
  const checkpoint = await signCheckpoint({ text, time: 1_790_000_000n }, signers);
  return { entries, tiles, root: grown.root, checkpoint };
}

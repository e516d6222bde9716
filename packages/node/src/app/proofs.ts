import { inclusionProof, type TileAddress } from '@comity/prove';
import { sha256 } from '../keys/crypto.ts';
import type { Tx } from '../store/database.ts';
import { type Head, headOfNote, readHeads, readTile, type StoredEntry } from '../store/logRead.ts';

/** An entry with its way to the root of a checkpoint. */
export interface ProvenEntry extends StoredEntry {
  readonly proof: readonly Uint8Array[];
}

/** Entries of one year, all proven to one checkpoint. */
export interface ProvenYear {
  readonly year: number;
  readonly checkpoint: string;
  readonly entries: readonly ProvenEntry[];
}

/**
 * Proves entries, which come in the order of their indexes, year by year: to the checkpoint that witnesses have met their quorum on, where it covers them all, else to the newest one. The transaction must
 * see one state throughout (repeatable read).
 */
export async function proveEntries(tx: Tx, entries: readonly StoredEntry[]): Promise<readonly ProvenYear[]> {
  const heads = await readHeads(tx);
  const years: ProvenYear[] = [];
  for (const [year, ofYear] of Map.groupBy(entries, (entry) => entry.year)) {
    const head = heads.find((candidate) => candidate.year === year);
    if (head === undefined) throw new Error(`the log of ${year} has entries and no head`);
    const checkpoint = checkpointFor(head, ofYear.at(-1)?.index ?? 0n);
    const { size } = headOfNote(checkpoint);
    const read = (address: TileAddress): Promise<Uint8Array> => readTile(tx, year, address);
    const proven: ProvenEntry[] = [];
    for (const entry of ofYear)
      proven.push({ ...entry, proof: await inclusionProof({ index: entry.index, size }, read, sha256) });
    years.push({ year, checkpoint, entries: proven });
  }
  return years;
}

function checkpointFor({ checkpoint, witnessed }: Head, index: bigint): string {
  return witnessed !== undefined && witnessed.size > index ? witnessed.checkpoint : checkpoint;
}

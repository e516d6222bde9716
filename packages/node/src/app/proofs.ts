import { inclusionProof, type TileAddress } from '@comity/prove';
import { sha256 } from '../keys/crypto.ts';
import type { Tx } from '../store/database.ts';
import { entriesOf, readHead, readTile } from '../store/log.ts';

/** The entries of a case with their inclusion proofs, all to one checkpoint. The transaction must see one state throughout (repeatable read). */
export async function proveInclusion(
  tx: Tx,
  caseId: string,
): Promise<{
  readonly checkpoint: string;
  readonly entries: readonly { readonly index: bigint; readonly bytes: Uint8Array; readonly proof: readonly Uint8Array[] }[];
}> {
  const head = await readHead(tx);
  if (head === undefined) return { checkpoint: '', entries: [] };
  const read = (address: TileAddress): Promise<Uint8Array> => readTile(tx, address);
  const entries = [];
  for (const { index, bytes } of await entriesOf(tx, caseId)) {
    entries.push({ index, bytes, proof: await inclusionProof({ index, size: head.edge.size }, read, sha256) });
  }
  return { checkpoint: head.checkpoint, entries };
}

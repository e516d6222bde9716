import { inclusionProof, type TileAddress } from '@comity/prove';
import { sha256 } from '../keys/crypto.ts';
import { entriesOf, readHead, readTile } from '../store/log.ts';
import type { House } from './house.ts';

/** The entries of a case with their inclusion proofs, all to one checkpoint. */
export async function proveInclusion(
  house: House,
  caseId: string,
): Promise<{
  readonly checkpoint: string;
  readonly entries: readonly { readonly index: bigint; readonly bytes: Uint8Array; readonly proof: readonly Uint8Array[] }[];
}> {
  return house.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      const head = await readHead(tx);
      if (head === undefined) return { checkpoint: '', entries: [] };
      const read = (address: TileAddress): Promise<Uint8Array> => readTile(tx, address);
      const entries = [];
      for (const { index, bytes } of await entriesOf(tx, caseId)) {
        entries.push({ index, bytes, proof: await inclusionProof({ index, size: head.edge.size }, read, sha256) });
      }
      return { checkpoint: head.checkpoint, entries };
    });
}

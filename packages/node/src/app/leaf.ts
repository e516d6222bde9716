import { leafHash } from '@comity/prove';
import { sha256 } from '../keys/crypto.ts';
import type { Tx } from '../store/database.ts';
import { entriesOfActs, leafAt } from '../store/logRead.ts';
import { stagedBytes } from '../store/stage.ts';

/** Leaf hash of the entry by which this node made or took in an act, also while it is only staged; undefined in the moment between the two. */
export async function leafOfAct(tx: Tx, act: string): Promise<Uint8Array | undefined> {
  const staged = await stagedBytes(tx, act);
  if (staged !== undefined) return leafHash(staged, sha256);
  const [entry] = await entriesOfActs(tx, [act]);
  if (entry === undefined) return undefined;
  // The bytes of an entry that was blanked by order say nothing any more; its leaf hash stands in the tree.
  return entry.bytes.length > 0 ? leafHash(entry.bytes, sha256) : leafAt(tx, entry);
}

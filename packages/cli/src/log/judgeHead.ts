import { equalBytes } from '@comity/core';
import {
  type Checkpoint,
  consistencyProof,
  edgeFrom,
  emptyRoot,
  type ReadTile,
  rootOf,
  type Sha256,
  TILE_WIDTH,
  treeHasher,
  verifyConsistency,
} from '@comity/prove';

/** Two heads of one log, both with signatures already checked. */
export interface Heads {
  /** The one that was kept; undefined when the log is seen for the first time. */
  readonly kept: Checkpoint | undefined;
  readonly served: Checkpoint;
}

/** What a new head of a log is to whoever followed it. */
export type HeadVerdict =
  | { readonly kind: 'first' | 'same' | 'grown' }
  /** One log, two histories. `proof` leads from the tree of `root` at the kept size to the served head: the kept head is not in it. */
  | { readonly kind: 'forked'; readonly proof: readonly Uint8Array[]; readonly root: Uint8Array }
  | { readonly kind: 'rolled-back' }
  /** The log's tiles do not give the head that it signed. */
  | { readonly kind: 'unsupported' };

/** A tile, or a part of one, that the log should have and does not. */
export class Absent extends Error {}

/**
 * Judges the head that a log serves against the one that was kept. Every tile it rests on is proven to belong to the served head, so that only the log's own
 * signature can accuse it. Rethrows what `readTile` throws, but for Absent: then the head is unsupported.
 */
export async function judgeHead({ kept, served }: Heads, readTile: ReadTile, sha256: Sha256): Promise<HeadVerdict> {
  if (kept === undefined) return (await isSupported(served, readTile, sha256)) ? { kind: 'first' } : { kind: 'unsupported' };
  if (served.size < kept.size) return { kind: 'rolled-back' };
  if (served.size === kept.size)
    return equalBytes(served.root, kept.root) ? { kind: 'same' } : { kind: 'forked', proof: [], root: served.root };
  try {
    return await judgeGrowth({ kept, served }, readTile, sha256);
  } catch (error) {
    if (isAbsent(error)) return { kind: 'unsupported' };
    throw error;
  }
}

async function judgeGrowth(
  { kept, served }: { readonly kept: Checkpoint; readonly served: Checkpoint },
  readTile: ReadTile,
  sha256: Sha256,
): Promise<HeadVerdict> {
  const [oldSize, newSize] = [kept.size, served.size];
  // Whatever the log claims its first entries are now: the tree of the old size, as the tiles of the new one make it.
  const root =
    oldSize === 0n ? emptyRoot(sha256) : rootOf(await edgeFrom(oldSize, inTreeOf(newSize, readTile)), treeHasher(sha256));
  const proof = await consistencyProof({ oldSize, newSize }, readTile, sha256);
  const leads = verifyConsistency({ oldSize, newSize, oldRoot: root, newRoot: served.root, proof }, sha256);
  // From an empty tree everything leads everywhere: then the tiles are asked.
  if (!leads || (oldSize === 0n && !(await isSupported(served, readTile, sha256)))) return { kind: 'unsupported' };
  return equalBytes(root, kept.root) ? { kind: 'grown' } : { kind: 'forked', proof, root };
}

/** Reads tiles as they stand in a tree of a size: a log need not keep the partial tiles of smaller ones. */
function inTreeOf(size: bigint, readTile: ReadTile): ReadTile {
  return ({ level, index }) => {
    const nodes = (size >> BigInt(8 * level)) - index * BigInt(TILE_WIDTH);
    return readTile({ level, index, width: nodes < BigInt(TILE_WIDTH) ? Number(nodes) : TILE_WIDTH });
  };
}

async function isSupported({ size, root }: Checkpoint, readTile: ReadTile, sha256: Sha256): Promise<boolean> {
  try {
    const derived = size === 0n ? emptyRoot(sha256) : rootOf(await edgeFrom(size, readTile), treeHasher(sha256));
    return equalBytes(derived, root);
  } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  }
}

/** A missing tile; prove says RangeError of one that is too short. */
function isAbsent(error: unknown): boolean {
  return error instanceof Absent || error instanceof RangeError;
}

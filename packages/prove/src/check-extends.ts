import { sameBytes } from './bytes.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { Sha256 } from './hash.ts';
import { found, type Outcome, refused } from './refusal.ts';
import { verifyConsistency } from './verify.ts';

/** Two checkpoints of one log, both with signatures already checked, and the proof between them. */
export interface Extension {
  readonly older: Checkpoint;
  readonly newer: Checkpoint;
  readonly proof: readonly Uint8Array[];
}

/**
 * Whether the newer checkpoint holds the older one unchanged as its beginning; gives the newer one. Two roots at one size are a fork
 * ("split view"): keep both signed notes, they are the evidence.
 */
export function checkExtends({ older, newer, proof }: Extension, sha256: Sha256): Outcome<Checkpoint> {
  if (older.origin !== newer.origin) return refused('origin-differs', 'checkpoints of two logs');
  if (newer.size < older.size) return refused('size-shrank', `from ${older.size} to ${newer.size}`);
  if (newer.size === older.size && !sameBytes(older.root, newer.root))
    return refused('log-forked', `two roots at size ${older.size}`);
  const claim = { oldSize: older.size, newSize: newer.size, oldRoot: older.root, newRoot: newer.root, proof };
  return verifyConsistency(claim, sha256) ? found(newer) : refused('consistency', `no proof from ${older.size} to ${newer.size}`);
}

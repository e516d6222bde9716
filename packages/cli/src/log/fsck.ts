import { equalBytes, ok, type Result, refuse } from '@comity/core';
import type { LogState } from '@comity/node';
import { nodeTreeHasher } from '@comity/node/hasher';
import { sha256, signatureChecks } from '@comity/node/keys';
import {
  checkSignedCheckpoint,
  decodeEntry,
  emptyEdge,
  growTree,
  NOTE_SIGNATURE,
  parseVerifierKey,
  type TreeEdge,
} from '@comity/prove';

/** Entries that are read at once: a whole number of bundles. */
const PAGE = 5120;
/** Faults that are told one by one. */
const MAX_FAULTS = 100;

/** Something in the database that is not what the entries make it. */
export interface Fault {
  readonly kind: 'entry' | 'tile' | 'size' | 'root' | 'checkpoint';
  /** Which entry or tile. */
  readonly place: string;
}

/** What a check of a log found. */
export interface CheckedLog {
  readonly size: bigint;
  readonly tiles: number;
  readonly faults: readonly Fault[];
}

/**
 * Derives a log again: every entry is read and hashed, every tile computed and compared with the stored one, the root compared with the signed checkpoint.
 * In: the database, and the log's verifier key. Errors: `field-invalid` for a key that is none.
 */
export async function checkLog(state: LogState, vkey: string): Promise<Result<CheckedLog>> {
  const key = parseVerifierKey(vkey, sha256);
  if (!key.ok || key.value.kind !== NOTE_SIGNATURE) return refuse('field-invalid', '--vkey', { kind: 'vkey' });
  const derived = await derive(state);
  const head = await state.head();
  if (head === undefined) {
    const faults: readonly Fault[] =
      derived.edge.size === 0n ? derived.faults : [...derived.faults, { kind: 'size', place: '0' }];
    return ok({ size: derived.edge.size, tiles: derived.tiles, faults });
  }
  const faults = [...derived.faults];
  if (head.edge.size !== derived.edge.size) faults.push({ kind: 'size', place: String(head.edge.size) });
  const log = { origin: key.value.name, keys: [key.value] };
  const signed = checkSignedCheckpoint(head.checkpoint, { logs: [log], sha256, checks: signatureChecks });
  if (!signed.ok || signed.value.checkpoint.size !== head.edge.size)
    faults.push({ kind: 'checkpoint', place: signed.ok ? 'size' : signed.code });
  else if (!equalBytes(signed.value.checkpoint.root, derived.root))
    faults.push({ kind: 'root', place: String(derived.edge.size) });
  return ok({ size: derived.edge.size, tiles: derived.tiles, faults });
}

interface Derived {
  readonly edge: TreeEdge;
  readonly root: Uint8Array;
  readonly tiles: number;
  readonly faults: readonly Fault[];
}

async function derive(state: LogState): Promise<Derived> {
  const faults: Fault[] = [];
  let grown = growTree(emptyEdge(), new Uint8Array(0), nodeTreeHasher);
  let tiles = 0;
  for (;;) {
    const start = grown.edge.size;
    const entries = await state.entries(start, PAGE);
    if (entries.length === 0) return { edge: grown.edge, root: grown.root, tiles, faults: faults.slice(0, MAX_FAULTS) };
    for (const [i, entry] of entries.entries())
      if (!decodeEntry(entry).ok) faults.push({ kind: 'entry', place: String(start + BigInt(i)) });
    grown = growTree(grown.edge, nodeTreeHasher.hashLeaves(entries), nodeTreeHasher);
    for (const tile of grown.tiles) {
      tiles += 1;
      const stored = await state.tile(tile);
      if (stored === undefined || !equalBytes(stored, tile.bytes))
        faults.push({ kind: 'tile', place: `${tile.level}/${tile.index}.${tile.width}` });
    }
  }
}

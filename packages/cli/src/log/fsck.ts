import { equalBytes, ok, type Result, refuse } from '@comity/core';
import type { Head, LogState } from '@comity/node';
import { nodeTreeHasher } from '@comity/node/hasher';
import { sha256, signatureChecks } from '@comity/node/keys';
import {
  checkSignedCheckpoint,
  decodeEntry,
  emptyEdge,
  growTree,
  parseVerifierKey,
  type TreeEdge,
  type VerifierKey,
  verifierKey,
} from '@comity/prove';

/** Entries that are read at once: a whole number of bundles. */
const PAGE = 5120n;
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
  /** Entries that were blanked by order. */
  readonly blanked: number;
  readonly faults: readonly Fault[];
}

/**
 * Derives the log of every year again: every entry is read and hashed, every tile computed and compared with the stored one, the root compared with the signed
 * checkpoint. In: the database, and the verifier keys of the log, under the name that its years share or that of one year. An entry that was blanked by order has no
 * bytes any more: its hash is taken from its tile. Errors: `field-invalid` for a key that is none.
 */
export async function checkLog(state: LogState, vkeys: readonly string[]): Promise<Result<CheckedLog>> {
  const keys: VerifierKey[] = [];
  for (const vkey of vkeys) {
    const key = parseVerifierKey(vkey, sha256);
    if (!key.ok) return refuse('field-invalid', '--vkey', { kind: 'vkey' });
    keys.push(key.value);
  }
  const years: CheckedLog[] = [];
  for (const head of await state.heads()) years.push(await checkYear(state, head, keys));
  return ok({
    size: years.reduce((sum, { size }) => sum + size, 0n),
    tiles: years.reduce((sum, { tiles }) => sum + tiles, 0),
    blanked: years.reduce((sum, { blanked }) => sum + blanked, 0),
    faults: years.flatMap(({ faults }) => faults).slice(0, MAX_FAULTS),
  });
}

async function checkYear(state: LogState, head: Head, keys: readonly VerifierKey[]): Promise<CheckedLog> {
  const { year } = head;
  const derived = await derive(state, year);
  const { size } = derived.edge;
  const faults = [...derived.faults];
  if (head.size !== size) faults.push({ kind: 'size', place: `${year}: ${head.size}` });
  if (size > 0n) faults.push(...checkHead(head, derived, keys));
  return { size, tiles: derived.tiles, blanked: derived.blanked, faults };
}

function checkHead(head: Head, { edge, root }: Derived, keys: readonly VerifierKey[]): readonly Fault[] {
  const ofYear = keys.map((key) =>
    key.name.endsWith(`/${head.year}`) ? key : verifierKey({ ...key, name: `${key.name}/${head.year}` }, sha256),
  );
  const logs = ofYear.slice(0, 1).map(({ name }) => ({ origin: name, keys: ofYear }));
  const signed = checkSignedCheckpoint(head.checkpoint, { logs, sha256, checks: signatureChecks });
  if (!signed.ok) return [{ kind: 'checkpoint', place: `${head.year}: ${signed.code}` }];
  if (signed.value.checkpoint.size !== head.size) return [{ kind: 'checkpoint', place: `${head.year}: size` }];
  return equalBytes(signed.value.checkpoint.root, root) ? [] : [{ kind: 'root', place: `${head.year}: ${edge.size}` }];
}

interface Derived {
  readonly edge: TreeEdge;
  readonly root: Uint8Array;
  readonly tiles: number;
  readonly blanked: number;
  readonly faults: readonly Fault[];
}

async function derive(state: LogState, year: number): Promise<Derived> {
  const faults: Fault[] = [];
  let grown = growTree(emptyEdge(), new Uint8Array(0), nodeTreeHasher);
  let [tiles, blanked] = [0, 0];
  for (;;) {
    const start = grown.edge.size;
    const entries = await state.entries(year, start, PAGE);
    if (entries.length === 0) return { edge: grown.edge, root: grown.root, tiles, blanked, faults };
    const leaves = nodeTreeHasher.hashLeaves(entries);
    for (const [i, entry] of entries.entries()) {
      const index = start + BigInt(i);
      if (entry.length === 0) {
        blanked += 1;
        leaves.set(await storedLeaf(state, year, index), i * HASH_BYTES);
      } else if (!decodeEntry(entry).ok) faults.push({ kind: 'entry', place: `${year}: ${index}` });
    }
    grown = growTree(grown.edge, leaves, nodeTreeHasher);
    for (const tile of grown.tiles) {
      tiles += 1;
      const stored = await state.tile(year, tile);
      if (stored === undefined || !equalBytes(stored, tile.bytes))
        faults.push({ kind: 'tile', place: `${year}: ${tile.level}/${tile.index}.${tile.width}` });
    }
  }
}

/** The leaf hash of a blanked entry, from its tile; zeros where the tile is missing, which then shows as a fault of the tile. */
async function storedLeaf(state: LogState, year: number, index: bigint): Promise<Uint8Array> {
  const at = Number(index & 255n);
  const tile = await state.tile(year, { level: 0, index: index >> 8n, width: at + 1 });
  return tile?.slice(at * HASH_BYTES, (at + 1) * HASH_BYTES) ?? new Uint8Array(HASH_BYTES);
}

const HASH_BYTES = 32;

import { equalBytes, ok, type Result, refuse, toHex } from '@comity/core';
import type { Head, LogState } from '@comity/node/beside';
import { nodeTreeHasher } from '@comity/node/hasher';
import { sha256, signatureChecks } from '@comity/node/keys';
import {
  checkSignedCheckpoint,
  decodeEntry,
  emptyEdge,
  growTree,
  type LogEntry,
  parseVerifierKey,
  type TreeEdge,
  unblind,
  type VerifierKey,
  verifierKey,
} from '@comity/prove';

/** Entries that are read at once: a whole number of bundles. */
const PAGE = 5120n;
/** Faults that are told one by one. */
const MAX_FAULTS = 100;

/** Something in the database that is not what the entries make it. */
export interface Fault {
  readonly kind: 'entry' | 'tile' | 'size' | 'root' | 'checkpoint' | 'blank' | 'lost' | 'unlogged';
  /** Which entry, tile or act. */
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
 * checkpoint, and entries matched with the acts that the database holds. In: the database, and the verifier keys of the log, under the name that its years share or that of one year. An entry that was blanked by order has no
 * bytes any more: its hash is taken from its tile, and an entry of the same log must say that it was ordered; by whom is for the verifier of a case. Errors: `field-invalid` for a key that is none.
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
  const { lost, unlogged } = await state.unmatched();
  const acts: readonly Fault[] = [
    ...lost.map((place): Fault => ({ kind: 'lost', place })),
    ...unlogged.map((place): Fault => ({ kind: 'unlogged', place })),
  ];
  return ok({
    size: years.reduce((sum, { size }) => sum + size, 0n),
    tiles: years.reduce((sum, { tiles }) => sum + tiles, 0),
    blanked: years.reduce((sum, { blanked }) => sum + blanked, 0),
    faults: [...years.flatMap(({ faults }) => faults), ...acts].slice(0, MAX_FAULTS),
  });
}

async function checkYear(state: LogState, head: Head, keys: readonly VerifierKey[]): Promise<CheckedLog> {
  const { year } = head;
  const derived = await derive(state, head);
  const { size } = derived.edge;
  const faults = [...derived.faults, ...(await unordered(state, year, derived))];
  if (head.size !== size || (await hasMore(state, head))) faults.push({ kind: 'size', place: `${year}: ${head.size}` });
  if (size > 0n) faults.push(...checkHead(head, derived, keys));
  return { size, tiles: derived.tiles, blanked: derived.blanks.size, faults };
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
  /** Leaf hashes of blank entries, hexadecimal, by index. */
  readonly blanks: ReadonlyMap<string, string>;
  /** Entries that may say that another was blanked. */
  readonly telling: readonly LogEntry[];
  readonly faults: readonly Fault[];
}

/** What entries say of themselves, as they are read. */
class Reading {
  readonly faults: Fault[] = [];
  readonly blanks = new Map<string, string>();
  readonly telling: LogEntry[] = [];
}

/** Up to the size of the head: a node that runs adds entries meanwhile. */
async function derive(state: LogState, { year, size }: Head): Promise<Derived> {
  const reading = new Reading();
  const { faults } = reading;
  let grown = growTree(emptyEdge(), new Uint8Array(0), nodeTreeHasher);
  let tiles = 0;
  while (grown.edge.size < size) {
    const from = grown.edge.size;
    const entries = await state.entries(year, from, size - from < PAGE ? size - from : PAGE);
    grown = growTree(grown.edge, await readEntries(state, { year, from, entries }, reading), nodeTreeHasher);
    for (const tile of grown.tiles) {
      tiles += 1;
      const stored = await state.tile(year, tile);
      if (stored === undefined || !equalBytes(stored, tile.bytes))
        faults.push({ kind: 'tile', place: `${year}: ${tile.level}/${tile.index}.${tile.width}` });
    }
    if (BigInt(entries.length) < PAGE) break;
  }
  return { edge: grown.edge, root: grown.root, tiles, ...reading };
}

/** The leaf hashes of entries; notes what they say. */
async function readEntries(
  state: LogState,
  { year, from, entries }: { readonly year: number; readonly from: bigint; readonly entries: readonly Uint8Array[] },
  reading: Reading,
): Promise<Uint8Array> {
  const leaves = nodeTreeHasher.hashLeaves(entries);
  for (const [i, bytes] of entries.entries()) {
    const index = from + BigInt(i);
    const entry = decodeEntry(bytes);
    if (bytes.length === 0) {
      const leaf = await storedLeaf(state, year, index);
      leaves.set(leaf, i * HASH_BYTES);
      reading.blanks.set(String(index), toHex(leaf));
    } else if (!entry.ok) reading.faults.push({ kind: 'entry', place: `${year}: ${index}` });
    else if (entry.value.t === 'redacted' || entry.value.t === 'blinded') reading.telling.push(entry.value);
  }
  return leaves;
}

/** Blank entries of which no entry of this log says that it was ordered. */
async function unordered(state: LogState, year: number, { blanks, telling }: Derived): Promise<readonly Fault[]> {
  if (blanks.size === 0) return [];
  const ordered = new Set<string>();
  for (const entry of telling) {
    const { t, index = '', refs = [] } = (await shownBy(state, entry)) ?? entry;
    if (t === 'redacted' && blanks.get(index) === refs[0]) ordered.add(index);
  }
  return [...blanks.keys()]
    .filter((index) => !ordered.has(index))
    .map((index) => ({ kind: 'blank', place: `${year}: ${index}` }));
}

/** What a blinded entry hides, where it is what the entry commits to. */
async function shownBy(state: LogState, entry: LogEntry): Promise<LogEntry | undefined> {
  const hidden = entry.t === 'blinded' ? await state.hidden(entry.id) : undefined;
  const shown = hidden === undefined ? undefined : unblind(entry, hidden, sha256);
  return shown?.ok === true ? shown.value : undefined;
}

/** Whether entries lie behind the head although it did not move meanwhile. */
async function hasMore(state: LogState, { year, size }: Head): Promise<boolean> {
  const from = (size >> 8n) << 8n;
  const entries = await state.entries(year, from, 512n);
  if (from + BigInt(entries.length) <= size) return false;
  return (await state.heads()).some((head) => head.year === year && head.size === size);
}

/** The leaf hash of a blanked entry, from its tile; zeros where the tile is missing, which then shows as a fault of the tile. */
async function storedLeaf(state: LogState, year: number, index: bigint): Promise<Uint8Array> {
  const at = Number(index & 255n);
  const tile = await state.tile(year, { level: 0, index: index >> 8n, width: at + 1 });
  return tile?.slice(at * HASH_BYTES, (at + 1) * HASH_BYTES) ?? new Uint8Array(HASH_BYTES);
}

const HASH_BYTES = 32;

import { fromBase64, holdsAt, ok, type Party, type Result, refuse, toBase64, toHex } from '@comity/core';
import {
  type Checkpoint,
  COSIGNATURE,
  checkSignedCheckpoint,
  decodeEntry,
  type KnownLog,
  type LogEntry,
  leafHash,
  parseCheckpoint,
  parseNote,
  parseSize,
  parseVerifierKey,
  verifierKey,
  verifyInclusion,
} from '@comity/prove';
import { sha256, signatureChecks } from '../keys/crypto.ts';
import { entriesOfActs } from '../store/logRead.ts';
import { stagedFor } from '../store/stage.ts';
import { standInLog } from './entry.ts';
import type { House } from './house.ts';
import { proveEntries } from './proofs.ts';

/** Where the entry of an act stands in a log, so that the other side can check it and refer to it. Base64, decimal index. */
export interface ActPlace {
  readonly act: string;
  readonly index: string;
  /** The bytes of the entry. */
  readonly entry: string;
  readonly proof: readonly string[];
  /** Signed note that the proof leads to, where it is another one than that of most. */
  readonly checkpoint?: string | undefined;
}

/** Places of acts, and the signed note that their proofs lead to. */
export interface PlacedActs {
  readonly checkpoint: string;
  readonly places: readonly ActPlace[];
}

/** Where acts stand in this node's log, each with its proof. What is only staged yet is not among them. */
export async function placesOf(house: House, acts: readonly string[]): Promise<PlacedActs> {
  const years = await house.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => proveEntries(tx, await entriesOfActs(tx, acts)));
  const latest = years.at(-1)?.checkpoint ?? '';
  const places = years.flatMap(({ checkpoint, entries }) =>
    entries.map(({ act, index, bytes, proof }) => ({
      ...{ act: act ?? '', index: String(index), entry: toBase64(bytes), proof: proof.map(toBase64) },
      ...(checkpoint === latest ? {} : { checkpoint }),
    })),
  );
  return { checkpoint: latest, places };
}

/** Between two looks whether an entry that was taken up can be found, in milliseconds. */
const AGAIN = 15;
const PATIENCE = 5000;

/** Where acts of ours stand, once all of them do; undefined when one does not in time. An entry that is staged no more can be found a moment later. */
export async function awaitPlaces(house: House, acts: readonly string[]): Promise<PlacedActs | undefined> {
  for (const end = Date.now() + PATIENCE; Date.now() < end; ) {
    const staged = acts.length === 0 ? [] : await stagedFor(house.db, acts);
    if (!(await standInLog(house, staged))) return undefined;
    const placed = await placesOf(house, acts);
    if (placed.places.length === new Set(acts).size) return placed;
    await new Promise((done) => setTimeout(done, AGAIN));
  }
  return undefined;
}

/** What another party's log was shown to hold of an act: the leaf, and where it stood under which head. */
export interface SeenPlace {
  readonly leaf: string;
  readonly seen: NonNullable<LogEntry['seen']>;
}

/**
 * Checks a place that a party states: the checkpoint is signed with both keys of its log, the entry stands in it, and it is about this act, of this kind
 * (`act`: it made it; `received`: it took it in). Errors: `proof-invalid`.
 */
export function checkPlace(
  house: Pick<House, 'now'>,
  party: Party,
  about: { readonly place: ActPlace; readonly checkpoint: string; readonly kind: 'act' | 'received' },
): Result<SeenPlace> {
  const { place, kind } = about;
  const checkpoint = checkpointOf(house, party, place.checkpoint ?? about.checkpoint);
  const index = parseSize(place.index);
  const bytes = bytesOf(place.entry);
  const proof = place.proof.flatMap((hash) => bytesOf(hash) ?? []);
  if (checkpoint === undefined || !index.ok || bytes === undefined || proof.length !== place.proof.length)
    return refuse('proof-invalid', 'places');
  const entry = decodeEntry(bytes);
  const leaf = leafHash(bytes, sha256);
  const { origin, size, root } = checkpoint;
  const stands = verifyInclusion({ index: index.value, size, root, leaf, proof }, sha256);
  const isIt = entry.ok && isAbout(entry.value, place.act, kind);
  return stands && isIt
    ? ok({ leaf: toHex(leaf), seen: { origin, index: place.index, size: String(size), root: toHex(root) } })
    : refuse('proof-invalid', 'places');
}

/** A blinded entry shows nothing before its day; that it stands there is all that can be said. */
function isAbout(entry: LogEntry, act: string, kind: 'act' | 'received'): boolean {
  return entry.t === 'blinded' || (entry.act === act && entry.t.startsWith(`${kind}.`));
}

/** A checkpoint of one of a party's logs, signed with every kind of key that the directory lists for them now. */
function checkpointOf(house: Pick<House, 'now'>, party: Party, note: string): Checkpoint | undefined {
  const parsed = parseNote(note);
  const read = parsed.ok ? parseCheckpoint(parsed.value.text) : parsed;
  if (!read.ok || !isLogOf(party, read.value.origin)) return undefined;
  const log = logOf(house, party, read.value.origin);
  const signed = checkSignedCheckpoint(note, { logs: [log], sha256, checks: signatureChecks });
  return signed.ok ? signed.value.checkpoint : undefined;
}

/** A party has one log for each year. */
export function isLogOf({ logOrigin }: Party, origin: string): boolean {
  return origin.startsWith(`${logOrigin}/`) && /^[0-9]{4}$/.test(origin.slice(logOrigin.length + 1));
}

/** One of a party's logs, with the keys that the directory lists for them under the name that all years share. */
export function logOf(house: Pick<House, 'now'>, party: Party, origin: string): KnownLog {
  const keys = party.keys
    .filter((key) => key.use === 'log' && holdsAt(key, house.now()))
    .flatMap((key) => {
      const parsed = parseVerifierKey(key.public, sha256);
      return parsed.ok && parsed.value.kind !== COSIGNATURE ? [verifierKey({ ...parsed.value, name: origin }, sha256)] : [];
    });
  return { origin, keys };
}

function bytesOf(text: string): Uint8Array | undefined {
  try {
    return fromBase64(text);
  } catch {
    // fromBase64 throws on every other spelling.
    return undefined;
  }
}

import { fromHex } from '@comity/core';
import { decodeEntry, type TreeHasher } from '@comity/prove';
import { blankEntry, entryAt } from './blank.ts';
import { batchOf } from './logBatch.ts';
import { indexRest } from './logIndex.ts';
import { headOfNote } from './logRead.ts';
import type { LogSession } from './logSession.ts';
import { readTree } from './logTree.ts';
import type { LogWriter, Place } from './logWriter.ts';
import { REDACTED } from './stage.ts';
import { writeBatch } from './writeBatch.ts';

/** Entries that one statement writes when a log catches up. */
const PART = 4096;

/**
 * Writes entries that the database has lost. They have to lead from the stored tree to the root of a note that was signed before: then they are the ones that were lost,
 * whoever kept them. False when they do not, and nothing is written. The caller holds the lock.
 */
export async function adoptEntries(
  session: LogSession,
  writer: LogWriter,
  { year, entries, note }: { readonly year: number; readonly entries: readonly Uint8Array[]; readonly note: string },
): Promise<boolean> {
  const { size, root } = headOfNote(note);
  const held = await readTree(session.db, writer, year);
  const { size: first } = held.growing.edge;
  const redactions = redactionsIn(entries);
  const leaves = leavesOf(entries, { first, redactions, hasher: writer.hasher });
  const whole = batchOf(held.growing, { entries, leaves }, writer.hasher);
  if (whole.after.edge.size !== size || !Buffer.from(whole.root).equals(root)) return false;
  let growing = held.growing;
  for (let from = 0; from < entries.length; from += PART) {
    const part = { entries: entries.slice(from, from + PART), leaves: leaves.subarray(from * HASH, (from + PART) * HASH) };
    const batch = batchOf(growing, part, writer.hasher);
    const at = new Date(writer.clock()).toISOString();
    // Until the last part the old note stays beside a larger tree; nobody is shown it, for the log is behind until then.
    const written = await writeBatch(session.client, { batch, checkpoint: note, at, staged: [], redactions: held.redactions });
    if (!written) return false;
    growing = batch.after;
  }
  await writer.headFileOf(year).write(note);
  await indexRest(session.db, year);
  // An old database has brought back what was blanked since.
  for (const [index, leaf] of redactions) if (index < first) await blankAgain(session, { year, index }, leaf);
  return true;
}

const HASH = 32;

/** Leaf hashes of entries that were blanked, by index, as the entries say by which they were. */
function redactionsIn(entries: readonly Uint8Array[]): ReadonlyMap<bigint, Uint8Array> {
  const found = new Map<bigint, Uint8Array>();
  for (const bytes of entries) {
    const entry = decodeEntry(bytes);
    const { t, index, refs: [leaf] = [] } = entry.ok ? entry.value : { t: '' };
    if (t === REDACTED && index !== undefined && leaf !== undefined) found.set(BigInt(index), fromHex(leaf));
  }
  return found;
}

/** The leaf hashes of entries; of a blank one that which its redaction names. Whether it is the right one shows at the root. */
function leavesOf(
  entries: readonly Uint8Array[],
  about: { readonly first: bigint; readonly redactions: ReadonlyMap<bigint, Uint8Array>; readonly hasher: TreeHasher },
): Uint8Array {
  const leaves = about.hasher.hashLeaves(entries);
  for (const [i, bytes] of entries.entries()) {
    const leaf = bytes.length === 0 ? about.redactions.get(about.first + BigInt(i)) : undefined;
    if (leaf !== undefined) leaves.set(leaf, i * HASH);
  }
  return leaves;
}

async function blankAgain({ db }: LogSession, place: Place, leaf: Uint8Array): Promise<void> {
  const standing = await entryAt(db, place);
  if (standing?.entry === undefined || !Buffer.from(standing.leaf).equals(leaf)) return;
  await db.transaction().execute((tx) => blankEntry(tx, place));
}

import { makeBatch } from './logBatch.ts';
import { indexRest } from './logIndex.ts';
import { headOfNote } from './logRead.ts';
import type { LogSession } from './logSession.ts';
import { readTree } from './logTree.ts';
import type { LogWriter } from './logWriter.ts';
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
  const whole = makeBatch(held.growing, entries, writer.hasher);
  if (whole.after.edge.size !== size || !Buffer.from(whole.root).equals(root)) return false;
  let growing = held.growing;
  for (let from = 0; from < entries.length; from += PART) {
    const batch = makeBatch(growing, entries.slice(from, from + PART), writer.hasher);
    const at = new Date(writer.clock()).toISOString();
    // Until the last part the old note stays beside a larger tree; nobody is shown it, for the log is behind until then.
    const written = await writeBatch(session.client, { batch, checkpoint: note, at, staged: [], redactions: held.redactions });
    if (!written) return false;
    growing = batch.after;
  }
  await writer.headFileOf(year).write(note);
  await indexRest(session.db, year);
  return true;
}

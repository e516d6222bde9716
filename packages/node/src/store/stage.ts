import { encodeEntry, type LogEntry } from '@comity/prove';
import { sql } from 'kysely';
import type { Database, Tx } from './database.ts';
import { yearOf } from './logWriter.ts';

/** What entries are called that say that another party has an act. */
const RECEIPTED = 'receipted.';
/** What entries are called that say that another one was blanked by order. */
export const REDACTED = 'redacted';

/** Told to the sequencer, in whichever process it runs, when a transaction that staged entries commits. */
export const STAGED = 'comity_staged';

/** An entry to be logged. Where it is published later, `blinded` goes into the tree in its place, and it is kept here until its day. */
export interface Staging {
  readonly entry: LogEntry;
  readonly blinded?: { readonly entry: LogEntry; readonly salt: string; readonly until: string };
  /** The log of this year takes it, whenever it was made: it is about an entry of that log. */
  readonly year?: number;
}

/**
 * Stages entries in the caller's transaction: they stand or fall with the act that they are for. The one sequencer of the database puts them into the tree
 * in the order in which they became visible. INVARIANT: one entry for each act that this node holds; a second one throws, and the transaction ends.
 */
export async function stageEntries(tx: Tx, stagings: readonly Staging[]): Promise<void> {
  for (const { entry, blinded, year = yearOf(entry.at) } of stagings) {
    const { t } = entry;
    const at = yearOf(entry.at) === year ? entry.at : `${year}-12-31T23:59:59.999Z`;
    const act = actNamedBy(entry);
    const logged = blinded?.entry ?? entry;
    const bytes = Buffer.from(encodeEntry(logged));
    const once = act !== null && !t.startsWith(RECEIPTED);
    // The notice is told when the transaction commits. One round trip: an act waits for this.
    const staged = await sql`
      with staged as (
        insert into log_staged (id, at, type, case_id, act, bytes)
        select ${logged.id}, ${at}::timestamptz, ${t}, ${entry.case}, ${act}::text, ${bytes}::bytea
        where not ${once}::boolean or not exists (select from log_index where act = ${act}::text and type not like 'receipted.%')
        returning seq)
      select pg_notify(${STAGED}, '') from staged`.execute(tx);
    if (staged.rows.length === 0) throw new Error('log_index_act: this act has its entry already');
    if (blinded !== undefined) await keepBlinded(tx, entry, blinded);
  }
}

/** The act whose entry this is. That an entry was redacted names the act of that entry, and is not it. */
export function actNamedBy({ t, act }: LogEntry): string | null {
  return t === REDACTED ? null : (act ?? null);
}

async function keepBlinded(tx: Tx, entry: LogEntry, blinded: NonNullable<Staging['blinded']>): Promise<void> {
  const { salt, until } = blinded;
  const row = { id: blinded.entry.id, salt, inner_bytes: Buffer.from(encodeEntry(entry)), until };
  await tx.insertInto('log_blinded').values(row).execute();
}

/** When the last entry of a case was made, staged ones included. The caller holds the case's lock. */
export async function lastEntryAt(tx: Tx, caseId: string): Promise<string | undefined> {
  const found = await sql<{ at: string | null }>`
    select greatest((select max(at) from log_index where case_id = ${caseId}), (select max(at) from log_staged where case_id = ${caseId})) as at`.execute(
    tx,
  );
  return found.rows[0]?.at ?? undefined;
}

/** The bytes of the entry of an act that is only staged yet, as they will stand in the tree. */
export async function stagedBytes(tx: Tx, act: string): Promise<Uint8Array | undefined> {
  const row = await tx
    .selectFrom('log_staged')
    .select('bytes')
    .where('act', '=', act)
    .where('type', 'not like', `${RECEIPTED}%`)
    .executeTakeFirst();
  return row === undefined ? undefined : new Uint8Array(row.bytes);
}

/** Ids of the entries of acts that are only staged yet. */
export async function stagedFor(db: Database, acts: readonly string[]): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('log_staged')
    .select('id')
    .where('act', 'in', [...acts])
    .execute();
  return rows.map(({ id }) => id);
}

import { decodeEntry, type LogEntry, redactInBundle } from '@comity/prove';
import { sql } from 'kysely';
import type { Database, Tx } from './database.ts';
import { indexRest } from './logIndex.ts';
import { entriesBetween, leafAt } from './logRead.ts';
import type { Place } from './logWriter.ts';

/** An entry as it stands, before it is blanked. */
export interface Standing {
  readonly leaf: Uint8Array;
  /** What it says; of a blinded entry, what it hides. Undefined when its bytes are gone already. */
  readonly entry: LogEntry | undefined;
}

/** The entry at a place; undefined where there is none. Throws when what stands there is no entry. */
export async function entryAt(db: Database | Tx, { year, index }: Place): Promise<Standing | undefined> {
  const from = (index >> 8n) << 8n;
  const bytes = (await entriesBetween(db, year, { from, until: index + 1n }))[Number(index - from)];
  if (bytes === undefined) return undefined;
  const leaf = await leafAt(db, { year, index });
  if (bytes.length === 0) return { leaf, entry: undefined };
  const entry = read(bytes);
  const hidden = await db.selectFrom('log_blinded').select('inner_bytes').where('id', '=', entry.id).executeTakeFirst();
  return { leaf, entry: hidden === undefined ? entry : read(hidden.inner_bytes) };
}

function read(bytes: Uint8Array): LogEntry {
  const decoded = decodeEntry(bytes);
  if (!decoded.ok) throw new Error(`what stands in the log is no entry: ${decoded.detail}`);
  return decoded.value;
}

/**
 * Blanks the bytes of an entry, in its bundle or in the tail, and what it hid. Its leaf hash stays in the level-0 tile, and with it every root and proof. The head's count
 * of redactions goes up, so that whoever holds the tail in memory writes nothing more from it.
 */
export async function blankEntry(tx: Tx, place: Place): Promise<void> {
  const { year, index } = place;
  // INVARIANT: the head's row is locked first, and then everything is indexed. Else a batch would be indexed afterwards with byte places from before.
  await tx
    .updateTable('log_heads')
    .set(({ eb }) => ({ redactions: eb('redactions', '+', 1) }))
    .where('year', '=', year)
    .execute();
  await indexRest(tx, year);
  await forgetHidden(tx, place);
  const inTail = await tx
    .updateTable('log_tail')
    .set({ bytes: Buffer.alloc(0) })
    .where('year', '=', year)
    .where('index', '=', String(index))
    .returning('index')
    .executeTakeFirst();
  if (inTail === undefined) await blankInBundle(tx, place);
  await moveBytes(tx, place);
}

async function forgetHidden(tx: Tx, { year, index }: Place): Promise<void> {
  await tx
    .deleteFrom('log_blinded')
    .where(({ eb, selectFrom }) =>
      eb('id', 'in', selectFrom('log_index').select('id').where('year', '=', year).where('index', '=', String(index))),
    )
    .execute();
}

async function blankInBundle(tx: Tx, { year, index }: Place): Promise<void> {
  const of = { year, index: String(index >> 8n) };
  const row = await tx
    .selectFrom('log_bundles')
    .select('bytes')
    .where('year', '=', of.year)
    .where('index', '=', of.index)
    .executeTakeFirstOrThrow();
  const blanked = redactInBundle(new Uint8Array(row.bytes), Number(index & 255n));
  if (!blanked.ok) throw new Error(`a stored bundle of the log is damaged: ${blanked.detail}`);
  await tx
    .updateTable('log_bundles')
    .set({ bytes: Buffer.from(blanked.value) })
    .where('year', '=', of.year)
    .where('index', '=', of.index)
    .execute();
}

/** What lies behind a blanked entry in its bundle moves up by its bytes. */
async function moveBytes(tx: Tx, { year, index }: Place): Promise<void> {
  await sql`
    with blanked as (select byte_count as gone from log_index where year = ${year} and index = ${String(index)})
    update log_index as entry set
      from_byte = case when entry.index = ${String(index)} then from_byte else from_byte - gone end,
      byte_count = case when entry.index = ${String(index)} then 0 else byte_count end
    from blanked
    where entry.year = ${year} and entry.index >= ${String(index)} and entry.index < ${String(((index >> 8n) + 1n) << 8n)}`.execute(
    tx,
  );
}

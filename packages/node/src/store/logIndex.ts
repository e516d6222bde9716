import { decodeEntry, type LogEntry } from '@comity/prove';
import { sql } from 'kysely';
import type { Database } from './database.ts';
import { type BytePlace, bytePlaces } from './logBatch.ts';
import { entriesBetween } from './logRead.ts';
import { actNamedBy } from './stage.ts';

/** Told to every process of a database when entries can be found. */
export const INDEXED = 'comity_log';

/** An entry with its place in the tree of a year. */
export interface Placed {
  readonly index: bigint;
  readonly bytes: Uint8Array;
  readonly place: BytePlace;
}

/** Entries that can be found from now on. */
export interface Indexed {
  readonly id: string;
  readonly index: bigint;
}

/** Makes entries findable by id, act and case. What was blanked by order was indexed before. */
export async function indexEntries(db: Database, year: number, entries: readonly Placed[]): Promise<readonly Indexed[]> {
  const last = entries.at(-1);
  if (last === undefined) return [];
  const told = entries.flatMap(({ index, bytes, place }) => {
    const entry = decodeEntry(bytes);
    return entry.ok ? [{ index, place, entry: entry.value }] : [];
  });
  const hidden = await hiddenBy(
    db,
    told.flatMap(({ entry }) => (entry.t === BLINDED ? [entry.id] : [])),
  );
  const rows = told.map(({ index, place, entry }) => {
    const said = hidden.get(entry.id) ?? entry;
    const { at, t, case: case_id } = said;
    const where = { index: String(index), from_byte: place.from, byte_count: place.count };
    return { ...where, id: entry.id, at, type: t, case_id, act: actNamedBy(said) };
  });
  // The head's row is locked before anything is inserted: whoever blanks an entry holds it, and moves the byte places of what is indexed by then.
  await sql`
    with head as (
      update log_heads set indexed = greatest(indexed, ${String(last.index + 1n)}::bigint) where year = ${year} returning year),
    rows as (
      insert into log_index (year, index, id, at, type, case_id, act, from_byte, byte_count)
      select ${year}::smallint, index, id, at, type, case_id, act, from_byte, byte_count
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as entry (index bigint, id text, at timestamptz, type text, case_id text, act text, from_byte integer, byte_count integer)
      where exists (select from head)
      on conflict (year, index) do nothing)
    select pg_notify(${INDEXED}, '')`.execute(db);
  return rows.map(({ id, index }) => ({ id, index: BigInt(index) }));
}

const BLINDED = 'blinded';

/** What blinded entries hide, as this node alone knows it. */
async function hiddenBy(db: Database, ids: readonly string[]): Promise<ReadonlyMap<string, LogEntry>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('log_blinded').select(['id', 'inner_bytes']).where('id', 'in', ids).execute();
  return new Map(
    rows.flatMap(({ id, inner_bytes }) => {
      const inner = decodeEntry(inner_bytes);
      return inner.ok ? [[id, inner.value] as const] : [];
    }),
  );
}

/** Entries that are read at once: whole bundles. */
const PAGE = 1024n;

/** Indexes whatever stands in the tree of a year and cannot be found yet: a crash came between, or the batch was not indexed on its way. */
export async function indexRest(db: Database, year: number, until?: bigint): Promise<void> {
  for (;;) {
    const head = await db.selectFrom('log_heads').select(['size', 'indexed']).where('year', '=', year).executeTakeFirst();
    if (head === undefined || BigInt(head.indexed) >= (until ?? BigInt(head.size))) return;
    // From the beginning of a bundle, so that the places of bytes are right.
    const from = (BigInt(head.indexed) >> 8n) << 8n;
    const entries = await entriesBetween(db, year, { from, until: from + PAGE });
    const places = bytePlaces([], entries);
    const placed = entries.map((bytes, i) => ({ index: from + BigInt(i), bytes, place: places[i] ?? NOWHERE }));
    await indexEntries(db, year, placed);
  }
}

const NOWHERE: BytePlace = { from: 0, count: 0 };

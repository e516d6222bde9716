import { type BundleAddress, encodeBundle, parseCheckpoint, parseNote, type TileAddress } from '@comity/prove';
import { type RawBuilder, sql } from 'kysely';
import type { Database, Tx } from './database.ts';
import { entriesOfBundle } from './logBatch.ts';
import type { Place } from './logWriter.ts';

/** The head of the log of a year. */
export interface Head {
  readonly year: number;
  readonly size: bigint;
  readonly root: Uint8Array;
  /** Signed note. */
  readonly checkpoint: string;
  /** The largest checkpoint that met the quorum of witnesses, with its cosignatures. */
  readonly witnessed?: Witnessed;
}

export interface Witnessed {
  readonly size: bigint;
  readonly checkpoint: string;
  readonly at: string;
}

/** The heads of every year's log, oldest first. */
export async function readHeads(db: Database | Tx): Promise<readonly Head[]> {
  const rows = await db
    .selectFrom('log_heads')
    .select(['year', 'size', 'root', 'checkpoint', 'witnessed', 'witnessed_size', 'witnessed_at'])
    .orderBy('year')
    .execute();
  return rows.map(({ year, size, root, checkpoint, witnessed, witnessed_size, witnessed_at }) => ({
    year,
    size: BigInt(size),
    root: new Uint8Array(root),
    checkpoint,
    ...(witnessed === null || witnessed_at === null
      ? {}
      : { witnessed: { size: BigInt(witnessed_size), checkpoint: witnessed, at: witnessed_at } }),
  }));
}

/** The head of one year's log, or undefined when nothing stands in it. */
export async function readHead(db: Database | Tx, year: number): Promise<Head | undefined> {
  return (await readHeads(db)).find((head) => head.year === year);
}

/** Size and root that a signed note of ours states. Throws on a note that is none: we wrote it. */
export function headOfNote(note: string): { readonly size: bigint; readonly root: Uint8Array; readonly origin: string } {
  const parsed = parseNote(note);
  const checkpoint = parsed.ok ? parseCheckpoint(parsed.value.text) : parsed;
  if (!checkpoint.ok) throw new Error(`a stored checkpoint cannot be read: ${checkpoint.detail}`);
  return checkpoint.value;
}

/** The bytes of a tile: the stored one, or the beginning of a wider one. Throws when neither is there: a head without its tiles is damage. */
export async function readTile(db: Database | Tx, year: number, address: TileAddress): Promise<Uint8Array> {
  const bytes = await findTile(db, year, address);
  if (bytes === undefined) throw new Error(`tile ${address.level}/${address.index} of ${year} is not stored`);
  return bytes;
}

const HASH_BYTES = 32;

/** The leaf hash at a place, from the level-0 tile. Throws when the tree is not so large. */
export async function leafAt(db: Database | Tx, { year, index }: Place): Promise<Uint8Array> {
  const width = Number(index & 255n) + 1;
  return (await readTile(db, year, { level: 0, index: index >> 8n, width })).slice(-HASH_BYTES);
}

/** The bytes of a tile, or undefined when it is not stored so wide. */
export async function findTile(db: Database | Tx, year: number, address: TileAddress): Promise<Uint8Array | undefined> {
  const row = await db
    .selectFrom('log_tiles')
    .select('bytes')
    .where('year', '=', year)
    .where('level', '=', address.level)
    .where('index', '=', String(address.index))
    .executeTakeFirst();
  const length = address.width * HASH_BYTES;
  return row === undefined || row.bytes.length < length ? undefined : new Uint8Array(row.bytes.subarray(0, length));
}

/**
 * Entries of a year by their indexes, from the first index up to (not including) the last one or the end of the tree, all of one moment. `from` is the
 * beginning of a bundle. A blanked entry has no bytes.
 */
export async function entriesBetween(
  db: Database | Tx,
  year: number,
  { from, until }: { readonly from: bigint; readonly until: bigint },
): Promise<readonly Uint8Array[]> {
  if ((from & 255n) !== 0n) throw new RangeError('entries are read from the beginning of a bundle on');
  const bundles = db
    .selectFrom('log_bundles')
    .select([sql<boolean>`true`.as('full'), 'index', 'bytes'])
    .where('year', '=', year)
    .where('index', '>=', String(from >> 8n))
    .where('index', '<', String((until + 255n) >> 8n));
  const tail = db
    .selectFrom('log_tail')
    .select([sql<boolean>`false`.as('full'), 'index', 'bytes'])
    .where('year', '=', year)
    .where('index', '>=', String(from))
    .where('index', '<', String(until));
  const rows = await bundles.unionAll(tail).orderBy('full', 'desc').orderBy('index').execute();
  const entries = rows.flatMap(({ full, bytes }) => (full ? entriesOfBundle(bytes) : [new Uint8Array(bytes)]));
  return entries.slice(0, Number(until - from));
}

/** The bundle that a path names, as C2SP tlog-tiles serves it: of this width, or undefined when the tree is not so large. */
export async function readBundle(db: Database | Tx, year: number, address: BundleAddress): Promise<Uint8Array | undefined> {
  const from = address.index << 8n;
  const entries = await entriesBetween(db, year, { from, until: from + BigInt(address.width) });
  return entries.length < address.width ? undefined : encodeBundle(entries);
}

/** An entry of a case, where it stands. */
export interface StoredEntry {
  readonly year: number;
  readonly index: bigint;
  readonly act: string | null;
  /** Without bytes: blanked by order. */
  readonly bytes: Uint8Array;
  /** What a blinded entry hides. */
  readonly hidden?: { readonly salt: string; readonly inner: Uint8Array };
}

/** The entries of a case that stand in the tree, oldest first. */
export function entriesOf(db: Database | Tx, caseId: string): Promise<readonly StoredEntry[]> {
  return entriesWhere(db, sql`entry.case_id = ${caseId}`);
}

/** The entries of acts that stand in the tree: the one by which this node made or took in each. */
export function entriesOfActs(db: Database | Tx, acts: readonly string[]): Promise<readonly StoredEntry[]> {
  return entriesWhere(db, sql`entry.act = any(${[...acts]}) and entry.type not like 'receipted.%'`);
}

async function entriesWhere(db: Database | Tx, condition: RawBuilder<unknown>): Promise<readonly StoredEntry[]> {
  const found = await sql<EntryFound>`
    select entry.year, entry.index, entry.act, coalesce(tail.bytes, substring(bundle.bytes from entry.from_byte + 1 for entry.byte_count)) as bytes,
      hidden.salt, hidden.inner_bytes
    from log_index entry
    left join log_tail tail on tail.year = entry.year and tail.index = entry.index
    left join log_bundles bundle on bundle.year = entry.year and bundle.index = entry.index / 256
    left join log_blinded hidden on hidden.id = entry.id
    where ${condition} order by entry.year, entry.index`.execute(db);
  return found.rows.map(({ year, index, act, bytes, salt, inner_bytes }) => ({
    year,
    index: BigInt(index),
    act,
    bytes: new Uint8Array(bytes),
    ...(salt === null || inner_bytes === null ? {} : { hidden: { salt, inner: new Uint8Array(inner_bytes) } }),
  }));
}

interface EntryFound {
  readonly year: number;
  readonly index: string;
  readonly act: string | null;
  readonly bytes: Buffer;
  readonly salt: string | null;
  readonly inner_bytes: Buffer | null;
}

/** What a blinded entry hid, by its index. */
export interface Disclosure {
  readonly index: string;
  readonly salt: string;
  readonly inner: Uint8Array;
}

/** What the blinded entries of a year hid whose day has come, from an index on. */
export async function disclosuresOf(
  db: Database,
  year: number,
  { from, now, limit }: { readonly from: bigint; readonly now: string; readonly limit: number },
): Promise<readonly Disclosure[]> {
  const rows = await db
    .selectFrom('log_blinded')
    .innerJoin('log_index', 'log_index.id', 'log_blinded.id')
    .select(['log_index.index', 'log_blinded.salt', 'log_blinded.inner_bytes'])
    .where('log_blinded.until', '<=', now)
    .where('log_index.year', '=', year)
    .where('log_index.index', '>=', String(from))
    .orderBy('log_index.index')
    .limit(limit)
    .execute();
  return rows.map(({ index, salt, inner_bytes }) => ({ index, salt, inner: new Uint8Array(inner_bytes) }));
}

/** Where the entry of an act stands; undefined while it is only staged. */
export async function placeOfAct(db: Database | Tx, act: string): Promise<Place | undefined> {
  const row = await db
    .selectFrom('log_index')
    .select(['year', 'index'])
    .where('act', '=', act)
    .where('type', 'not like', 'receipted.%')
    .executeTakeFirst();
  return row === undefined ? undefined : { year: row.year, index: BigInt(row.index) };
}

/**
 * How many acts of a case have an entry that is on its way into the tree or into the index, which follows it. An act that has none at all, because somebody kept
 * it out, is not waited for.
 */
export async function actsOnTheirWay(tx: Tx, caseId: string): Promise<number> {
  const found = await sql<{ n: string }>`
    select count(*) as n from acts act where case_id = ${caseId}
      and not exists (select from log_index logged where logged.act = act.digest)
      and (exists (select from log_staged staged where staged.act = act.digest) or exists (select from log_heads where indexed < size))`.execute(
    tx,
  );
  return Number(found.rows[0]?.n ?? 0);
}

const MOST_UNMATCHED = 100;

/** Entries whose act the database has lost, as `year: index`, and acts that have no entry, staged ones included; the first hundred of each. */
export async function unmatchedActs(
  db: Database,
): Promise<{ readonly lost: readonly string[]; readonly unlogged: readonly string[] }> {
  const lost = await sql<{ place: string }>`
    select year || ': ' || index as place from log_index entry
    where act is not null and type not like 'receipted.%' and not exists (select from acts where digest = entry.act)
    order by year, index limit ${MOST_UNMATCHED}`.execute(db);
  const unlogged = await sql<{ digest: string }>`
    select digest from acts act
    where not exists (select from log_index logged where logged.act = act.digest)
      and not exists (select from log_staged staged where staged.act = act.digest)
    order by digest limit ${MOST_UNMATCHED}`.execute(db);
  return { lost: lost.rows.map(({ place }) => place), unlogged: unlogged.rows.map(({ digest }) => digest) };
}

import {
  emptyEdge,
  encodeBundle,
  encodeEntry,
  formatCheckpoint,
  formatEdge,
  growTree,
  type LogEntry,
  parseEdge,
  type Sha256,
  type TileAddress,
  type TreeEdge,
  treeHasher,
} from '@comity/prove';
import { sql } from 'kysely';
import type { Database, Tx } from './database.ts';

/** Signs the text of a checkpoint and gives the whole note. */
export type SignCheckpoint = (text: string) => Promise<string>;

/** The log as it stands: its size, right edge and last signed checkpoint. */
export interface Head {
  readonly edge: TreeEdge;
  readonly checkpoint: string;
}

/** What a log needs besides the database. */
export interface LogWriter {
  readonly origin: string;
  readonly sha256: Sha256;
  readonly sign: SignCheckpoint;
}

/**
 * Appends entries in the caller's transaction: entry, tiles, head and checkpoint stand or fall with the act that they are for.
 * INVARIANT: a checkpoint is stored only together with the tiles that support it. Returns the index of the first entry.
 */
export async function appendEntries(tx: Tx, writer: LogWriter, entries: readonly LogEntry[]): Promise<bigint> {
  await sql`select pg_advisory_xact_lock(2, 0)`.execute(tx);
  const head = await readHead(tx);
  const edge = head?.edge ?? emptyEdge();
  const bytes = entries.map((entry) => encodeEntry(entry));
  const hasher = treeHasher(writer.sha256);
  const grown = growTree(edge, hasher.hashLeaves(bytes), hasher);
  const rows = entries.map((entry, i) => ({
    index: String(edge.size + BigInt(i)),
    at: entry.at,
    type: entry.t,
    case_id: entry.case,
    act: entry.act ?? null,
    bytes: Buffer.from(bytes[i] ?? []),
  }));
  await tx.insertInto('log_entries').values(rows).execute();
  const tiles = grown.tiles.map((tile) => ({
    level: tile.level,
    index: String(tile.index),
    width: tile.width,
    bytes: Buffer.from(tile.bytes),
  }));
  await tx
    .insertInto('log_tiles')
    .values(tiles)
    .onConflict((c) => c.columns(['level', 'index', 'width']).doNothing())
    .execute();
  const checkpoint = await writer.sign(formatCheckpoint({ origin: writer.origin, size: grown.edge.size, root: grown.root }));
  await writeHead(tx, { edge: grown.edge, checkpoint }, edge.size);
  return edge.size;
}

/** The head, or undefined for a log without entries. */
export async function readHead(db: Database | Tx): Promise<Head | undefined> {
  const row = await db.selectFrom('log_head').select(['edge', 'checkpoint']).where('id', '=', 1).executeTakeFirst();
  if (row === undefined) return undefined;
  const edge = parseEdge(row.edge);
  if (!edge.ok) throw new Error('the stored head of the log is damaged');
  return { edge: edge.value, checkpoint: row.checkpoint };
}

/** Compare-and-set on the size: a second writer would find another one and stop. */
async function writeHead(tx: Tx, head: Head, oldSize: bigint): Promise<void> {
  const row = { size: String(head.edge.size), edge: formatEdge(head.edge), checkpoint: head.checkpoint };
  if (oldSize === 0n) {
    await tx
      .insertInto('log_head')
      .values({ id: 1, ...row })
      .execute();
    return;
  }
  const done = await tx
    .updateTable('log_head')
    .set(row)
    .where('id', '=', 1)
    .where('size', '=', String(oldSize))
    .returning('id')
    .executeTakeFirst();
  if (done === undefined) throw new Error('another writer moved the head of the log');
}

/** The bytes of a tile: the stored one, or the beginning of a wider one. Throws when neither is there: a head without its tiles is damage. */
export async function readTile(db: Database | Tx, address: TileAddress): Promise<Uint8Array> {
  const bytes = await findTile(db, address);
  if (bytes === undefined) throw new Error(`tile ${address.level}/${address.index} is not stored`);
  return bytes;
}

/** The bytes of a tile, or undefined when it is not stored. */
export async function findTile(db: Database | Tx, address: TileAddress): Promise<Uint8Array | undefined> {
  const row = await db
    .selectFrom('log_tiles')
    .select('bytes')
    .where('level', '=', address.level)
    .where('index', '=', String(address.index))
    .where('width', '>=', address.width)
    .orderBy('width')
    .executeTakeFirst();
  return row === undefined ? undefined : new Uint8Array(row.bytes.subarray(0, address.width * 32));
}

/** Entries of a case with their indexes, oldest first. */
export async function entriesOf(
  db: Database | Tx,
  caseId: string,
): Promise<readonly { readonly index: bigint; readonly bytes: Uint8Array }[]> {
  const rows = await db
    .selectFrom('log_entries')
    .select(['index', 'bytes'])
    .where('case_id', '=', caseId)
    .orderBy('index')
    .execute();
  return rows.map((row) => ({ index: BigInt(row.index), bytes: new Uint8Array(row.bytes) }));
}

/** When the last entry of a case was made. */
export async function lastEntryAt(tx: Tx, caseId: string): Promise<string | undefined> {
  const row = await tx
    .selectFrom('log_entries')
    .select('at')
    .where('case_id', '=', caseId)
    .orderBy('index', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.at;
}

/** Index of the entry of an act. */
export async function indexOfAct(db: Database | Tx, act: string): Promise<bigint | undefined> {
  const row = await db.selectFrom('log_entries').select('index').where('act', '=', act).executeTakeFirst();
  return row === undefined ? undefined : BigInt(row.index);
}

/** A bundle of up to 256 entries, from its index on (C2SP tlog-tiles). */
export async function readBundle(db: Database, index: bigint): Promise<Uint8Array> {
  const from = index * 256n;
  const rows = await db
    .selectFrom('log_entries')
    .select('bytes')
    .where('index', '>=', String(from))
    .where('index', '<', String(from + 256n))
    .orderBy('index')
    .execute();
  return encodeBundle(rows.map((row) => new Uint8Array(row.bytes)));
}

/** Every entry from an index on, for a check of the whole log. */
export async function entriesFrom(db: Database, index: bigint, limit: number): Promise<readonly Uint8Array[]> {
  const rows = await db
    .selectFrom('log_entries')
    .select('bytes')
    .where('index', '>=', String(index))
    .orderBy('index')
    .limit(limit)
    .execute();
  return rows.map((row) => new Uint8Array(row.bytes));
}

import { edgeFrom, emptyRoot, formatCheckpoint, rootOf, type TileAddress, type TreeHasher } from '@comity/prove';
import { sql } from 'kysely';
import type { Database } from './database.ts';
import type { Growing } from './logBatch.ts';
import { headOfNote, readTile } from './logRead.ts';
import { LogBehind, type LogWriter } from './logWriter.ts';

/** The tree of a year as the sequencer holds it. */
export interface HeldTree {
  readonly growing: Growing;
  readonly redactions: number;
}

/**
 * Reads the tree of a year to go on with it, and makes sure that going on is no fork: the stored head is what the stored tiles make, and it is not older than the
 * head outside the database. Throws LogBehind when it is older, Error when it is damaged.
 */
export async function holdTree(db: Database, writer: LogWriter, year: number): Promise<HeldTree> {
  const held = await readTree(db, writer, year);
  const { size } = held.growing.edge;
  if (held.outside) await checkNotBehind(writer, year, { size, root: held.root });
  return held;
}

/** The tree of a year as the database has it, however old that is. Throws when it is damaged. */
export async function readTree(
  db: Database,
  writer: LogWriter,
  year: number,
): Promise<HeldTree & { readonly root: Buffer; readonly outside: boolean }> {
  await db
    .insertInto('log_heads')
    .values({
      year,
      size: '0',
      root: Buffer.from(emptyRoot(writer.hasher.sha256)),
      checkpoint: '',
      at: new Date(writer.clock()).toISOString(),
    })
    .onConflict((c) => c.column('year').doNothing())
    .execute();
  const head = await db
    .selectFrom('log_heads')
    .select(['size', 'root', 'redactions', 'outside'])
    .where('year', '=', year)
    .executeTakeFirstOrThrow();
  const size = BigInt(head.size);
  const edge = await edgeFrom(size, (address: TileAddress) => readTile(db, year, address));
  if (!head.root.equals(rootOf(edge, writer.hasher)))
    throw new Error(`the stored head of the log of ${year} is not what its tiles make`);
  const tail = await db.selectFrom('log_tail').select('bytes').where('year', '=', year).orderBy('index').execute();
  if (BigInt(tail.length) !== size % 256n) throw new Error(`the tail of the log of ${year} is damaged`);
  return {
    root: head.root,
    outside: head.outside,
    growing: { year, edge, tail: tail.map(({ bytes }) => new Uint8Array(bytes)) },
    redactions: head.redactions,
  };
}

async function checkNotBehind(
  writer: LogWriter,
  year: number,
  stored: { readonly size: bigint; readonly root: Buffer },
): Promise<void> {
  const outside = writer.headFileOf(year);
  const note = outside.read();
  if (note === undefined) {
    // A head outside the database is kept from before the first entry on: without it a database that holds entries may have been set back.
    if (stored.size > 0n) throw new LogBehind(`the log of ${year} has ${stored.size} entries and no head outside the database`);
    await outside.write(await writer.sign(formatCheckpoint({ origin: writer.originOf(year), ...stored })));
    return;
  }
  const signed = headOfNote(note);
  const forked = signed.size === stored.size && !stored.root.equals(signed.root);
  if (signed.size > stored.size || forked)
    throw new LogBehind(`the log of ${year} was signed at size ${signed.size}; the database is at ${stored.size}`);
}

/** Whether the stored tree of a year has, at the size of a head that was once signed, its root. */
export async function treeHolds(
  db: Database,
  hasher: TreeHasher,
  { year, size, root }: { readonly year: number; readonly size: bigint; readonly root: Uint8Array },
): Promise<boolean> {
  const head = await db.selectFrom('log_heads').select('size').where('year', '=', year).executeTakeFirst();
  if (BigInt(head?.size ?? 0) < size) return false;
  const edge = await edgeFrom(size, (address: TileAddress) => readTile(db, year, address));
  return Buffer.from(rootOf(edge, hasher)).equals(root);
}

/** Whether an entry with these bytes stands at an index: after a connection broke, that tells whether its batch was written. */
export async function standsAt(db: Database, year: number, index: bigint, entry: Uint8Array): Promise<boolean> {
  const found = await sql<{ same: boolean }>`
    select exists (select from log_tail where year = ${year} and index = ${String(index)} and bytes = ${Buffer.from(entry)})
      or exists (select from log_bundles where year = ${year} and index = ${String(index >> 8n)} and position(${Buffer.from(entry)}::bytea in bytes) > 0)
      as same`.execute(db);
  return found.rows[0]?.same === true;
}

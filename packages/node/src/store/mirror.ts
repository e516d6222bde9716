import { decodeBundle, emptyEdge, encodeBundle, formatEdge, type LogEntry, parseEdge, type TreeEdge } from '@comity/prove';
import { sql } from 'kysely';
import type { Database, Tx } from './database.ts';

/** How far the copy of another's log goes. */
export interface Mirror {
  readonly origin: string;
  readonly edge: TreeEdge;
  /** Signed note of this size. */
  readonly note: string;
  readonly at: string;
}

/** An entry of another's log: its leaf, and what it says unless its bytes were blanked. */
export interface MirroredEntry {
  readonly index: bigint;
  /** Hexadecimal. */
  readonly leaf: string;
  readonly bytes: Uint8Array;
  readonly entry?: LogEntry;
}

/** The copy of a log, empty where none was begun. */
export async function findMirror(db: Database | Tx, origin: string): Promise<Mirror> {
  const row = await db.selectFrom('mirrors').selectAll().where('origin', '=', origin).executeTakeFirst();
  if (row === undefined) return { origin, edge: emptyEdge(), note: '', at: '' };
  const edge = parseEdge(row.edge);
  if (!edge.ok) throw new Error('the edge of a mirror cannot be read');
  return { origin, edge: edge.value, note: row.note, at: row.at };
}

/** Adds entries that were checked against the note. The caller has made sure that they follow what is there. */
export async function growMirror(tx: Tx, mirror: Mirror, entries: readonly MirroredEntry[]): Promise<void> {
  const { origin, edge, note, at } = mirror;
  const row = { size: String(edge.size), edge: formatEdge(edge), note, at };
  await tx
    .insertInto('mirrors')
    .values({ origin, ...row })
    .onConflict((c) => c.column('origin').doUpdateSet(row))
    .execute();
  for (const [index, ofBundle] of Map.groupBy(entries, (entry) => entry.index >> 8n))
    await growBundle(tx, { origin, index }, ofBundle);
  for (let i = 0; i < entries.length; i += 500)
    await tx
      .insertInto('mirror_entries')
      .values(entries.slice(i, i + 500).map((entry) => rowOf(origin, entry)))
      .execute();
}

async function growBundle(
  tx: Tx,
  place: { readonly origin: string; readonly index: bigint },
  entries: readonly MirroredEntry[],
): Promise<void> {
  const key = { origin: place.origin, index: String(place.index) };
  const before = await mirroredBundle(tx, place);
  const bytes = Buffer.concat([before ?? new Uint8Array(0), encodeBundle(entries.map((entry) => entry.bytes))]);
  await tx
    .insertInto('mirror_bundles')
    .values({ ...key, bytes })
    .onConflict((c) => c.columns(['origin', 'index']).doUpdateSet({ bytes }))
    .execute();
}

function rowOf(origin: string, { index, leaf, entry }: MirroredEntry) {
  return {
    origin,
    index: String(index),
    leaf,
    at: entry?.at ?? null,
    type: entry?.t ?? null,
    case_id: entry?.case ?? null,
    role: entry?.role ?? null,
    act: entry?.act ?? null,
    decision: entry?.decision ?? null,
    ref: entry?.refs?.[0] ?? null,
    seen_origin: entry?.seen?.origin ?? null,
    seen_index: entry?.seen?.index ?? null,
    object: entry?.obj?.ct_sha256 ?? null,
  };
}

/** The bundle of a copy, as far as it goes. */
export async function mirroredBundle(
  db: Database | Tx,
  { origin, index }: { readonly origin: string; readonly index: bigint },
): Promise<Uint8Array | undefined> {
  const found = db.selectFrom('mirror_bundles').select('bytes').where('origin', '=', origin);
  const row = await found.where('index', '=', String(index)).executeTakeFirst();
  return row === undefined ? undefined : new Uint8Array(row.bytes);
}

/** Blanks an entry of a copy, if it is the one with this leaf: its keeper has shown the order for it. */
export async function blankMirrored(
  tx: Tx,
  origin: string,
  { index, leaf }: { readonly index: bigint; readonly leaf: string },
): Promise<void> {
  const nothing = { at: null, type: null, case_id: null, role: null, act: null, decision: null };
  const blanked = await tx
    .updateTable('mirror_entries')
    .set({ ...nothing, ref: null, seen_origin: null, seen_index: null, object: null })
    .where('origin', '=', origin)
    .where('index', '=', String(index))
    .where('leaf', '=', leaf)
    .returning('index')
    .executeTakeFirst();
  const bundle = blanked === undefined ? undefined : await mirroredBundle(tx, { origin, index: index >> 8n });
  const entries = bundle === undefined ? undefined : decodeBundle(bundle);
  if (entries?.ok !== true) return;
  const left = entries.value.map((bytes, i) => (BigInt(i) === (index & 255n) ? new Uint8Array(0) : bytes));
  await tx
    .updateTable('mirror_bundles')
    .set({ bytes: Buffer.from(encodeBundle(left)) })
    .where('origin', '=', origin)
    .where('index', '=', String(index >> 8n))
    .execute();
}

/** Throws a copy away: what was handed out for it is not what was signed. */
export async function forgetMirror(tx: Tx, origin: string): Promise<void> {
  for (const table of ['mirrors', 'mirror_bundles', 'mirror_entries'] as const)
    await tx.deleteFrom(table).where('origin', '=', origin).execute();
}

/** The copies that are kept, by origin. */
export async function mirrors(
  db: Database,
): Promise<readonly { readonly origin: string; readonly size: bigint; readonly at: string }[]> {
  const rows = await db.selectFrom('mirrors').select(['origin', 'size', 'at']).orderBy('origin').execute();
  return rows.map((row) => ({ ...row, size: BigInt(row.size) }));
}

/** A reading of a case, or the opening of a payload, as another's log says it. */
export interface MirroredReading {
  readonly origin: string;
  readonly index: string;
  readonly at: string | null;
  readonly type: string | null;
  readonly case_id: string | null;
  readonly role: string | null;
  readonly decision: string | null;
}

/** The newest readings in all copies, or in that of one log. */
export async function mirroredReadings(db: Database, origin?: string): Promise<readonly MirroredReading[]> {
  const found = db
    .selectFrom('mirror_entries')
    .select(['origin', 'index', 'at', 'type', 'case_id', 'role', 'decision'])
    .where('type', 'in', ['case.read', 'payload.asked', 'data.queried'])
    .orderBy('at', 'desc')
    .limit(500);
  return (origin === undefined ? found : found.where('origin', '=', origin)).execute();
}

/** A copy that its holder's log says is overdue, and of which it has not said since that it is settled. */
export interface MirroredOverdue {
  readonly origin: string;
  readonly index: string;
  readonly at: string;
  readonly case_id: string;
  readonly decision: string;
  readonly object: string;
}

/** The copies that are overdue by the logs that are copied here, the longest first. */
export async function mirroredOverdue(db: Database): Promise<readonly MirroredOverdue[]> {
  const rows = await sql<MirroredOverdue>`
    select told.origin, told.index, told.at, told.case_id, told.decision, told.object from mirror_entries told
    where told.type = 'copy.overdue' and not exists (
      select 1 from mirror_entries later
      where later.origin = told.origin and later.object = told.object and later.type = 'copy.settled' and later.index > told.index)
    order by told.at limit 500`.execute(db);
  return rows.rows;
}

/** Where one log says that another holds an entry, and the other holds another one there, or none. */
export interface Unreconciled {
  /** Whose log says so, and where. */
  readonly origin: string;
  readonly index: string;
  readonly type: string;
  /** Where the other log should hold it. */
  readonly seen_origin: string;
  readonly seen_index: string;
  /** Null: the other log has nothing there, though it is that long. */
  readonly found: string | null;
}

/** Holds the copies against each other. What a copy does not reach yet is not held against anybody. */
export async function unreconciled(db: Database): Promise<readonly Unreconciled[]> {
  const rows = await sql<Unreconciled>`
    select told.origin, told.index, told.type, told.seen_origin, told.seen_index, there.leaf as found
    from mirror_entries told
    join mirrors other on other.origin = told.seen_origin and other.size > told.seen_index
    left join mirror_entries there on there.origin = told.seen_origin and there.index = told.seen_index
    where told.seen_origin is not null and there.leaf is distinct from told.ref
    order by told.origin, told.index limit 500`.execute(db);
  return rows.rows;
}

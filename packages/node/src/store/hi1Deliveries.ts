import type { Instant } from '@comity/core';
import type { SubjectKeys } from '../keys/subjects.ts';
import type { Database, Tx } from './database.ts';
import { sealBytes, unsealBytes } from './sealedBytes.ts';
import { keyInForce } from './subjects.ts';

export type DeliverySide = 'sent' | 'received';
export type DeliveryState = 'proposed' | 'released' | 'acknowledged' | 'coming' | 'landed' | 'discarded' | 'refused';

/** Which delivery: the number is drawn by whoever delivers, so it counts only together with who that is. */
export interface DeliveryKey {
  readonly side: DeliverySide;
  /** The foreign authority that it goes to or comes from. */
  readonly counterpart: string;
  readonly id: string;
}

/** An answer to one task, without its content. */
export interface StoredDelivery extends DeliveryKey {
  readonly import: string;
  readonly case: string | null;
  readonly item: string;
  readonly ldid: string;
  readonly encryption: string | null;
  readonly state: DeliveryState;
  readonly exists: boolean | null;
  readonly size: number;
  readonly sha256: string | null;
  readonly person: string | null;
  readonly error: number | null;
  readonly changed: Instant;
}

/** Whether an item is of a task: a combined type of data is one task with two items, whose names have a number after a point. */
export function isItemOf(item: string, task: string | null): boolean {
  return task !== null && (item === task || (item.startsWith(`${task}.`) && /^\d+$/.test(item.slice(task.length + 1))));
}

/** A part of a delivery, without its content. */
export interface StoredPart {
  readonly delivery: DeliveryKey;
  readonly sequence: number;
  readonly object: string;
  readonly last: boolean;
  readonly acknowledged: boolean;
  readonly transaction: string | null;
  readonly written: Instant | null;
}

/** Keeps a delivery without parts. The caller holds the lock of its import. */
export async function insertDelivery(tx: Tx, given: StoredDelivery): Promise<void> {
  const { import: import_id, case: case_id, size, ...rest } = given;
  await tx
    .insertInto('hi1_deliveries')
    .values({ ...rest, import_id, case_id, size: String(size) })
    .execute();
}

/** Keeps a part of a delivery, its content under the key of the import. */
export async function insertPart(
  tx: Tx,
  { delivery, content, ...part }: StoredPart & { readonly content: Uint8Array | undefined },
  about: { readonly import: string; readonly subjects: SubjectKeys },
): Promise<void> {
  const key = await keyInForce(tx, about.import, about.subjects);
  const sealed = content === undefined ? null : sealBytes(key, boundTo(delivery, part.sequence), content);
  const { object: object_id, transaction: transaction_id, ...rest } = part;
  await tx
    .insertInto('hi1_parts')
    .values({
      ...{ side: delivery.side, counterpart: delivery.counterpart, delivery_id: delivery.id },
      ...{ ...rest, object_id, transaction_id, content: sealed },
    })
    .execute();
}

function boundTo({ side, counterpart, id }: DeliveryKey, sequence: number): string {
  return ['hi1-part', side, counterpart, id, sequence].join('\n');
}

export async function findDelivery(db: Database | Tx, key: DeliveryKey): Promise<StoredDelivery | undefined> {
  const row = await rows(db)
    .where('side', '=', key.side)
    .where('counterpart', '=', key.counterpart)
    .where('id', '=', key.id)
    .executeTakeFirst();
  return row === undefined ? undefined : parse(row);
}

/** Deliveries of an import, the latest change last. */
export async function deliveriesOf(db: Database | Tx, importId: string): Promise<readonly StoredDelivery[]> {
  return (await rows(db).where('import_id', '=', importId).orderBy('changed').orderBy('id').execute()).map(parse);
}

/** What was released for an authority and not acknowledged, the oldest first. */
export async function owedTo(db: Database | Tx, counterpart: string): Promise<readonly StoredDelivery[]> {
  const found = rows(db).where('side', '=', 'sent').where('counterpart', '=', counterpart).where('state', '=', 'released');
  return (await found.orderBy('changed').orderBy('id').execute()).map(parse);
}

/** Authorities to which something is owed. */
export async function owedAuthorities(db: Database | Tx): Promise<readonly string[]> {
  const found = db.selectFrom('hi1_deliveries').select('counterpart').distinct().where('state', '=', 'released');
  return (await found.execute()).map(({ counterpart }) => counterpart);
}

/** Moves a delivery on. The caller holds the lock of its import. */
export async function moveDelivery(
  tx: Tx,
  { side, counterpart, id }: DeliveryKey,
  to: Partial<Pick<StoredDelivery, 'state' | 'sha256' | 'error' | 'changed'>> & { readonly size?: number },
): Promise<void> {
  const { size, ...rest } = to;
  await tx
    .updateTable('hi1_deliveries')
    .set({ ...rest, ...(size === undefined ? {} : { size: String(size) }) })
    .where('side', '=', side)
    .where('counterpart', '=', counterpart)
    .where('id', '=', id)
    .execute();
}

/** Parts of a delivery in their order. */
export async function partsOf(db: Database | Tx, key: DeliveryKey): Promise<readonly StoredPart[]> {
  return (await partRows(db, key).orderBy('sequence').execute()).map((row) => parsePart(row));
}

/** The part that an object of ours is. */
export async function findPart(db: Database | Tx, object: string): Promise<StoredPart | undefined> {
  const row = await db
    .selectFrom('hi1_parts')
    .select(PART_COLUMNS)
    .where('side', '=', 'sent')
    .where('object_id', '=', object)
    .executeTakeFirst();
  return row === undefined ? undefined : parsePart(row);
}

/** The bytes of a part; undefined where it has none, or where its key is gone. */
export async function contentOf(
  db: Database | Tx,
  { delivery, sequence }: Pick<StoredPart, 'delivery' | 'sequence'>,
  about: { readonly import: string; readonly subjects: SubjectKeys },
): Promise<Uint8Array | undefined> {
  const row = await partRows(db, delivery).select('content').where('sequence', '=', sequence).executeTakeFirst();
  const subject = await db.selectFrom('subjects').select('key_id').where('case_id', '=', about.import).executeTakeFirst();
  const key = typeof subject?.key_id === 'string' ? about.subjects.find(subject.key_id) : undefined;
  if (row === undefined || row.content === null || key === undefined) return undefined;
  const bytes = unsealBytes(key, boundTo(delivery, sequence), row.content);
  return bytes === undefined ? undefined : new Uint8Array(bytes);
}

/** In which message a part is pushed. */
export async function noteWritten(
  tx: Tx,
  { delivery, sequence }: StoredPart,
  message: { readonly transaction: string; readonly written: Instant },
): Promise<void> {
  await changed(tx, delivery, { transaction_id: message.transaction, written: message.written })
    .where('sequence', '=', sequence)
    .execute();
}

/** The other system has taken a part: its content goes. */
export async function acknowledgePart(tx: Tx, { delivery, sequence }: StoredPart): Promise<void> {
  await changed(tx, delivery, { acknowledged: true, content: null }).where('sequence', '=', sequence).execute();
}

/** The content of every part goes. */
export async function dropContent(tx: Tx, key: DeliveryKey): Promise<void> {
  await changed(tx, key, { content: null }).execute();
}

function changed(
  tx: Tx,
  { side, counterpart, id }: DeliveryKey,
  to: { transaction_id?: string; written?: string; acknowledged?: boolean; content?: null },
) {
  return tx
    .updateTable('hi1_parts')
    .set(to)
    .where('side', '=', side)
    .where('counterpart', '=', counterpart)
    .where('delivery_id', '=', id);
}

const COLUMNS = [
  ...(['side', 'counterpart', 'id', 'import_id', 'case_id', 'item', 'ldid', 'encryption'] as const),
  ...(['state', 'exists', 'size', 'sha256', 'person', 'error', 'changed'] as const),
] as const;
const PART_COLUMNS = [
  ...(['side', 'counterpart', 'delivery_id', 'sequence', 'object_id', 'last'] as const),
  ...(['acknowledged', 'transaction_id', 'written'] as const),
] as const;

function rows(db: Database | Tx) {
  return db.selectFrom('hi1_deliveries').select(COLUMNS);
}

function partRows(db: Database | Tx, { side, counterpart, id }: DeliveryKey) {
  return db
    .selectFrom('hi1_parts')
    .select(PART_COLUMNS)
    .where('side', '=', side)
    .where('counterpart', '=', counterpart)
    .where('delivery_id', '=', id);
}

function parse(row: Awaited<ReturnType<ReturnType<typeof rows>['execute']>>[number]): StoredDelivery {
  const { import_id, case_id, size, side, state, ...rest } = row;
  // The check constraints of the table keep both to these words.
  const [known, at] = [side as DeliverySide, state as DeliveryState];
  return { ...rest, import: import_id, case: case_id, size: Number(size), side: known, state: at };
}

function parsePart(row: Awaited<ReturnType<ReturnType<typeof partRows>['execute']>>[number]): StoredPart {
  const { side, counterpart, delivery_id, object_id, transaction_id, ...rest } = row;
  const delivery = { side: side as DeliverySide, counterpart, id: delivery_id };
  return { ...rest, delivery, object: object_id, transaction: transaction_id };
}

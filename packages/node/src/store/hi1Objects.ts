import type { Instant } from '@comity/core';
import type { Database, Tx } from './database.ts';

/** An object of a message of TS 103 120 that was taken, and in which import it lies. */
export interface StoredObject {
  readonly id: string;
  readonly sender: string;
  readonly import: string;
  /** Name of its type, without namespace. */
  readonly type: string;
  readonly item: string | null;
  readonly generation: number;
  readonly changed: Instant;
}

export async function insertObjects(tx: Tx, objects: readonly StoredObject[]): Promise<void> {
  if (objects.length === 0) return;
  const values = objects.map(({ import: import_id, ...rest }) => ({ ...rest, import_id }));
  await tx.insertInto('hi1_objects').values(values).execute();
}

export async function findObject(db: Database | Tx, id: string): Promise<StoredObject | undefined> {
  const row = await rows(db).where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : parse(row);
}

/** The objects of an import. */
export async function objectsOfImport(db: Database | Tx, importId: string): Promise<readonly StoredObject[]> {
  return (await rows(db).where('import_id', '=', importId).orderBy('id').execute()).map(parse);
}

/** What of a sender's objects is listed: those that changed between two moments, both included, of one type. */
export interface Listing {
  readonly sender: string;
  readonly since?: Instant;
  readonly until?: Instant;
  readonly type?: string;
  readonly limit: number;
}

/** Objects of one sender, the latest change first. */
export async function objectsFrom(db: Database | Tx, ask: Listing): Promise<readonly StoredObject[]> {
  const { sender, since, until, type, limit } = ask;
  let found = rows(db).where('sender', '=', sender);
  if (since !== undefined) found = found.where('changed', '>=', since);
  if (until !== undefined) found = found.where('changed', '<=', until);
  if (type !== undefined) found = found.where('type', '=', type);
  return (await found.orderBy('changed', 'desc').orderBy('id').limit(limit).execute()).map(parse);
}

/** Every object of an import has changed. */
export async function touchObjects(tx: Tx, importId: string, changed: Instant): Promise<void> {
  await tx
    .updateTable('hi1_objects')
    .set((eb) => ({ changed, generation: eb('generation', '+', 1) }))
    .where('import_id', '=', importId)
    .execute();
}

function rows(db: Database | Tx) {
  return db.selectFrom('hi1_objects').select(['id', 'sender', 'import_id', 'type', 'item', 'generation', 'changed']);
}

function parse({ import_id, ...rest }: Awaited<ReturnType<ReturnType<typeof rows>['execute']>>[number]): StoredObject {
  return { ...rest, import: import_id };
}

/** A message that was taken from a sender: the same again gets the same answers; another under the same transaction is a conflict. */
export async function findTakenHi1(
  db: Database | Tx,
  about: { readonly sender: string; readonly transaction: string },
): Promise<{ readonly digest: string; readonly answers: string } | undefined> {
  return db
    .selectFrom('hi1_taken')
    .select(['digest', 'answers'])
    .where('sender', '=', about.sender)
    .where('transaction_id', '=', about.transaction)
    .executeTakeFirst();
}

export async function noteTakenHi1(
  tx: Tx,
  taken: {
    readonly sender: string;
    readonly transaction: string;
    readonly digest: string;
    readonly answers: string;
    readonly arrived: Instant;
  },
): Promise<void> {
  const { transaction: transaction_id, ...rest } = taken;
  await tx
    .insertInto('hi1_taken')
    .values({ ...rest, transaction_id })
    .execute();
}

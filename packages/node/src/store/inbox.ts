import type { Instant } from '@comity/core';
import type { Database, Tx } from './database.ts';

/** A message that was taken, its receipt empty until its entries stand in the log: the same message again gets the same receipt; the same id with another content is a conflict. */
export interface Taken {
  readonly digest: string;
  readonly receipt: string;
}

export async function findTaken(db: Database | Tx, id: string): Promise<Taken | undefined> {
  return db.selectFrom('inbox').select(['digest', 'receipt']).where('id', '=', id).executeTakeFirst();
}

export async function noteTaken(
  tx: Tx,
  message: Taken & { readonly id: string; readonly sender: string; readonly arrived: Instant },
): Promise<void> {
  await tx.insertInto('inbox').values(message).execute();
}

/** Keeps the receipt of a message that was taken, unless it has one: whoever asks again gets the first one. */
export async function keepReceipt(db: Database, id: string, receipt: string): Promise<string> {
  await db.updateTable('inbox').set({ receipt }).where('id', '=', id).where('receipt', '=', '').execute();
  return (await db.selectFrom('inbox').select('receipt').where('id', '=', id).executeTakeFirstOrThrow()).receipt;
}

/** Keeps the trace of a message that nobody here may trust: when, why, its digest and size; never its content. */
export async function quarantine(
  db: Database,
  message: { readonly arrived: Instant; readonly reason: string; readonly digest: string; readonly size: number },
): Promise<void> {
  await db.insertInto('quarantine').values(message).execute();
}

export async function countQuarantined(db: Database): Promise<number> {
  const row = await db
    .selectFrom('quarantine')
    .select((eb) => eb.fn.countAll<string>().as('n'))
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

import type { Instant } from '@comity/core';
import { sql } from 'kysely';
import type { Database, Tx } from './database.ts';
import { type Output, type Preparation, preparationIn } from './preparations.ts';
import type { Findings } from './scanned.ts';

/** What cases may ask for now. */
export async function liveOffers(db: Database | Tx, now: Instant): Promise<readonly Preparation[]> {
  const rows = db.selectFrom('preparations').selectAll().where('offered', 'is not', null).where('state', '=', 'done');
  return (await rows.where('withdrawn', 'is', null).where('offered_until', '>', now).orderBy('offered').execute()).map(
    preparationIn,
  );
}

/** What has or had a name under which cases could ask for it; a name is never given to another. */
export async function offerNamed(db: Database | Tx, name: string): Promise<Preparation | undefined> {
  const row = await db.selectFrom('preparations').selectAll().where('offered', '=', name).executeTakeFirst();
  return row === undefined ? undefined : preparationIn(row);
}

/** An offer as it is made. */
export interface Offering {
  readonly id: string;
  readonly name: string;
  /** From then on it is in no catalogue. */
  readonly until: Instant;
  /** Until then its file stays for cases that were decided on it. */
  readonly keptUntil: Instant;
  /** What a scan found in it. */
  readonly findings: Findings | null;
}

/** Thrown when another has the name. */
export class NameTaken extends Error {}

/** Gives what was made a name under which cases may ask for it, or offers it anew. Throws NameTaken, and then the transaction is spent. */
export async function keepOffer(tx: Tx, { id, name, until, keptUntil, findings }: Offering): Promise<void> {
  const offer = {
    ...{ offered: name, offered_until: until, kept_until: keptUntil, withdrawn: null },
    findings: findings === null ? null : JSON.stringify(findings),
  };
  try {
    await tx.updateTable('preparations').set(offer).where('id', '=', id).execute();
  } catch (error) {
    // Of two who ask for one name at once the database lets one have it (unique_violation).
    if (error instanceof Error && 'code' in error && error.code === '23505') throw new NameTaken(name);
    throw error;
  }
}

/** Withdraws an offer. False when there is none that holds now. */
export async function withdrawOffer(tx: Tx, id: string, now: Instant): Promise<boolean> {
  const held = tx.updateTable('preparations').set({ withdrawn: now }).where('id', '=', id).where('offered', 'is not', null);
  const { numUpdatedRows } = await held.where('withdrawn', 'is', null).where('offered_until', '>', now).executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Files that were offered and whose time is over. */
export async function spentOffers(
  db: Database,
  now: Instant,
): Promise<readonly { readonly id: string; readonly output: Output }[]> {
  const rows = db.selectFrom('preparations').selectAll().where('offered', 'is not', null).where('output', 'is not', null);
  return (await rows.where('kept_until', '<=', now).execute())
    .map(preparationIn)
    .flatMap(({ id, output }) => (output === null ? [] : [{ id, output }]));
}

/** Forgets a file that was offered, with its plan and its report; that it was offered, and to when, stays. */
export async function forgetOffer(db: Database, id: string): Promise<void> {
  const nothing = { output: null, report: null, plan: sql<string>`'null'` };
  await db.updateTable('preparations').set(nothing).where('id', '=', id).execute();
}

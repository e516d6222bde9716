import type { Instant } from '@comity/core';
import type { Database, Tx } from './database.ts';

/** Queues acts for a party, each once. True if any was new. */
export async function queueActs(
  tx: Tx,
  to: string,
  acts: readonly { readonly digest: string; readonly case: string }[],
  queued: Instant,
): Promise<boolean> {
  if (acts.length === 0) return false;
  const rows = acts.map((act) => ({ party: to, act: act.digest, case_id: act.case, queued }));
  const added = await tx
    .insertInto('outbox')
    .values(rows)
    .onConflict((c) => c.columns(['party', 'act']).doNothing())
    .returning('seq')
    .execute();
  return added.length > 0;
}

/** The oldest case for which something waits for a party, with the acts that wait, in the order they were queued. */
export async function nextWaiting(
  db: Database,
  party: string,
): Promise<{ readonly case: string; readonly acts: readonly string[] } | undefined> {
  const first = await db
    .selectFrom('outbox')
    .select('case_id')
    .where('party', '=', party)
    .where('delivered', 'is', null)
    .orderBy('seq')
    .executeTakeFirst();
  if (first === undefined) return undefined;
  const rows = await db
    .selectFrom('outbox')
    .select('act')
    .where('party', '=', party)
    .where('case_id', '=', first.case_id)
    .where('delivered', 'is', null)
    .orderBy('seq')
    .limit(100)
    .execute();
  return { case: first.case_id, acts: rows.map((row) => row.act) };
}

/** Notes that a party's application has taken the acts, with its receipt. */
export async function markDelivered(
  tx: Tx | Database,
  about: { readonly party: string; readonly acts: readonly string[]; readonly at: Instant; readonly receipt: string },
): Promise<void> {
  const taken = tx.updateTable('outbox').set({ delivered: about.at, receipt: about.receipt });
  await taken
    .where('party', '=', about.party)
    .where('act', 'in', [...about.acts])
    .where('delivered', 'is', null)
    .execute();
}

/** Parties for which something waits. */
export async function waitingParties(db: Database): Promise<readonly string[]> {
  const rows = await db.selectFrom('outbox').select('party').distinct().where('delivered', 'is', null).execute();
  return rows.map((row) => row.party);
}

/** Which acts of a case have gone to whom, with the receipts. */
export async function receiptsOf(
  db: Database | Tx,
  caseId: string,
): Promise<
  readonly { readonly party: string; readonly act: string; readonly delivered: Instant | null; readonly receipt: string | null }[]
> {
  return db
    .selectFrom('outbox')
    .select(['party', 'act', 'delivered', 'receipt'])
    .where('case_id', '=', caseId)
    .orderBy('seq')
    .execute();
}

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

/** What waits for a party in one case, in the order it was queued. */
export interface Waiting {
  readonly case: string;
  readonly acts: readonly string[];
}

/** Acts in one message at most: what is left goes with the next. */
const MOST_ACTS = 100;

/** The cases for which something waits for a party, the longest waiting first, at most `cases` of them. */
export async function nextWaiting(db: Database, party: string, cases: number): Promise<readonly Waiting[]> {
  const rows = await db
    .selectFrom('outbox')
    .select(['case_id', 'act'])
    .where('party', '=', party)
    .where('delivered', 'is', null)
    .orderBy('seq')
    .limit(cases * MOST_ACTS)
    .execute();
  const byCase = Map.groupBy(rows, (row) => row.case_id);
  return [...byCase].slice(0, cases).map(([id, acts]) => ({ case: id, acts: acts.slice(0, MOST_ACTS).map((row) => row.act) }));
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

/** Parties with which something was shared, the latest first. */
export async function recentPartners(db: Database): Promise<readonly string[]> {
  const latest = db.selectFrom('outbox').select('party').groupBy('party');
  const rows = await latest.orderBy((eb) => eb.fn.max('seq'), 'desc').execute();
  return rows.map((row) => row.party);
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

import type { Instant } from '@comity/core';
import type { Database, Tx } from './database.ts';

/** Somebody's stated reason to read a case, good until a time. */
export interface Read {
  readonly id: string;
  readonly case: string;
  readonly person: string;
  readonly purpose: string;
  readonly at: Instant;
  readonly until: Instant;
}

export async function insertRead(tx: Tx, read: Read): Promise<void> {
  const { case: case_id, ...rest } = read;
  await tx
    .insertInto('reads')
    .values({ ...rest, case_id })
    .execute();
}

/** Whether a person has given a reason to read a case that still holds. */
export async function mayRead(
  db: Database | Tx,
  ask: { readonly case: string; readonly person: string; readonly now: Instant },
): Promise<boolean> {
  const row = await db
    .selectFrom('reads')
    .select('id')
    .where('case_id', '=', ask.case)
    .where('person', '=', ask.person)
    .where('until', '>', ask.now)
    .executeTakeFirst();
  return row !== undefined;
}

/** Every stated reason for a case, newest first. */
export async function readsOf(db: Database | Tx, caseId: string): Promise<readonly Read[]> {
  const rows = await db
    .selectFrom('reads')
    .select(['id', 'case_id', 'person', 'purpose', 'at', 'until'])
    .where('case_id', '=', caseId)
    .orderBy('at', 'desc')
    .limit(500)
    .execute();
  return rows.map(({ case_id, ...rest }) => ({ ...rest, case: case_id }));
}

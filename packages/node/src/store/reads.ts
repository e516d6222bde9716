import type { Instant } from '@comity/core';
import type { Database, Tx } from './database.ts';

/** Somebody's stated reason to read a case, or to open one payload of it, good until a time. */
export interface Read {
  readonly id: string;
  readonly case: string;
  readonly person: string;
  readonly purpose: string;
  readonly at: Instant;
  readonly until: Instant;
  /** Id of its log entry. */
  readonly entry: string;
  /** The payload; without it, the case. */
  readonly item?: string;
  /** Opens what the entry commits to. */
  readonly salt: string;
}

export async function insertRead(tx: Tx, read: Read): Promise<void> {
  const { case: case_id, item = null, ...rest } = read;
  await tx
    .insertInto('reads')
    .values({ ...rest, case_id, item })
    .execute();
}

/** Whether a person has given a reason that still holds, and its entry stands in the tree: no entry, no content. */
export async function mayRead(
  db: Database | Tx,
  ask: { readonly case: string; readonly person: string; readonly now: Instant; readonly item?: string },
): Promise<boolean> {
  const row = await db
    .selectFrom('reads')
    .innerJoin('log_index', 'log_index.id', 'reads.entry')
    .select('reads.id')
    .where('reads.case_id', '=', ask.case)
    .where('reads.person', '=', ask.person)
    .where('reads.until', '>', ask.now)
    .where('reads.item', ask.item === undefined ? 'is' : '=', ask.item ?? null)
    .executeTakeFirst();
  return row !== undefined;
}

/** A stated reason as it is listed: with the place of its entry, null while that is only staged. */
export interface ListedRead {
  readonly person: string;
  readonly purpose: string;
  readonly at: Instant;
  readonly item: string | null;
  readonly index: string | null;
}

/** Every stated reason for a case and its payloads, newest first. */
export async function readsOf(db: Database | Tx, caseId: string): Promise<readonly ListedRead[]> {
  return db
    .selectFrom('reads')
    .leftJoin('log_index', 'log_index.id', 'reads.entry')
    .select(['reads.person', 'reads.purpose', 'reads.at', 'reads.item', 'log_index.index'])
    .where('reads.case_id', '=', caseId)
    .orderBy('reads.at', 'desc')
    .limit(500)
    .execute();
}

/** What the entry of a reading commits to, for somebody who may be shown it: undefined when there is no such reading of the case, or its salt was never kept. */
export async function readerOf(
  db: Database | Tx,
  ask: { readonly case: string; readonly index: bigint; readonly year: number },
): Promise<{ readonly salt: string; readonly person: string; readonly purpose: string } | undefined> {
  const row = await db
    .selectFrom('reads')
    .innerJoin('log_index', 'log_index.id', 'reads.entry')
    .select(['reads.salt', 'reads.person', 'reads.purpose'])
    .where('reads.case_id', '=', ask.case)
    .where('log_index.year', '=', ask.year)
    .where('log_index.index', '=', String(ask.index))
    .executeTakeFirst();
  return row === undefined || row.salt === null ? undefined : { ...row, salt: row.salt };
}

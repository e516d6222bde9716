import type { Instant, Opening } from '@comity/core';
import type { SubjectKey, SubjectKeys } from '../keys/subjects.ts';
import type { Database, Tx } from './database.ts';
import { sealOpening, unsealOpening } from './openings.ts';
import { keyInForce } from './subjects.ts';

/** What somebody looked for in what they had opened. */
export interface Query {
  readonly id: string;
  readonly case: string;
  readonly person: string;
  readonly purpose: string;
  readonly kind: string;
  readonly items: readonly string[];
  readonly at: Instant;
  /** Id of its log entry. */
  readonly entry: string;
  /** Opens what the entry commits to: who, and why in words. */
  readonly opening: Opening;
}

const NAME = 'query';

/** Keeps a query, its reason sealed under the key of the case. The caller holds the case's lock. Throws SubjectKeyLost. */
export async function insertQuery(tx: Tx, query: Query, subjects: SubjectKeys): Promise<void> {
  const { case: case_id, items, opening, ...rest } = query;
  const key = await keyInForce(tx, case_id, subjects);
  const sealed = sealOpening(key, { act: query.id, name: NAME }, opening);
  await tx
    .insertInto('queries')
    .values({ ...rest, case_id, items: [...items], sealed })
    .execute();
}

/** A query as it is listed: with the place of its entry, null while that is only staged, and its reason, null where it can no longer be read. */
export interface ListedQuery {
  readonly person: string;
  readonly purpose: string;
  readonly kind: string;
  readonly items: readonly string[];
  readonly at: Instant;
  readonly reason: string | null;
  readonly index: string | null;
}

/** Every query of a case, newest first. */
export async function queriesOf(db: Database | Tx, caseId: string, subjects: SubjectKeys): Promise<readonly ListedQuery[]> {
  const rows = await queryRows(db)
    .leftJoin('log_index', 'log_index.id', 'queries.entry')
    .select('log_index.index')
    .where('queries.case_id', '=', caseId)
    .orderBy('queries.at', 'desc')
    .limit(500)
    .execute();
  return rows.map(({ id, sealed, key_id, ...row }) => {
    const value = openingIn({ id, sealed, key_id }, subjects)?.value;
    const reason = typeof value === 'object' && value !== null && 'reason' in value ? String(value['reason']) : null;
    return { ...row, reason };
  });
}

/** Seals the reasons of a case's queries under another key, in the caller's transaction; what cannot be read stays as it is. */
export async function resealQueries(
  tx: Tx,
  caseId: string,
  keys: { readonly subjects: SubjectKeys; readonly next: SubjectKey },
): Promise<void> {
  for (const row of await queryRows(tx).where('queries.case_id', '=', caseId).execute()) {
    const opening = openingIn(row, keys.subjects);
    if (opening === undefined) continue;
    const sealed = sealOpening(keys.next, { act: row.id, name: NAME }, opening);
    await tx.updateTable('queries').set({ sealed }).where('id', '=', row.id).execute();
  }
}

function queryRows(db: Database | Tx) {
  return db
    .selectFrom('queries')
    .leftJoin('subjects', 'subjects.case_id', 'queries.case_id')
    .select([
      'queries.id',
      'queries.person',
      'queries.purpose',
      'queries.kind',
      'queries.items',
      'queries.at',
      'queries.sealed',
      'subjects.key_id',
    ]);
}

function openingIn(
  row: { readonly id: string; readonly sealed: Buffer; readonly key_id: string | null },
  subjects: SubjectKeys,
): Opening | undefined {
  const key = row.key_id === null ? undefined : subjects.find(row.key_id);
  return key === undefined ? undefined : unsealOpening(key, { act: row.id, name: NAME }, row.sealed);
}

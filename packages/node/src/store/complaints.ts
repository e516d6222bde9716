import type { Instant, Opening } from '@comity/core';
import type { SubjectKey, SubjectKeys } from '../keys/subjects.ts';
import type { Database, Tx } from './database.ts';
import { sealOpening, unsealOpening } from './openings.ts';
import { keyInForce } from './subjects.ts';

/** A complaint as it is kept. */
export interface Complaint {
  readonly number: string;
  readonly case: string;
  readonly act: string;
  readonly about: string;
  readonly want: string;
  readonly at: Instant;
  readonly entry: string;
  /** Opens what the entry commits to: what was written, the name, how to be reached. */
  readonly opening: Opening;
}

const NAME = 'complaint';

/** Keeps a complaint, what was written sealed under the key of the case. The caller holds the case's lock. Throws SubjectKeyLost. */
export async function insertComplaint(tx: Tx, complaint: Complaint, subjects: SubjectKeys): Promise<void> {
  const { case: case_id, opening, ...rest } = complaint;
  const key = await keyInForce(tx, case_id, subjects);
  const sealed = sealOpening(key, { act: complaint.number, name: NAME }, opening);
  await tx
    .insertInto('complaints')
    .values({ ...rest, case_id, sealed })
    .execute();
}

/** A complaint as a case lists it; `said` is null where it can no longer be read. */
export interface ListedComplaint {
  readonly number: string;
  readonly about: string;
  readonly want: string;
  readonly at: Instant;
  readonly said: Opening['value'] | null;
  readonly index: string | null;
}

/** Every complaint about a case, newest first. */
export async function complaintsOf(
  db: Database | Tx,
  caseId: string,
  subjects: SubjectKeys,
): Promise<readonly ListedComplaint[]> {
  const rows = await complaintRows(db)
    .leftJoin('log_index', 'log_index.id', 'complaints.entry')
    .select('log_index.index')
    .where('complaints.case_id', '=', caseId)
    .orderBy('complaints.at', 'desc')
    .limit(200)
    .execute();
  return rows.map(({ sealed, key_id, ...row }) => ({
    ...row,
    said: openingIn({ ...row, sealed, key_id }, subjects)?.value ?? null,
  }));
}

/** Seals the complaints about a case under another key, in the caller's transaction; what cannot be read stays as it is. */
export async function resealComplaints(
  tx: Tx,
  caseId: string,
  keys: { readonly subjects: SubjectKeys; readonly next: SubjectKey },
): Promise<void> {
  for (const row of await complaintRows(tx).where('complaints.case_id', '=', caseId).execute()) {
    const opening = openingIn(row, keys.subjects);
    if (opening === undefined) continue;
    const sealed = sealOpening(keys.next, { act: row.number, name: NAME }, opening);
    await tx.updateTable('complaints').set({ sealed }).where('number', '=', row.number).execute();
  }
}

function complaintRows(db: Database | Tx) {
  return db
    .selectFrom('complaints')
    .leftJoin('subjects', 'subjects.case_id', 'complaints.case_id')
    .select([
      'complaints.number',
      'complaints.about',
      'complaints.want',
      'complaints.at',
      'complaints.sealed',
      'subjects.key_id',
    ]);
}

function openingIn(
  row: { readonly number: string; readonly sealed: Buffer; readonly key_id: string | null },
  subjects: SubjectKeys,
): Opening | undefined {
  const key = row.key_id === null ? undefined : subjects.find(row.key_id);
  return key === undefined ? undefined : unsealOpening(key, { act: row.number, name: NAME }, row.sealed);
}

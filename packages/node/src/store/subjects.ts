import type { SubjectKey, SubjectKeys } from '../keys/subjects.ts';
import { lockCase } from './cases.ts';
import type { Database, Tx } from './database.ts';

/** The key under which the openings of a case lie is gone: nothing more of this case can be kept until it is put back, or the case is erased. */
export class SubjectKeyLost extends Error {}

/** The key that is in force for a case; its first one is made. The caller holds the case's lock. Throws SubjectKeyLost when it is gone. */
export async function keyInForce(tx: Tx, caseId: string, subjects: SubjectKeys): Promise<SubjectKey> {
  const row = await tx.selectFrom('subjects').select('key_id').where('case_id', '=', caseId).executeTakeFirst();
  if (typeof row?.key_id === 'string') {
    const key = subjects.find(caseId, row.key_id);
    if (key === undefined) throw new SubjectKeyLost('the key of a case is not in its folder');
    return key;
  }
  // The case was erased: what a crash left of its key must not come into use again.
  if (row !== undefined) await subjects.destroy(caseId);
  const key = await subjects.make(caseId);
  await putInForce(tx, caseId, key.id);
  return key;
}

/** Says which key of a case is in force; null: none, the case was erased. The caller holds the case's lock. */
export async function putInForce(tx: Tx, caseId: string, keyId: string | null): Promise<void> {
  await tx
    .insertInto('subjects')
    .values({ case_id: caseId, key_id: keyId })
    .onConflict((c) => c.column('case_id').doUpdateSet({ key_id: keyId }))
    .execute();
}

/** Destroys every key of a case that is not in force (any more). Run after the transaction that put another one in force; safe to repeat. */
export async function settleCase(db: Database, caseId: string, subjects: SubjectKeys): Promise<void> {
  await db.transaction().execute(async (tx) => {
    // Under the lock: nobody is in the middle of a replacement, and what the database says is committed.
    await lockCase(tx, caseId);
    const row = await tx.selectFrom('subjects').select('key_id').where('case_id', '=', caseId).executeTakeFirst();
    if (row === undefined) return;
    if (row.key_id === null) await subjects.destroy(caseId);
    else await subjects.settle(caseId, row.key_id);
  });
}

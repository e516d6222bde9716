import type { SubjectKey, SubjectKeys } from '../keys/subjects.ts';
import type { Database, Tx } from './database.ts';

/** The key under which the openings of a case lie is gone: nothing more of this case can be kept until it is put back, or the case is erased. */
export class SubjectKeyLost extends Error {}

/** The key that is in force for a case; its first one is put in force. The caller holds the case's lock. Throws SubjectKeyLost when it is gone. */
export async function keyInForce(tx: Tx, caseId: string, subjects: SubjectKeys): Promise<SubjectKey> {
  const row = await tx.selectFrom('subjects').select('key_id').where('case_id', '=', caseId).executeTakeFirst();
  if (typeof row?.key_id !== 'string') return putInForce(tx, caseId, await subjects.take());
  const key = subjects.find(row.key_id);
  if (key === undefined) throw new SubjectKeyLost('the key of a case is not in its folder');
  return key;
}

async function putInForce(tx: Tx, caseId: string, key: SubjectKey): Promise<SubjectKey> {
  await tx
    .insertInto('subjects')
    .values({ case_id: caseId, key_id: key.id })
    .onConflict((c) => c.column('case_id').doUpdateSet({ key_id: key.id }))
    .execute();
  return key;
}

/**
 * Puts another key in force for a case, or none at all. The one before is retired, to be destroyed once this transaction is committed; until then it is as it was. The
 * caller holds the case's lock.
 */
export async function replaceKey(tx: Tx, caseId: string, next: SubjectKey | undefined): Promise<void> {
  const row = await tx.selectFrom('subjects').select('key_id').where('case_id', '=', caseId).executeTakeFirst();
  if (typeof row?.key_id === 'string')
    await tx
      .insertInto('retired_keys')
      .values({ key_id: row.key_id })
      .onConflict((c) => c.doNothing())
      .execute();
  if (next !== undefined) await putInForce(tx, caseId, next);
  else await tx.updateTable('subjects').set({ key_id: null }).where('case_id', '=', caseId).execute();
}

/** Destroys every key that was retired. Run after the transaction that retired it; safe to repeat, and what a crash leaves is destroyed at the next start. */
export async function destroyRetired(db: Database, subjects: SubjectKeys): Promise<void> {
  for (const { key_id } of await db.selectFrom('retired_keys').select('key_id').execute()) {
    await subjects.destroy(key_id);
    await db.deleteFrom('retired_keys').where('key_id', '=', key_id).execute();
  }
}

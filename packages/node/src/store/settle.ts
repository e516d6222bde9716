import { sql } from 'kysely';
import type { SubjectKeys } from '../keys/subjects.ts';
import { lockCase } from './cases.ts';
import type { Database } from './database.ts';
import { resealOpenings } from './openings.ts';
import { destroyRetired, keyInForce, SubjectKeyLost } from './subjects.ts';

/**
 * What a start owes to the subjects: keys that a crash left are destroyed, and openings that an earlier version kept in clear are sealed. Gives the number of cases whose
 * key is not in its folder: their openings cannot be read until it is put back.
 */
export async function settleSubjects(db: Database, subjects: SubjectKeys): Promise<number> {
  await destroyRetired(db, subjects);
  await sealClear(db, subjects);
  const rows = await db.selectFrom('subjects').select('key_id').where('key_id', 'is not', null).execute();
  return subjects.missing(rows.flatMap(({ key_id }) => key_id ?? []));
}

async function sealClear(db: Database, subjects: SubjectKeys): Promise<void> {
  const cases = await db
    .selectFrom('openings')
    .innerJoin('acts', 'acts.digest', 'openings.act')
    .select('acts.case_id')
    .distinct()
    .where('openings.sealed', 'is', null)
    .execute();
  let sealed = 0;
  for (const { case_id } of cases) sealed += await sealCase(db, case_id, subjects);
  // The rows as they were still lie in the table's file, in clear, until it is written anew.
  if (sealed > 0) await sql`vacuum (full) openings`.execute(db);
}

async function sealCase(db: Database, caseId: string, subjects: SubjectKeys): Promise<number> {
  try {
    return await db.transaction().execute(async (tx) => {
      await lockCase(tx, caseId);
      return resealOpenings(tx, caseId, { subjects, next: await keyInForce(tx, caseId, subjects) });
    });
  } catch (error) {
    // Counted with the missing ones; the others are not to wait for it.
    if (error instanceof SubjectKeyLost) return 0;
    throw error;
  }
}

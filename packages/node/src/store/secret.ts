import type { Instant } from '@comity/core';
import { sql } from 'kysely';
import { signedBodiesOf } from './acts.ts';
import { secretIn } from './cases.ts';
import type { Tx } from './database.ts';

/**
 * Until when a case is secret, undefined when it is not. Of a case that no act has opened yet, as far as this node knows, what the acts say that were made in knowledge of no other:
 * the longest of them, so that nothing is told too early. The caller holds the case's lock.
 */
export async function secretUntil(tx: Tx, caseId: string): Promise<Instant | undefined> {
  const row = await tx
    .selectFrom('cases')
    .select(['secret_until', sql<boolean>`position('"done":[]' in state) > 0`.as('unopened')])
    .where('id', '=', caseId)
    .executeTakeFirst();
  if (row?.unopened === false) return row.secret_until ?? undefined;
  const first = (await signedBodiesOf(tx, caseId)).filter(({ body }) => body.prev.length === 0);
  return first
    .flatMap(({ body }) => secretIn(body.data) ?? [])
    .sort()
    .at(-1);
}

import type { Instant } from '@comity/core';
import type { Database } from './database.ts';

/** When an act of ours said that a person was told by a letter whose digest begins so; undefined when there is none. `code` is hexadecimal. */
export async function noticeWithCode(
  db: Database,
  code: string,
): Promise<{ readonly at: Instant; readonly case_id: string; readonly digest: string } | undefined> {
  return db
    .selectFrom('acts')
    .select(['at', 'case_id', 'digest'])
    .where('type', '=', 'inform-person')
    .where('own', '=', true)
    .where('body', 'like', `%"letter":"${code}%`)
    .executeTakeFirst();
}

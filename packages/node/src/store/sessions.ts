import type { Instant } from '@comity/core';
import type { Database } from './database.ts';

/** Opens a session; only the hash of its token is kept. */
export async function openSession(
  db: Database,
  session: { readonly tokenSha256: string; readonly person: string; readonly opened: Instant; readonly expires: Instant },
): Promise<void> {
  const { tokenSha256, ...rest } = session;
  await db
    .insertInto('sessions')
    .values({ token_sha256: tokenSha256, ...rest })
    .execute();
}

/** Whose session a token is, while it lasts. */
export async function findSession(db: Database, tokenSha256: string, now: Instant): Promise<string | undefined> {
  const row = await db
    .selectFrom('sessions')
    .select('person')
    .where('token_sha256', '=', tokenSha256)
    .where('expires', '>', now)
    .executeTakeFirst();
  return row?.person;
}

export async function closeSession(db: Database, tokenSha256: string): Promise<void> {
  await db.deleteFrom('sessions').where('token_sha256', '=', tokenSha256).execute();
}

/** Keeps the hash of a one-time sign-in code. */
export async function addSignInCode(
  db: Database,
  code: { readonly codeSha256: string; readonly person: string; readonly expires: Instant },
): Promise<void> {
  await db
    .insertInto('sign_in_codes')
    .values({ code_sha256: code.codeSha256, person: code.person, expires: code.expires })
    .execute();
}

/** Uses up a one-time code: whose it was, or undefined when it is wrong, used or too old. */
export async function takeSignInCode(db: Database, codeSha256: string, now: Instant): Promise<string | undefined> {
  const row = await db
    .deleteFrom('sign_in_codes')
    .where('code_sha256', '=', codeSha256)
    .returning(['person', 'expires'])
    .executeTakeFirst();
  return row !== undefined && now < row.expires ? row.person : undefined;
}

import type { Instant } from '@comity/core';
import type { Database, Tx } from './database.ts';

/** A sealed file that somebody hands in, in parts. */
export interface Upload {
  readonly id: string;
  readonly case: string;
  readonly item: string;
  readonly person: string;
  /** Bytes of the whole file. */
  readonly size: number;
  readonly sha256: string;
  /** `whole`: all of it is here, is what was announced, and lies in the vault. */
  readonly state: 'open' | 'whole';
  readonly begun: Instant;
  /** When it is given up, unless it goes on before. */
  readonly expires: Instant;
}

export async function insertUpload(db: Database | Tx, upload: Upload): Promise<void> {
  const { case: case_id, size, ...rest } = upload;
  await db
    .insertInto('uploads')
    .values({ ...rest, case_id, size: String(size) })
    .execute();
}

export async function findUpload(db: Database | Tx, id: string): Promise<Upload | undefined> {
  const row = await rows(db).where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : parse(row);
}

/** Uploads of a case that are not given up yet. */
export async function uploadsOf(db: Database | Tx, caseId: string, now: Instant): Promise<readonly Upload[]> {
  return (await rows(db).where('case_id', '=', caseId).where('expires', '>', now).execute()).map(parse);
}

export async function expiredUploads(db: Database, now: Instant): Promise<readonly Upload[]> {
  return (await rows(db).where('expires', '<=', now).execute()).map(parse);
}

export async function renewUpload(
  db: Database | Tx,
  id: string,
  to: { readonly state: Upload['state']; readonly expires: Instant },
): Promise<void> {
  await db.updateTable('uploads').set(to).where('id', '=', id).execute();
}

export async function removeUpload(db: Database | Tx, id: string): Promise<void> {
  await db.deleteFrom('uploads').where('id', '=', id).execute();
}

function rows(db: Database | Tx) {
  return db.selectFrom('uploads').select(['id', 'case_id', 'item', 'person', 'size', 'sha256', 'state', 'begun', 'expires']);
}

function parse(row: Awaited<ReturnType<ReturnType<typeof rows>['execute']>>[number]): Upload {
  const { case_id, size, state, ...rest } = row;
  // The check constraint of the table keeps the state to these words.
  return { ...rest, case: case_id, size: Number(size), state: state as Upload['state'] };
}

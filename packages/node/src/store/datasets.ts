import type { Instant } from '@comity/core';
import type { SourceShape } from '@comity/prepare';
import type { Database, Tx } from './database.ts';

/** A data file of this office that is prepared here. */
export interface Dataset {
  readonly id: string;
  readonly name: string;
  /** Whose data these are: what is learned of them in several releases adds up. */
  readonly population: string;
  readonly person: string;
  /** Whether the file was handed in here and is removed with this entry. */
  readonly own: boolean;
  readonly source: SourceShape;
  readonly arrived: Instant;
  readonly expires: Instant;
  /** What was found in it; null while it has not been looked through. */
  readonly scan: unknown;
}

export async function insertDataset(db: Database | Tx, { source, scan: _scan, ...rest }: Dataset): Promise<void> {
  const { path, ...shape } = source;
  await db
    .insertInto('datasets')
    .values({ ...rest, path, shape: JSON.stringify(shape) })
    .execute();
}

export async function findDataset(db: Database | Tx, id: string): Promise<Dataset | undefined> {
  const row = await db.selectFrom('datasets').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? undefined : parse(row);
}

export async function listDatasets(db: Database | Tx): Promise<readonly Dataset[]> {
  return (await db.selectFrom('datasets').selectAll().orderBy('arrived', 'desc').limit(200).execute()).map(parse);
}

export async function expiredDatasets(db: Database, now: Instant): Promise<readonly Dataset[]> {
  return (await db.selectFrom('datasets').selectAll().where('expires', '<=', now).execute()).map(parse);
}

export async function keepScan(db: Database | Tx, id: string, scan: unknown): Promise<void> {
  await db
    .updateTable('datasets')
    .set({ scan: JSON.stringify(scan) })
    .where('id', '=', id)
    .execute();
}

export async function removeDataset(db: Database | Tx, id: string): Promise<void> {
  await db.deleteFrom('datasets').where('id', '=', id).execute();
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly population: string;
  readonly person: string;
  readonly own: boolean;
  readonly path: string;
  readonly shape: string;
  readonly arrived: string;
  readonly expires: string;
  readonly scan: string | null;
}

function parse({ path, shape, scan, ...rest }: Row): Dataset {
  // Parser: insertDataset and keepScan wrote these.
  return { ...rest, source: { path, ...JSON.parse(shape) }, scan: scan === null ? null : JSON.parse(scan) };
}

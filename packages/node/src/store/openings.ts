import { canonicalJson, type Json, type Opening } from '@comity/core';
import type { SubjectKey, SubjectKeys } from '../keys/subjects.ts';
import type { Database, Tx } from './database.ts';
import { sealBytes, unsealBytes } from './sealedBytes.ts';
import { keyInForce } from './subjects.ts';

/** A section of an act. */
export interface SectionName {
  readonly act: string;
  readonly name: string;
}

/** An opening as it lies in the database, bound to its act and section. */
export function sealOpening(key: SubjectKey, about: SectionName, { salt, value }: Opening): Buffer {
  return sealBytes(key, boundTo(about), Buffer.from(canonicalJson([salt, value])));
}

/** The opening in a row; undefined when it was not sealed with this key for this section of this act, or was touched since. */
export function unsealOpening(key: SubjectKey, about: SectionName, sealed: Buffer): Opening | undefined {
  const bytes = unsealBytes(key, boundTo(about), sealed);
  if (bytes === undefined) return undefined;
  const [salt, value] = JSON.parse(bytes.toString('utf8')) as [string, Json]; // parser: the tag proves that sealOpening wrote it
  return { salt, value };
}

function boundTo({ act, name }: SectionName): string {
  return `${act}\n${name}`;
}

/** A row with what tells its key. A row of an earlier version holds salt and value in clear until the node has started once. */
export interface OpeningRead extends SectionName {
  readonly salt: string | null;
  readonly value: string | null;
  readonly sealed: Buffer | null;
  readonly case_id: string;
  readonly key_id: string | null;
}

/** The opening in a row; undefined when its key is gone: the section then counts as withheld. */
export function openingIn(row: OpeningRead, subjects: SubjectKeys): Opening | undefined {
  const { salt, value, sealed, key_id } = row;
  if (sealed === null) return salt === null || value === null ? undefined : { salt, value: JSON.parse(value) };
  const key = key_id === null ? undefined : subjects.find(key_id);
  return key === undefined ? undefined : unsealOpening(key, row, sealed);
}

/**
 * Adds openings of an act that are not there yet, sealed under the key of its case. INVARIANT: what was erased does not come back, however often another party sends
 * it again. Throws SubjectKeyLost when the key of the case is gone.
 */
export async function addOpenings(
  tx: Tx,
  act: {
    readonly digest: string;
    readonly case: string;
    readonly openings: Readonly<Record<string, Opening>>;
    readonly isNew: boolean;
  },
  subjects: SubjectKeys,
): Promise<void> {
  const names = Object.keys(act.openings);
  if (names.length === 0) return;
  const known = act.isNew ? new Set() : await knownNames(tx, act.digest);
  const fresh = Object.entries(act.openings).filter(([name]) => !known.has(name));
  if (fresh.length === 0) return;
  const key = await keyInForce(tx, act.case, subjects);
  const rows = fresh.map(([name, opening]) => {
    const about = { act: act.digest, name };
    return { ...about, sealed: sealOpening(key, about, opening) };
  });
  await tx.insertInto('openings').values(rows).execute();
}

/** Sections of an act whose opening is here, or was erased. */
async function knownNames(tx: Tx, act: string): Promise<ReadonlySet<string>> {
  const { held, erased } = await sectionsHeld(tx, act);
  return new Set([...held, ...erased]);
}

/** Every opening of a case that this node holds and can read, by act. The caller's transaction sees rows and key in one statement. */
export async function openingsOf(
  tx: Tx,
  caseId: string,
  subjects: SubjectKeys,
): Promise<ReadonlyMap<string, Readonly<Record<string, Opening>>>> {
  const rows = await openingRows(tx).where('acts.case_id', '=', caseId).execute();
  const found = rows.flatMap((row) => {
    const opening = openingIn(row, subjects);
    return opening === undefined ? [] : [{ act: row.act, name: row.name, opening }];
  });
  const byAct = Map.groupBy(found, ({ act }) => act);
  return new Map([...byAct].map(([act, list]) => [act, Object.fromEntries(list.map(({ name, opening }) => [name, opening]))]));
}

/** One section of all acts of a type, as far as this node can read it, oldest first. */
export async function sectionsOfType(
  db: Database | Tx,
  about: { readonly type: string; readonly name: string },
  subjects: SubjectKeys,
): Promise<readonly { readonly act: string; readonly case: string; readonly value: unknown }[]> {
  const rows = await openingRows(db)
    .where('acts.type', '=', about.type)
    .where('openings.name', '=', about.name)
    .orderBy('acts.at')
    .orderBy('acts.digest')
    .execute();
  return rows.flatMap((row) => {
    const opening = openingIn(row, subjects);
    return opening === undefined ? [] : [{ act: row.act, case: row.case_id, value: opening.value }];
  });
}

function openingRows(db: Database | Tx) {
  return db
    .selectFrom('openings')
    .innerJoin('acts', 'acts.digest', 'openings.act')
    .leftJoin('subjects', 'subjects.case_id', 'acts.case_id')
    .select([
      'openings.act',
      'openings.name',
      'openings.salt',
      'openings.value',
      'openings.sealed',
      'acts.case_id',
      'subjects.key_id',
    ]);
}

/**
 * Seals every remaining opening of a case under another key, in the caller's transaction. What cannot be read stays as it is: under the old key it is as good as gone.
 * Gives how many were sealed.
 */
export async function resealOpenings(
  tx: Tx,
  caseId: string,
  keys: { readonly subjects: SubjectKeys; readonly next: SubjectKey },
): Promise<number> {
  const rows = await openingRows(tx).where('acts.case_id', '=', caseId).execute();
  let sealed = 0;
  for (const row of rows) {
    const opening = openingIn(row, keys.subjects);
    if (opening === undefined) continue;
    await tx
      .updateTable('openings')
      .set({ sealed: sealOpening(keys.next, row, opening), salt: null, value: null })
      .where('act', '=', row.act)
      .where('name', '=', row.name)
      .execute();
    sealed += 1;
  }
  return sealed;
}

/** Who erased a section, and the log entry that says so. */
export interface Erasure extends SectionName {
  readonly entry: string;
  readonly person: string;
}

/** Erases sections: what remains of one is a commitment that says nothing, and its opening is not taken in again. */
export async function eraseOpenings(tx: Tx, erasures: readonly Erasure[]): Promise<void> {
  for (const erasure of erasures) {
    await tx
      .insertInto('erasures')
      .values(erasure)
      .onConflict((c) => c.doNothing())
      .execute();
    await tx.deleteFrom('openings').where('act', '=', erasure.act).where('name', '=', erasure.name).execute();
  }
}

/** What became of the sections of an act: those whose opening is held here, and those that were erased. */
export async function sectionsHeld(
  tx: Tx,
  act: string,
): Promise<{ readonly held: readonly string[]; readonly erased: readonly string[] }> {
  const names = async (table: 'openings' | 'erasures'): Promise<readonly string[]> =>
    (await tx.selectFrom(table).select('name').where('act', '=', act).execute()).map(({ name }) => name);
  return { held: await names('openings'), erased: await names('erasures') };
}

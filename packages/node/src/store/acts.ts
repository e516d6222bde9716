import { type Act, type ActBody, type ActSignature, canonicalJson, type Opening } from '@comity/core';
import type { Database, Tx } from './database.ts';

/** An act as it is kept: with its digest, and whether it is ours. */
export interface StoredAct extends Act {
  readonly digest: string;
  readonly own: boolean;
}

/** Adds an act with the openings that came with it; an act that is there already only gains openings. True if it was new. */
export async function insertAct(tx: Tx, act: StoredAct, arrived: string): Promise<boolean> {
  const { body, digest } = act;
  const row = {
    digest,
    case_id: body.case,
    type: body.type,
    party: body.by.party,
    at: body.at,
    body: canonicalJson(body),
    signatures: canonicalJson(act.signatures),
    own: act.own,
    arrived,
  };
  const added = await tx
    .insertInto('acts')
    .values(row)
    .onConflict((c) => c.column('digest').doNothing())
    .returning('digest')
    .execute();
  for (const [name, opening] of Object.entries(act.openings)) {
    const value = { act: digest, name, salt: opening.salt, value: canonicalJson(opening.value) };
    await tx
      .insertInto('openings')
      .values(value)
      .onConflict((c) => c.columns(['act', 'name']).doNothing())
      .execute();
  }
  return added.length > 0;
}

/** The acts of a case, oldest first, with every opening that this node holds. */
export async function actsOf(tx: Tx, caseId: string): Promise<readonly StoredAct[]> {
  const rows = await tx
    .selectFrom('acts')
    .select(['digest', 'body', 'signatures', 'own'])
    .where('case_id', '=', caseId)
    .orderBy('at')
    .orderBy('digest')
    .execute();
  const openings = await tx
    .selectFrom('openings')
    .innerJoin('acts', 'acts.digest', 'openings.act')
    .select(['openings.act', 'openings.name', 'openings.salt', 'openings.value'])
    .where('acts.case_id', '=', caseId)
    .execute();
  return rows.map((row) => ({ ...parseAct(row), own: row.own, openings: openingsFor(row.digest, openings) }));
}

/** One section of all acts of a type, as far as this node holds it, oldest first. */
export async function sectionsOfType(
  db: Database | Tx,
  about: { readonly type: string; readonly name: string },
): Promise<readonly { readonly act: string; readonly case: string; readonly value: unknown }[]> {
  const rows = await db
    .selectFrom('openings')
    .innerJoin('acts', 'acts.digest', 'openings.act')
    .select(['openings.act', 'acts.case_id', 'openings.value'])
    .where('acts.type', '=', about.type)
    .where('openings.name', '=', about.name)
    .orderBy('acts.at')
    .orderBy('acts.digest')
    .execute();
  return rows.map((row) => ({ act: row.act, case: row.case_id, value: JSON.parse(row.value) }));
}

/** Erases the openings of a section: what remains is a commitment that says nothing. Returns how many went. */
export async function eraseOpenings(tx: Tx, digest: string, names: readonly string[]): Promise<number> {
  if (names.length === 0) return 0;
  const gone = await tx
    .deleteFrom('openings')
    .where('act', '=', digest)
    .where('name', 'in', [...names])
    .returning('name')
    .execute();
  return gone.length;
}

function parseAct(row: {
  readonly digest: string;
  readonly body: string;
  readonly signatures: string;
}): Omit<StoredAct, 'own' | 'openings'> {
  // Parser: these texts were written by insertAct from checked values.
  return { digest: row.digest, body: JSON.parse(row.body) as ActBody, signatures: JSON.parse(row.signatures) as ActSignature[] };
}

function openingsFor(
  digest: string,
  rows: readonly { act: string; name: string; salt: string; value: string }[],
): Record<string, Opening> {
  const mine = rows.filter((row) => row.act === digest);
  return Object.fromEntries(mine.map((row) => [row.name, { salt: row.salt, value: JSON.parse(row.value) }]));
}

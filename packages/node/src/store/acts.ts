import { type Act, type ActBody, type ActSignature, canonicalJson } from '@comity/core';
import type { SubjectKeys } from '../keys/subjects.ts';
import type { Database, Tx } from './database.ts';
import { addOpenings, openingsOf } from './openings.ts';

/** An act as it is kept: with its digest, and whether it is ours. */
export interface StoredAct extends Act {
  readonly digest: string;
  readonly own: boolean;
}

/** What was signed, without what it commits to. */
export type SignedBody = Pick<StoredAct, 'digest' | 'body'>;

/**
 * Adds an act with the openings that came with it; an act that is there already only gains openings, and none that was erased. True if it was new. The caller holds
 * the case's lock. Throws SubjectKeyLost when it has openings and the key of its case is gone.
 */
export async function insertAct(
  tx: Tx,
  act: StoredAct,
  { arrived, subjects }: { readonly arrived: string; readonly subjects: SubjectKeys },
): Promise<boolean> {
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
  const isNew = added.length > 0;
  await addOpenings(tx, { digest, case: body.case, openings: act.openings, isNew }, subjects);
  return isNew;
}

/** The acts of a case, oldest first, with every opening that this node holds and can read. */
export async function actsOf(tx: Tx, caseId: string, subjects: SubjectKeys): Promise<readonly StoredAct[]> {
  const rows = await actRows(tx, caseId).select(['signatures', 'own']).execute();
  const openings = await openingsOf(tx, caseId, subjects);
  return rows.map(({ digest, body, signatures, own }) => ({
    ...parseBody({ digest, body }),
    signatures: JSON.parse(signatures) as ActSignature[], // parser: written by insertAct from checked values
    own,
    openings: openings.get(digest) ?? {},
  }));
}

/** The bodies of the acts of a case, oldest first: all that a fold needs. */
export async function signedBodiesOf(tx: Tx, caseId: string): Promise<readonly SignedBody[]> {
  return (await actRows(tx, caseId).execute()).map(parseBody);
}

function actRows(tx: Tx, caseId: string) {
  return tx.selectFrom('acts').select(['digest', 'body']).where('case_id', '=', caseId).orderBy('at').orderBy('digest');
}

function parseBody({ digest, body }: { readonly digest: string; readonly body: string }): SignedBody {
  return { digest, body: JSON.parse(body) as ActBody }; // parser: as above
}

/** Cases in whose acts the id of another one stands: where one says that it follows, answers or belongs to it. */
export async function casesNaming(db: Database | Tx, caseId: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('acts')
    .select('case_id')
    .distinct()
    .where('case_id', '!=', caseId)
    .where('body', 'like', `%"${caseId}"%`)
    .orderBy('case_id')
    .limit(500)
    .execute();
  return rows.map(({ case_id }) => case_id);
}

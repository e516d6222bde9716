import { type Json, type JsonObject, ok, type Result, refuse } from '@comity/core';
import { decisionsOf } from '@comity/procedure';
import { actsOf, type StoredAct } from '../store/acts.ts';
import type { House } from './house.ts';
import { proveAct } from './proveAct.ts';

/** Acts by which a destruction is validated. */
export const VALIDATION: readonly string[] = ['validate-destruction', 'validate-share'];

/** Acts by which copies end, and by which that is validated. */
export const DESTRUCTION: readonly string[] = ['destroy', 'destroy-source', 'destroy-share', ...VALIDATION];

/**
 * The certificate of a destruction act as data (`DestructionCertificate` of @comity/verify): the act, the acts by which others validated the same copies, and a proof for each
 * from this node's log. Sections stay closed, so it can be shown to anybody. Errors: `not-found`: no such act, or it destroys nothing; `log-slow`.
 */
export async function destructionCertificate(
  house: House,
  ask: { readonly case: string; readonly act: string },
): Promise<Result<JsonObject>> {
  const acts = await house.db.transaction().execute((tx) => actsOf(tx, ask.case, house.subjects));
  const destroyed = acts.find(({ digest, body }) => digest === ask.act && DESTRUCTION.includes(body.type));
  if (destroyed === undefined) return refuse('not-found', 'act');
  const told = [destroyed, ...relatedTo(destroyed, acts)];
  const proofs: Record<string, string> = {};
  for (const { digest } of told) {
    const proven = await proveAct(house, { case: ask.case, act: digest });
    if (!proven.ok) return proven;
    proofs[digest] = proven.value.proof;
  }
  return ok({
    format: 'comity-destruction',
    v: 1,
    env: house.env,
    case: ask.case,
    madeBy: house.party.id,
    madeAt: house.now(),
    // Parser: both are made of JSON values alone.
    directory: house.signedDirectory as unknown as Json,
    acts: told.map(({ body, signatures }) => ({ body, signatures, openings: {} })) as unknown as Json,
    proofs,
  });
}

/** What was made later about the same sealed files. */
function relatedTo({ digest, body }: StoredAct, acts: readonly StoredAct[]): readonly StoredAct[] {
  const gone = decisionsOf(body.data).map((decision) => decision['ciphertext']);
  return acts.filter(
    (other) =>
      other.digest !== digest &&
      VALIDATION.includes(other.body.type) &&
      decisionsOf(other.body.data).some((decision) => gone.includes(decision['ciphertext'] ?? null)),
  );
}

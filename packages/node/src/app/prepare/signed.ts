import { digestJson, type Instant, ok, type Result, refuse } from '@comity/core';
import { isPlanSigned, type PlanBody, planBytes, type SignedPlan } from '@comity/prepare';
import { ed25519Verify, sha256 } from '../../keys/crypto.ts';
import type { Dataset } from '../../store/datasets.ts';
import type { Preparation } from '../../store/preparations.ts';
import type { House } from '../house.ts';
import { checkKeys } from '../keys.ts';
import { signBytes } from '../sign.ts';

/** What of a preparation is signed. */
export type Begun = Pick<Preparation, 'id' | 'kind' | 'plan' | 'population' | 'person' | 'asked'>;

/** Signs a plan as it is begun, with the person's key and the party's. Refusal: `key-not-valid` when one of them has none that holds and is listed. */
export async function signPlan(house: House, begun: Begun, dataset: Dataset): Promise<Result<SignedPlan>> {
  const keyless = checkKeys(house, ['sign'], begun.asked);
  if (keyless !== undefined) return { ok: false, refusal: keyless };
  if (house.signers.person(begun.person) === undefined) return refuse('key-not-valid', 'person');
  const body = bodyOf(house, begun, dataset);
  const by: { readonly person: string; readonly at: Instant } = { person: begun.person, at: begun.asked };
  const signed = { body, signatures: await signBytes(house, by, planBytes(body)) };
  // A key that the directory does not list signs nothing that anybody could check.
  return isPlanSigned(signed, { party: house.party, verify: ed25519Verify }) ? ok(signed) : refuse('key-not-valid', 'person');
}

/**
 * Whether a preparation is what was signed when it was begun: the same plan on the same file about the same people, and both signatures fit.
 * Refusal: `plan-altered`; then nothing is to be run.
 */
export function checkPlan(house: House, preparation: Preparation, dataset: Dataset): Result<null> {
  const { signed } = preparation;
  if (signed === null) return refuse('plan-altered', 'signed');
  const same = digestJson(signed.body, sha256) === digestJson(bodyOf(house, preparation, dataset), sha256);
  const whole = same && preparation.planDigest === signed.body.plan;
  return whole && isPlanSigned(signed, { party: house.party, verify: ed25519Verify }) ? ok(null) : refuse('plan-altered', 'plan');
}

function bodyOf(house: House, { id, kind, plan, population, person, asked }: Begun, { source }: Dataset): PlanBody {
  return {
    v: 1,
    env: house.env,
    preparation: id,
    kind,
    plan: digestJson(plan, sha256),
    dataset: source.sha256,
    population,
    asked,
    by: { party: house.party.id, person },
  };
}

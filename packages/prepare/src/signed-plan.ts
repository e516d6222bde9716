import {
  type ActSignature,
  canonicalJson,
  type Ed25519Verify,
  type Env,
  fromBase64Url,
  holdsAt,
  type Instant,
  type Party,
  personOf,
  utf8,
} from '@comity/core';

/** What a person and their party sign when a plan is begun: which plan, on which file, about whom. It says nothing of what the plan or the file hold. */
export interface PlanBody {
  readonly v: 1;
  readonly env: Env;
  /** Id of the preparation: a plan that is signed once is begun once. */
  readonly preparation: string;
  readonly kind: string;
  /** SHA-256 of the plan's canonical JSON, hexadecimal. */
  readonly plan: string;
  /** SHA-256 of the dataset's file, hexadecimal. */
  readonly dataset: string;
  readonly population: string;
  readonly asked: Instant;
  readonly by: { readonly party: string; readonly person: string };
}

/** A plan with the signatures of the person and of the party, as acts have them. */
export interface SignedPlan {
  readonly body: PlanBody;
  readonly signatures: readonly ActSignature[];
}

/** The bytes that are signed: a domain line, so that no act can pass for a plan or the reverse, then the canonical JSON (RFC 8785) of the body. */
export function planBytes(body: PlanBody): Uint8Array {
  return utf8(`comity/plan/v1\n${canonicalJson(body)}`);
}

/** Whether exactly the person and the party that a plan names have signed it, with keys of the party's card that held when it was begun. */
export function isPlanSigned(
  { body, signatures }: SignedPlan,
  { party, verify }: { readonly party: Party; readonly verify: Ed25519Verify },
): boolean {
  const person = personOf(party, body.by.person);
  if (body.by.party !== party.id || person === undefined || signatures.length !== 2) return false;
  const bytes = planBytes(body);
  const signed = (key: Party['keys'][number]): boolean =>
    holdsAt(key, body.asked) &&
    signatures.some((given) => given.key === key.id && verify(fromBase64Url(key.public), bytes, fromBase64Url(given.signature)));
  return signed(person.key) && party.keys.some((key) => key.use === 'sign' && signed(key));
}

import type { Instant } from './time.ts';

/** The sandbox and the real thing never mix: keys, acts and files carry their environment. */
export type Env = 'sandbox' | 'production';

/**
 * What a key is for; a key has one use. `sign-pq` signs, with ML-DSA-44, what must hold for longer than Ed25519 may; `evidence` signs
 * containers that courts check with tools of their own.
 */
export type KeyUse = 'sign' | 'sign-pq' | 'messages' | 'office' | 'log' | 'witness' | 'evidence';

export interface PartyKey {
  readonly id: string;
  readonly use: KeyUse;
  /** sign, sign-pq, messages: base64url of the raw public key; evidence: base64url of a SubjectPublicKeyInfo (DER); office: an age recipient; log, witness: a signed-note verifier key. */
  readonly public: string;
  readonly from: Instant;
  /** From this instant on the key signs nothing valid. */
  readonly until?: Instant;
}

export interface PersonCard {
  /** Pseudonym inside the party, e.g. `prosecutor-1`; names stay inside the party. */
  readonly id: string;
  readonly roles: readonly string[];
  readonly key: PartyKey;
}

/** What a party may be in which procedure: its powers. */
export interface Power {
  readonly procedure: string;
  readonly seat: string;
}

/** An organisation in the directory. */
export interface Party {
  readonly id: string;
  readonly name: string;
  readonly country: string;
  /** IANA time zone in which its clocks are read. */
  readonly zone: string;
  readonly kind: string;
  readonly endpoint: string;
  readonly keys: readonly PartyKey[];
  readonly persons: readonly PersonCard[];
  readonly powers: readonly Power[];
  /** What the origins of its transparency logs begin with: the log of a year is `<logOrigin>/<year>`. */
  readonly logOrigin: string;
  readonly from: Instant;
  readonly until?: Instant;
}

/** The signed list of who takes part. A message from somebody who is not in it goes nowhere. */
export interface Directory {
  readonly v: 1;
  readonly env: Env;
  readonly issued: Instant;
  readonly until: Instant;
  readonly parties: readonly Party[];
}

export interface SignedDirectory {
  readonly directory: Directory;
  /** Ed25519 over `comity/directory/v1\n` + canonical JSON, base64url. */
  readonly signature: string;
}

/** Whether something with a `from` and perhaps an `until` holds at an instant (half-open). */
export function holdsAt(span: { readonly from: Instant; readonly until?: Instant }, at: Instant): boolean {
  return span.from <= at && (span.until === undefined || at < span.until);
}

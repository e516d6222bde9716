import type { DataCategory, IdentifierType } from './item.ts';
import type { Day, Instant } from './time.ts';

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

/** What a provider says of itself to whoever asks it for data: whom to address, and what it can answer. Part of the signed directory. */
export interface ServiceCard {
  /** The legal entity that is addressed, which need not bear the name of the service. */
  readonly entity: string;
  /** Whether it is addressed as designated establishment, as legal representative, or at its seat. */
  readonly addressed: 'designated-establishment' | 'legal-representative' | 'seat';
  /** Where it is served, as it is written on an envelope. */
  readonly address: string;
  /** Languages it accepts, ISO 639-1. */
  readonly languages: readonly string[];
  /** Services that its accounts belong to. */
  readonly services: readonly string[];
  /** Categories of data that it holds. */
  readonly categories: readonly DataCategory[];
  /** Kinds of identifier under which it can find an account. */
  readonly identifierTypes: readonly IdentifierType[];
  /** Forms in which it hands data over. */
  readonly formats: readonly string[];
  /** For how many days it keeps a category, where it says so. */
  readonly keeps?: Readonly<Partial<Record<DataCategory, number>>>;
  /** The number that a request in an emergency is verified on: never one that stands in a request. */
  readonly callBack?: string;
  /** The day on which it said so. */
  readonly asOf: Day;
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
  /** For a party that is asked for data: how to ask it. */
  readonly card?: ServiceCard;
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

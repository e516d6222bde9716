import type { Identifier, Instant, Item } from '@comity/core';
import type { DictionaryEntry, Endpoint } from './objects.ts';

/** Who has approved an order, in which office, when, and under which number. */
export interface OrderApproval {
  readonly kind: 'issuing' | 'validating';
  readonly name: string;
  readonly role: string;
  readonly at: Instant;
  readonly reference: string;
  /** Made without prior validation in an emergency, Reg. (EU) 2023/1543 art. 4(5). */
  readonly emergency: boolean;
}

/** One item of an order with the value behind it. */
export interface OrderItem {
  readonly item: Item;
  readonly identifier: Identifier;
  readonly does: 'disclose' | 'preserve';
  /** For a preservation: until when. */
  readonly until?: Instant;
  /** Free words that a person must read: never dropped. */
  readonly words?: string;
}

/** A time limit with its nature. */
export interface OrderDeadline {
  readonly at: Instant;
  readonly nature: 'Execution' | 'Procedural';
}

/** An order as a message of TS 103 120 carries it: one authorisation, one task for each item, the reasons of an emergency as a document, and the key for the data. */
export interface Hi1Order {
  /** Our id of the case, or the reference of whoever asks. */
  readonly reference: string;
  readonly legalType: Required<DictionaryEntry>;
  readonly priority?: Required<DictionaryEntry>;
  readonly typeOfCase: Required<DictionaryEntry>;
  readonly jurisdiction: string;
  readonly issued: Instant;
  readonly expires?: Instant;
  readonly from: Endpoint;
  readonly to: Endpoint;
  /** Name of the provider as the order addresses it. */
  readonly addressee: string;
  readonly status: 'AWAITING_APPROVAL' | 'APPROVED' | 'SUBMITTED';
  /** Why life, body or critical infrastructure are in danger now; absent where there is no emergency. */
  readonly emergency?: string;
  /** The user is not to be told for now; the enforcing authority has been notified. */
  readonly delayed: boolean;
  /** Nothing is to be disclosed yet: whoever asks wants to know whether there are data at all, and asks for them, or does not, afterwards. */
  readonly existenceOnly?: boolean;
  readonly notified: boolean;
  readonly approvals: readonly OrderApproval[];
  readonly deadlines: readonly OrderDeadline[];
  /** To whom the data go, and the public key that they are sealed to. */
  readonly delivery: { readonly to: Endpoint; readonly recipient: string };
  readonly items: readonly OrderItem[];
}

/** Ids of the objects of one order: UUIDs, drawn by whoever writes it. */
export interface OrderIds {
  readonly authorisation: string;
  readonly encryption: string;
  readonly reasons: string;
  /** By item id. */
  readonly tasks: Readonly<Record<string, string>>;
}

import type { ImportDraft } from '@comity/formats/intake/draft';

/** Something that came from outside, without what it says. */
export interface ImportRow {
  readonly id: string;
  readonly kind: 'hi1' | 'pdf' | 'eml' | 'txt';
  readonly state: 'quarantined' | 'proposed' | 'taken-up' | 'refused' | 'withdrawn';
  readonly arrived: string;
  /** The authority whose key signed it, as this organisation knows it; null: nobody known. That is no proof that the order is sound. */
  readonly sender: { readonly id: string; readonly name: string; readonly country: string } | null;
  readonly sha256: string;
  readonly size: number;
  readonly case: string | null;
}

/** Whom one may call back: the number is this organisation's own knowledge. */
export interface ForeignView {
  readonly id: string;
  readonly name: string;
  readonly country: string;
  readonly phone: string;
}

export interface ImportsView {
  readonly rows: readonly ImportRow[];
  readonly authorities: readonly ForeignView[];
  /** Why something may be refused. */
  readonly reasons: readonly string[];
}

/** A step of deciding. `said` is null once it was erased. */
export interface ImportStepView {
  readonly person: string;
  readonly at: string;
  readonly decision: 'taken-up' | 'refused';
  readonly reason: string | null;
  readonly authority: string | null;
  readonly said: {
    readonly words: string;
    readonly callBack?: { readonly authority: string; readonly spokeWith: string; readonly at: string; readonly number: string };
  } | null;
}

/** One import with what was read out of it, for whoever has stated a reason. */
export interface ImportView extends ImportRow {
  readonly draft: ImportDraft | null;
  readonly steps: readonly ImportStepView[];
  readonly deliveries: readonly DeliveryView[];
  /** For an order that came as message: the public key that its answers are sealed to (age); null where it names none, or once it was erased. */
  readonly answerKey: string | null;
}

/** An answer to one task that travels as message: one of ours to the order that this import is, or one to an order of ours that this import brought. */
export interface DeliveryView {
  readonly id: string;
  readonly side: 'sent' | 'received';
  readonly item: string;
  readonly state: 'proposed' | 'released' | 'acknowledged' | 'coming' | 'landed' | 'discarded' | 'refused';
  /** An answer without data: whether there are any. Null where it is a sealed file. */
  readonly exists: boolean | null;
  readonly size: number;
  readonly sha256: string | null;
  readonly parts: number;
  /** How many of them the other system has said to have taken. */
  readonly acknowledged: number;
  /** Who handed it in; null for one that was received. */
  readonly person: string | null;
  /** With which number the other system refused it. */
  readonly error: number | null;
  readonly changed: string;
  /** The office's age identity that opens it, protected by its passphrase; null for what was sent, and for an answer without data. */
  readonly identity: string | null;
}

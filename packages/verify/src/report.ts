import type { Instant, Json } from '@comity/core';
import type { EntryMark, LogEntry } from '@comity/prove';

/**
 * `tampered`: cryptography or a log contradicts. `departure`: done and logged, but not by the book. `gap`: cannot be told from this file. `remark`: worth knowing,
 * and as it may be; it does not change the verdict.
 */
export type FindingKind = 'tampered' | 'departure' | 'gap' | 'remark';

/** The closed list of findings. Each has a sentence in every language under `finding.<code>`; a test counts them. */
export const FINDINGS = {
  // the file as a whole
  form: 'tampered',
  'not-a-case-file': 'gap',
  environment: 'tampered',
  'directory-forged': 'tampered',
  'directory-out-of-date': 'gap',
  'check-failed': 'gap',
  'dated-after-file': 'tampered',
  // one act
  'act-altered': 'tampered',
  'signer-unknown': 'tampered',
  'key-not-valid': 'tampered',
  'section-altered': 'tampered',
  'section-renamed': 'tampered',
  'salts-swapped': 'tampered',
  'salt-repeated': 'departure',
  'act-elsewhere': 'tampered',
  'act-twice': 'tampered',
  'act-forked': 'tampered',
  'act-removed': 'tampered',
  'act-missing': 'gap',
  'role-not-held': 'departure',
  'power-not-held': 'departure',
  // logs
  'log-unknown': 'tampered',
  'log-twice': 'tampered',
  'log-absent': 'gap',
  unwitnessed: 'gap',
  'witness-forged': 'tampered',
  'checkpoint-forged': 'tampered',
  'checkpoint-downgraded': 'tampered',
  'log-forked': 'tampered',
  'log-rolled-back': 'tampered',
  'entry-unreadable': 'tampered',
  'entry-not-included': 'tampered',
  'entry-order': 'tampered',
  'entry-foreign': 'tampered',
  'entry-back-dated': 'tampered',
  'entry-redacted': 'remark',
  'redaction-without-order': 'tampered',
  'entry-blinded': 'remark',
  'blinded-overdue': 'departure',
  'disclosure-differs': 'tampered',
  'witness-not-asked': 'remark',
  // a proof by itself
  'proof-unreadable': 'gap',
  'proof-entry-missing': 'gap',
  'proof-log-unknown': 'gap',
  // one log against another
  'entry-omitted': 'tampered',
  'place-differs': 'tampered',
  // acts against logs
  'act-unlogged': 'tampered',
  'payload-unlogged': 'tampered',
  'act-logged-twice': 'tampered',
  'act-back-dated': 'tampered',
  'act-out-of-order': 'tampered',
  'entry-differs': 'tampered',
  'received-unlogged': 'tampered',
  'received-before-made': 'tampered',
  // receipts
  'receipt-forged': 'tampered',
  'receipt-contradicts': 'tampered',
  'receipt-proof': 'tampered',
  'receipt-disagrees': 'departure',
  // procedure
  'procedure-swapped': 'tampered',
  'act-procedure': 'tampered',
  'procedure-unreadable': 'gap',
  'act-void': 'departure',
  'acts-unjudged': 'gap',
  'section-leaked': 'departure',
  'section-withheld': 'gap',
  'duty-overdue': 'departure',
  'duty-maybe-overdue': 'gap',
  'done-late': 'departure',
  'done-maybe-late': 'gap',
  'act-not-shared': 'departure',
  // assessments
  'pack-swapped': 'tampered',
  'pack-missing': 'gap',
  'engine-unknown': 'gap',
  'assessment-unreadable': 'departure',
  'assessment-misstated': 'departure',
  'assessment-differs': 'departure',
  'assessment-day': 'departure',
  // deliveries and their end
  'manifest-swapped': 'tampered',
  'manifest-forged': 'tampered',
  'manifest-contradicts': 'departure',
  'manifest-basis': 'departure',
  'manifest-recipient': 'departure',
  'manifest-not-joint': 'departure',
  'item-not-approved': 'departure',
  'ciphertext-differs': 'departure',
  'plaintext-differs': 'departure',
  'copy-not-destroyed': 'departure',
  'kept-past-retention': 'departure',
  'kept-past-recall': 'departure',
  // a certificate of destruction by itself
  'act-unproven': 'gap',
  'destruction-missing': 'gap',
  'destruction-unvalidated': 'gap',
} as const satisfies Record<string, FindingKind>;

export type FindingCode = keyof typeof FINDINGS;

/** What a finding is about; `act` is a digest. */
export interface About {
  readonly act?: string;
  readonly party?: string;
  /** Origin of the log that `index` is of. */
  readonly log?: string;
  readonly index?: string;
  readonly item?: string;
}

/** One thing that is wrong, or that cannot be told. `values` fill the placeholders of its sentence and never hold what a section holds. */
export interface Finding {
  readonly code: FindingCode;
  readonly kind: FindingKind;
  readonly about: About;
  readonly values: Readonly<Record<string, string | number>>;
}

export type CaseVerdict = 'by-the-book' | 'departures' | 'tampered' | 'cannot-tell';

/** One act on the timeline. */
export interface TimelineAct {
  readonly at: Instant;
  readonly type: string;
  readonly party: string;
  readonly role: string;
  readonly seat: string;
  readonly digest: string;
  readonly counted: boolean;
  /** Where proven log entries name it. */
  readonly logged: readonly { readonly party: string; readonly index: string }[];
  /** What its maker's log says it should not have had to do: act without witnesses, or in an emergency. */
  readonly marks: readonly EntryMark[];
}

/** One stated reason to look into the case or to open a payload, from a proven entry: which organisation, in which role, why, when. */
export interface Reading {
  readonly party: string;
  readonly index: string;
  readonly at: Instant;
  readonly role: string;
  /** `case.read`, `payload.asked` or `data.queried`. */
  readonly t: string;
  /** A code from the node's closed list; empty where the entry states none. */
  readonly purpose: string;
}

/** What the verifier says of a case file. */
export interface Report {
  readonly verdict: CaseVerdict;
  readonly case: string;
  readonly madeBy: string;
  readonly findings: readonly Finding[];
  readonly timeline: readonly TimelineAct[];
  readonly readings: readonly Reading[];
  /** How much was there to be checked, and was. */
  readonly checked: {
    readonly acts: number;
    readonly entries: number;
    readonly logs: number;
    readonly assessments: number;
    readonly manifests: number;
  };
}

/** What the verifier says of a proof. `by-the-book`: it holds. */
export interface ProofReport {
  readonly verdict: CaseVerdict;
  /** Origin of the log that the checkpoint states. */
  readonly origin: string;
  readonly index: string;
  /** Leaf hash of the entry, hexadecimal. */
  readonly leaf: string;
  /** The entry, where nothing contradicts that it stands in the log. */
  readonly entry?: LogEntry;
  /** Witnesses of the policy that cosigned, and when. */
  readonly witnessed: readonly { readonly name: string; readonly at: string }[];
  /** What was disclosed of the entry's commitments. Holds what a section may hold: for the eyes of whoever was handed the proof. */
  readonly disclosed: readonly { readonly name: string; readonly value: Json }[];
  readonly findings: readonly Finding[];
}

/** Makes a finding; its kind follows from its code. */
export function finding(code: FindingCode, about: About = {}, values: Finding['values'] = {}): Finding {
  return { code, kind: FINDINGS[code], about, values };
}

/** The verdict on all findings: the gravest kind decides. */
export function verdictOf(findings: readonly Finding[]): CaseVerdict {
  if (findings.some(({ kind }) => kind === 'tampered')) return 'tampered';
  if (findings.some(({ kind }) => kind === 'departure')) return 'departures';
  return findings.some(({ kind }) => kind === 'gap') ? 'cannot-tell' : 'by-the-book';
}

const EXIT_CODES: Readonly<Record<CaseVerdict, number>> = { 'by-the-book': 0, departures: 1, tampered: 2, 'cannot-tell': 3 };

/** The exit code by which a program says the verdict. */
export function exitCodeOf(verdict: CaseVerdict): number {
  return EXIT_CODES[verdict];
}

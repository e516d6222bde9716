import type { Instant } from '@comity/core';

/** `tampered`: cryptography or a log contradicts. `departure`: done and logged, but not by the book. `gap`: cannot be told from this file. */
export type FindingKind = 'tampered' | 'departure' | 'gap';

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
  'checkpoint-forged': 'tampered',
  'entry-unreadable': 'tampered',
  'entry-not-included': 'tampered',
  'entry-order': 'tampered',
  'entry-foreign': 'tampered',
  'entry-back-dated': 'tampered',
  // acts against logs
  'act-unlogged': 'tampered',
  'act-logged-twice': 'tampered',
  'act-back-dated': 'tampered',
  'act-out-of-order': 'tampered',
  'entry-differs': 'tampered',
  'received-unlogged': 'tampered',
  'received-before-made': 'tampered',
  // receipts
  'receipt-forged': 'tampered',
  'receipt-contradicts': 'tampered',
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
  'item-not-approved': 'departure',
  'ciphertext-differs': 'departure',
  'plaintext-differs': 'departure',
  'copy-not-destroyed': 'departure',
  'kept-past-retention': 'departure',
} as const satisfies Record<string, FindingKind>;

export type FindingCode = keyof typeof FINDINGS;

/** What a finding is about; `act` is a digest. */
export interface About {
  readonly act?: string;
  readonly party?: string;
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
}

/** What the verifier says of a case file. */
export interface Report {
  readonly verdict: CaseVerdict;
  readonly case: string;
  readonly madeBy: string;
  readonly findings: readonly Finding[];
  readonly timeline: readonly TimelineAct[];
  /** How much was there to be checked, and was. */
  readonly checked: {
    readonly acts: number;
    readonly entries: number;
    readonly logs: number;
    readonly assessments: number;
    readonly manifests: number;
  };
}

/** Makes a finding; its kind follows from its code. */
export function finding(code: FindingCode, about: About = {}, values: Finding['values'] = {}): Finding {
  return { code, kind: FINDINGS[code], about, values };
}

/** The verdict on all findings: the gravest kind decides. */
export function verdictOf(findings: readonly Finding[]): CaseVerdict {
  if (findings.some(({ kind }) => kind === 'tampered')) return 'tampered';
  if (findings.some(({ kind }) => kind === 'departure')) return 'departures';
  return findings.length > 0 ? 'cannot-tell' : 'by-the-book';
}

const EXIT_CODES: Readonly<Record<CaseVerdict, number>> = { 'by-the-book': 0, departures: 1, tampered: 2, 'cannot-tell': 3 };

/** The exit code by which a program says the verdict. */
export function exitCodeOf(verdict: CaseVerdict): number {
  return EXIT_CODES[verdict];
}

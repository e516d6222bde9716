import type { Generated } from 'kysely';

export interface DatasetRow {
  id: string;
  name: string;
  /** Whose data these are, in one word: what is learned of them in several releases adds up. */
  population: string;
  person: string;
  /** Whether the file was handed in here, and goes with this row; else it is one of the holder's catalogue. */
  own: boolean;
  path: string;
  /** JSON of what was found when the file was checked. */
  shape: string;
  arrived: string;
  expires: string;
  /** JSON of what is in it, once it was looked through. */
  scan: string | null;
}

export interface PreparationRow {
  id: string;
  dataset_id: string;
  population: string;
  kind: string;
  /** Canonical JSON. */
  plan: string;
  plan_digest: string;
  /** JSON: what was signed when it was begun, and the signatures. */
  signed: string | null;
  person: string;
  asked: string;
  state: string;
  share: Generated<number>;
  started: string | null;
  /** When whoever runs it last said so. */
  beat: string | null;
  /** Whose run it is: who was taken over says nothing of it any more. */
  runner: string | null;
  tries: Generated<number>;
  /** Somebody wants it to stop. */
  stop: Generated<boolean>;
  ended: string | null;
  refusal: string | null;
  report: string | null;
  /** JSON: file, size, digest. */
  output: string | null;
  /** Id of the log entry. */
  entry: string | null;
  /** Opens what the entry commits to. */
  salt: string | null;
  /** The name under which cases may ask for what was made. */
  offered: string | null;
  /** From then on they may not. */
  offered_until: string | null;
  withdrawn: string | null;
  /** Until then the file stays for cases that were decided on it. */
  kept_until: string | null;
  /** JSON: what a scan found in its columns. */
  findings: string | null;
}

/** What scans found in datasets of the catalogue. */
export interface ScannedRow {
  dataset: string;
  findings: string;
}

export interface PrivacyDebitRow {
  preparation: string;
  population: string;
  plan: string;
  rho: number;
  epsilon: number;
  delta: number;
  at: string;
}

export interface PrivacyBudgetRow {
  seq: Generated<string>;
  population: string;
  epsilon: number;
  delta: number;
  person: string;
  at: string;
}

import { type Day, digestJson, type Sha256 } from '@comity/core';
import type { Hierarchies } from './hierarchy.ts';

/** In which order a date is written: ISO 8601, or day, month and year, or month, day and year. A person says which; it is never guessed. */
export const DATE_ORDERS = ['iso', 'dmy', 'mdy'] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];

/** What happens to a column. No key stands here: the caller gives one key per recipient. */
export type Operation =
  | { readonly op: 'drop' }
  | { readonly op: 'keep' }
  /** First 128 bits of HMAC-SHA-256 under the recipient's key: nobody turns it back, and two recipients cannot join what they hold. */
  | { readonly op: 'token' }
  /** AES-SIV (RFC 5297) under the holder's key: the same value gives the same text, and the holder alone can turn it back. */
  | { readonly op: 'siv' }
  /** FF1 (NIST SP 800-38G) over the characters of `alphabet`; spaces, hyphens, points and slashes stay where they stand. */
  | { readonly op: 'ff1'; readonly alphabet: string }
  /** A date as its year; a year in which who was born turned `90` by `on`, or an earlier one, leaves as `<=` that year. */
  | { readonly op: 'year'; readonly order: DateOrder; readonly on: Day | null }
  /** A ZIP code as its first three digits, 000 for those in `restricted`, 45 CFR 164.514(b)(2)(i)(B). */
  | { readonly op: 'zip3'; readonly restricted: readonly string[] }
  /** An age in years, `90+` from 90 on; 45 CFR 164.514(b)(2)(i)(C). */
  | { readonly op: 'ageTop90' }
  /** A birth date as its year, `90+` for whoever is 90 or older on the day `on`. */
  | { readonly op: 'birthYear'; readonly order: DateOrder; readonly on: Day }
  /** All dates of one subject move by the same 1 to `maxDays` days. Not Safe Harbor. */
  | { readonly op: 'dateShift'; readonly order: DateOrder; readonly subject: string; readonly maxDays: number }
  /** A number as the interval between two edges that it lies in, the lower one included. */
  | { readonly op: 'bin'; readonly edges: readonly number[] }
  | { readonly op: 'generalise'; readonly hierarchy: string; readonly level: number }
  /** A value that fewer than `k` rows hold leaves empty. */
  | { readonly op: 'suppressIf'; readonly k: number };

export type Op = Operation['op'];

/** Why a column leaves as it does. */
export const WHYS = [
  'identifier',
  'free-text',
  'unclassified',
  'class-unknown',
  'not-identifying',
  'quasi',
  'sensitive',
  'stated',
] as const;
export type Why = (typeof WHYS)[number];

export interface ColumnPlan {
  readonly name: string;
  /** The class under which a person or the scan put it; null where a plan names columns alone. */
  readonly class: string | null;
  readonly why: Why;
  readonly operation: Operation;
}

export const METHODS = ['safe-harbor', 'k-anonymity', 'plan'] as const;
export type DeidentifyMethod = (typeof METHODS)[number];

/** What must hold of the result before it exists: counted on the result itself. */
export interface Verify {
  /** Columns by which somebody could be found elsewhere. */
  readonly quasi: readonly string[];
  /** Columns whose values must not become known. */
  readonly sensitive: readonly string[];
  readonly k: number;
  /** Different values of each sensitive column in every class; null to ask nothing. */
  readonly l: number | null;
  /** Greatest distance of a class from the whole; null to ask nothing. */
  readonly t: number | null;
  /** Greatest share of rows that may stay behind because their class is too small. */
  readonly suppress: number;
}

/** What is done to each column of a file, hashed before it is run. A column that is not named is dropped. */
export interface DeidentifyPlan {
  readonly v: 1;
  readonly method: DeidentifyMethod;
  readonly columns: readonly ColumnPlan[];
  readonly hierarchies: Hierarchies;
  readonly verify: Verify | null;
}

/** Digest by which a plan is approved and its result named: SHA-256 of its canonical JSON. */
export function deidentifyDigest(plan: DeidentifyPlan, sha256: Sha256): string {
  return digestJson(plan, sha256);
}

/** The columns that leave, in the order of the plan. */
export function released(plan: DeidentifyPlan): readonly ColumnPlan[] {
  return plan.columns.filter(({ operation }) => operation.op !== 'drop');
}

/** Whether an operation needs the key of a recipient or of the holder. */
export function isKeyed({ op }: Operation): boolean {
  return op === 'token' || op === 'siv' || op === 'ff1' || op === 'dateShift';
}

import { type DataCategory, type Day, digestJson, type Identifier, type Instant, type Sha256 } from '@comity/core';
import type { CoarserTransform, DropReason, KeepReason, SourceFormat } from './catalogue.ts';

/** How a column is changed on its way out. No key stands here, only the name by which the caller finds it (`keyRef`). */
export type PlanTransform =
  | { readonly op: 'keep' }
  /** First 128 bits of HMAC-SHA-256 (RFC 2104) under the recipient's key: two recipients cannot join what they hold. */
  | { readonly op: 'token'; readonly keyRef: string }
  /** A date becomes its year, 45 CFR 164.514(b)(2)(i)(C). */
  | { readonly op: 'year' }
  /** A ZIP code becomes its first three digits, or 000 where few people live, 45 CFR 164.514(b)(2)(i)(B). */
  | { readonly op: 'zip3'; readonly restricted: readonly string[] }
  /** An age, or a birth date as its year; everyone aged 90 or more on the day `on` becomes `90+`, 45 CFR 164.514(b)(2)(i)(C). */
  | { readonly op: 'ageTop90'; readonly on: Day }
  /** All dates of one subject move by the same 1 to `maxDays` days back or forth. Not Safe Harbor: needs 45 CFR 164.514(b)(1). */
  | { readonly op: 'dateShift'; readonly keyRef: string; readonly subject: string; readonly maxDays: number }
  | CoarserTransform;

export interface PlanColumn {
  readonly name: string;
  readonly reason: KeepReason;
  readonly transform: PlanTransform;
}

/** Something the reader of a plan must know: the item has a period, but the dataset has no time to apply it to (subscriber data only). */
export type PlanNote = 'period-not-applicable';

/**
 * What leaves for one item: plain JSON, canonical, so that its digest can be approved. It holds the identifier's value, which is
 * personal data: a plan stands in a section or stays with the holder; elsewhere only its digest is named.
 */
export interface Plan {
  readonly v: 1;
  readonly item: string;
  readonly dataset: string;
  readonly format: SourceFormat;
  readonly category: DataCategory;
  /** Rows of this identifier only; null for a projection of a whole dataset. */
  readonly match: (Identifier & { readonly column: string }) | null;
  readonly period: {
    readonly column: string;
    readonly from: Instant;
    readonly until: Instant;
    readonly zone: string | null;
  } | null;
  readonly columns: readonly PlanColumn[];
  readonly dropped: readonly { readonly name: string; readonly reason: DropReason }[];
  readonly notes: readonly PlanNote[];
  /** 32 random bytes, base64url: without it the digest would let anyone test guesses of the identifier. */
  readonly nonce: string;
}

/** Digest by which approvals, previews and deliveries name a plan: SHA-256 of its canonical JSON, hexadecimal. */
export function planDigest(plan: Plan, sha256: Sha256): string {
  return digestJson(plan, sha256);
}

/** Names of the columns that a source must have so that the plan can run on it. */
export function columnsNeeded(plan: Plan): readonly string[] {
  const subjects = plan.columns.flatMap(({ transform }) => (transform.op === 'dateShift' ? [transform.subject] : []));
  const selectors = [plan.match?.column, plan.period?.column].filter((name) => name !== undefined);
  return [...new Set([...plan.columns.map(({ name }) => name), ...selectors, ...subjects])];
}

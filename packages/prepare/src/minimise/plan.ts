import { digestJson, type Identifier, type Period, type Sha256 } from '@comity/core';
import type { PlanColumn } from '../plan.ts';

/** One identifier of which rows are asked for, in its own period where the plan has one. */
export interface MinimiseItem extends Identifier {
  readonly id: string;
  readonly column: string;
  readonly period: Period | null;
}

/**
 * What may leave a file for any number of items at once: rows that an item covers, and of them the named columns. Plain JSON, canonical.
 * It holds identifiers, which are personal data: it stays with the holder; elsewhere only its digest is named.
 */
export interface MinimisePlan {
  readonly v: 1;
  readonly purpose: string | null;
  /** Column of the times by which periods are applied; with it every item has a period, without it none has. */
  readonly period: { readonly column: string; readonly zone: string | null } | null;
  readonly columns: readonly PlanColumn[];
  /** null: every row leaves, with the named columns alone. */
  readonly items: readonly MinimiseItem[] | null;
  /** 32 random bytes, base64url: without it the digest would let anyone test guesses of the identifiers. */
  readonly nonce: string;
}

/** Digest by which reports name a plan: SHA-256 of its canonical JSON, hexadecimal. */
export function minimiseDigest(plan: MinimisePlan, sha256: Sha256): string {
  return digestJson(plan, sha256);
}

/** Names of the columns that a file must have so that the plan can run on it. */
export function minimiseNeeds(plan: MinimisePlan): readonly string[] {
  const subjects = plan.columns.flatMap(({ transform }) => (transform.op === 'dateShift' ? [transform.subject] : []));
  const selectors = [...(plan.items ?? []).map(({ column }) => column), ...(plan.period === null ? [] : [plan.period.column])];
  return [...new Set([...plan.columns.map(({ name }) => name), ...selectors, ...subjects])];
}

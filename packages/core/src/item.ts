import type { Instant } from './time.ts';

/** Kinds of identifier a request may name (Reg. (EU) 2023/1543 Annex I section E; dataset for outsourcing). */
export const IDENTIFIER_TYPES = ['email', 'phone', 'user_id', 'ip_address', 'imei', 'mac_address', 'dataset'] as const;
export type IdentifierType = (typeof IDENTIFIER_TYPES)[number];

/** Data tiers of Reg. (EU) 2023/1543 art. 3(9)-(12), and records of a dataset. */
export const DATA_CATEGORIES = ['subscriber', 'identification', 'traffic', 'content', 'records'] as const;
export type DataCategory = (typeof DATA_CATEGORIES)[number];

/** Half-open period `[from, until)`. */
export interface Period {
  readonly from: Instant;
  readonly until: Instant;
}

/**
 * The atom of asking, approving, refusing, delivering and destroying: one identifier x one data category x one period.
 * The identifier's value is personal data: it stands in a section, never here.
 */
export interface Item {
  readonly id: string;
  readonly identifierType: IdentifierType;
  readonly category: DataCategory;
  /** Required for every category but subscriber and records. */
  readonly period?: Period;
  /** IANA zone in which the asker keyed the period, echoed on every screen. */
  readonly zone?: string;
}

/** The value behind an item's identifier, kept in a section that only its readers receive. */
export interface Identifier {
  readonly type: IdentifierType;
  readonly value: string;
}

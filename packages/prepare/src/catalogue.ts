import type { DataCategory, IdentifierType } from '@comity/core';

/** Why a column stays in what is released. The sentences stand in the message catalogues. */
export const KEEP_REASONS = ['in-category', 'needed-for-purpose'] as const;
export type KeepReason = (typeof KEEP_REASONS)[number];

/** Why a column is left out. `column-unclassified`: nobody has said what it holds, so it counts as identifying. */
export const DROP_REASONS = [
  'column-unclassified',
  'outside-category',
  'direct-identifier',
  'free-text',
  'content-data',
  'payment-data',
  'other-person',
  'not-needed',
] as const;
export type DropReason = (typeof DROP_REASONS)[number];

/** How a kept column is changed, as the holder's catalogue writes it; keys, dates and lists are added by the plan. */
export type CatalogueTransform =
  | { readonly op: 'token' }
  | { readonly op: 'year' }
  | { readonly op: 'zip3' }
  | { readonly op: 'ageTop90' }
  | { readonly op: 'dateShift'; readonly subject: string; readonly maxDays: number };

export type ColumnRule =
  | { readonly name: string; readonly keep: true; readonly reason: KeepReason; readonly transform?: CatalogueTransform }
  | { readonly name: string; readonly keep: false; readonly reason: DropReason };

export type SourceFormat = 'csv' | 'parquet';

/** One dataset of a holder for one data category: where its identifiers and times stand, and what may leave. */
export interface DatasetEntry {
  readonly dataset: string;
  readonly path: string;
  readonly format: SourceFormat;
  readonly category: DataCategory;
  /** Identifier type -> the column that holds it. */
  readonly identifiers: Readonly<Partial<Record<IdentifierType, string>>>;
  /** Name of the column by which a period is applied. */
  readonly period?: string;
  /** IANA zone in which times without an offset were written; without it such times count as unreadable. */
  readonly zone?: string;
  readonly columns: readonly ColumnRule[];
}

/** What a holder's datasets hold. A column that is not named here never leaves. */
export type Catalogue = readonly DatasetEntry[];

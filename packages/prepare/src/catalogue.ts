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
  | { readonly op: 'dateShift'; readonly subject: string; readonly maxDays: number }
  | CoarserTransform;

/** Ways to keep less of a value that need nothing but the column; a plan carries them as the catalogue writes them. */
export type CoarserTransform =
  /** A time becomes that of its minute, hour, day, month or year: in UTC where it has an offset, else as it was written. */
  | { readonly op: 'time'; readonly to: TimeUnit }
  /** A number keeps so many decimals, -9 to 9: two of a coordinate are about a kilometre, -3 are thousands. */
  | { readonly op: 'round'; readonly decimals: number }
  /** A text keeps its first characters: the area of a postal code, the region of a cell. */
  | { readonly op: 'prefix'; readonly length: number }
  /** Of a free text, pieces of these kinds are replaced by their kind's name in brackets; all else stays as it is. */
  | { readonly op: 'redact'; readonly kinds: readonly RedactKind[] };

export const TIME_UNITS = ['minute', 'hour', 'day', 'month', 'year'] as const;
export type TimeUnit = (typeof TIME_UNITS)[number];

/** What can be taken out of a free text, in the order in which it is looked for. */
export const REDACT_KINDS = ['url', 'email', 'iban', 'card', 'national-id', 'ip-address', 'phone', 'long-number'] as const;
export type RedactKind = (typeof REDACT_KINDS)[number];

export type ColumnRule =
  | { readonly name: string; readonly keep: true; readonly reason: KeepReason; readonly transform?: CatalogueTransform }
  | { readonly name: string; readonly keep: false; readonly reason: DropReason };

/** JSON: a list of objects, or one object a line. */
export type SourceFormat = 'csv' | 'parquet' | 'json';

/** The format of a file by its name; what is none of the others is read as CSV, and refused if it is not that. Arrow becomes CSV before anything reads it (unfoldArrow). */
export function formatOf(name: string): SourceFormat | 'arrow' {
  if (/\.parquet$/i.test(name)) return 'parquet';
  if (/\.(arrow|arrows|feather|ipc)$/i.test(name)) return 'arrow';
  return /\.(json|jsonl|ndjson)$/i.test(name) ? 'json' : 'csv';
}

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

import type { TableSeen } from '../engines/trinoTable.ts';
import type { MaskedCell } from '../mask.ts';
import type { ScanClass } from './classes.ts';

/** What made a class be found: the column's name, its values, or both. */
export type FoundBy = 'header' | 'values' | 'both';

export interface ScanFinding {
  readonly class: ScanClass;
  /** Share of the rows that are not empty, estimated where the values were sampled. */
  readonly rateRows: number;
  /** Share of the different values. */
  readonly rateDistinct: number;
  /** A rank between 0 and 1 of how much speaks for it; not a probability. */
  readonly confidence: number;
  readonly by: FoundBy;
  /** Whether it stands within longer texts. */
  readonly inText: boolean;
  /** Check by which values were taken, where there is one. */
  readonly validator?: string;
  /** At most three, masked. */
  readonly examples: readonly MaskedCell[];
}

/** Why a column counts as identifying, or may. */
export const SCAN_REASONS = ['identifying-class', 'unclassified', 'header-contradicted', 'all-empty'] as const;
export type ScanReason = (typeof SCAN_REASONS)[number];

export interface ScanColumn {
  /** As in the file; values inside a cell or a nested column follow after dots. `column N` where the file has no header record. */
  readonly name: string;
  readonly type: string;
  readonly rows: number;
  readonly nulls: number;
  /** Different values; exact where all were looked at, else approximate. */
  readonly distinct: number;
  readonly minLength: number;
  readonly maxLength: number;
  /** The commonest shapes, 9 for a digit and a or A for a letter, with their share of rows. */
  readonly shapes: readonly { readonly shape: string; readonly share: number }[];
  /** What was looked at; rare finds of strong patterns come from all rows all the same. */
  readonly sample: { readonly distinct: number; readonly rows: number; readonly complete: boolean };
  readonly classes: readonly ScanFinding[];
  /** Deny by default: what was not classified counts as identifying. */
  readonly identifying: boolean;
  /** Null only where no class that was found identifies anybody. */
  readonly reason: ScanReason | null;
}

export interface ScanReport {
  readonly v: 1;
  /** SHA-256 of the file; null for a table on a cluster, which has none: it can change at any time. */
  readonly sha256: string | null;
  /** What was looked at instead of a file. */
  readonly table?: TableSeen;
  readonly rows: number;
  /** False where the first record of a CSV looks like data; it was then read as data. */
  readonly header: boolean;
  readonly columns: readonly ScanColumn[];
  /** Different values of the column that names subjects; null when none was named or they could not be counted exactly. */
  readonly subjects: { readonly column: string; readonly distinct: number } | null;
  readonly seed: number;
}

import type { Instant, Json } from '@comity/core';
import { type FactEvidence, type ScanReport, seenByScan } from '@comity/prepare';
import type { Dataset } from '../../store/datasets.ts';
import type { Findings } from '../../store/scanned.ts';
import type { AsItIs } from './runs.ts';

/** What scanDataset keeps: what was found and when, or why nothing could be. */
export type KeptScan = (ScanReport & { readonly at?: Instant }) | { readonly refused: string };

/** What was found in a dataset, as facts of the law; undefined while it was not looked through, or could not be. */
export function findingsIn({ scan, arrived }: Pick<Dataset, 'scan' | 'arrived'>): Findings | undefined {
  // Parser: scanDataset kept it.
  const kept = scan as KeptScan | null;
  // A node prepares files, and files have a digest; tables of clusters have none.
  if (kept === null || 'refused' in kept || kept.sha256 === null) return undefined;
  return { at: kept.at ?? arrived, sha256: kept.sha256, seen: seenByScan(kept) };
}

/** What of it is in something that was made: in columns that left as they were. What was made up belongs to nobody, so it has kinds of data and no identifiers. */
export function findingsOfMade(findings: Findings | undefined, { columns, madeUp }: AsItIs): Findings | null {
  if (findings === undefined) return null;
  const seen = columnsAsTheyAre(findings.seen, columns);
  return { ...findings, seen: madeUp ? seen.filter(({ fact }) => fact === 'data.categories') : seen };
}

/** A scan names what is nested in a column after a dot. */
export function columnsAsTheyAre(seen: readonly FactEvidence[], columns: readonly string[]): readonly FactEvidence[] {
  return seen.filter(({ column }) => columns.some((name) => column === name || column.startsWith(`${name}.`)));
}

/** The columns that a report says were made. */
export function columnsIn(report: Json): readonly string[] {
  const columns = typeof report === 'object' && report !== null && 'columns' in report ? report['columns'] : [];
  return Array.isArray(columns) ? columns.filter((name) => typeof name === 'string') : [];
}

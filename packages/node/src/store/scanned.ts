import type { Instant } from '@comity/core';
import type { FactEvidence } from '@comity/prepare';
import type { Database, Tx } from './database.ts';

/** What a scan found that speaks to the law: which columns hold what, never a value. */
export interface Findings {
  /** When the file was looked through. */
  readonly at: Instant;
  /** SHA-256 of that file. */
  readonly sha256: string;
  readonly seen: readonly FactEvidence[];
}

/** Keeps what was found in a dataset of the catalogue; what was found before is replaced. */
export async function keepScanned(db: Database | Tx, dataset: string, findings: Findings): Promise<void> {
  const row = { dataset, findings: JSON.stringify(findings) };
  const inserted = db.insertInto('scanned').values(row);
  await inserted.onConflict((conflict) => conflict.column('dataset').doUpdateSet({ findings: row.findings })).execute();
}

/** What was found in datasets of the catalogue, by their names. */
export async function allScanned(db: Database | Tx): Promise<ReadonlyMap<string, Findings>> {
  const rows = await db.selectFrom('scanned').select(['dataset', 'findings']).execute();
  // Parser: keepScanned wrote these.
  return new Map(rows.map(({ dataset, findings }) => [dataset, JSON.parse(findings) as Findings]));
}

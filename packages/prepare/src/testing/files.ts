import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type IdentifierType, type Item, type Result, toBase64Url } from '@comity/core';
import { DuckDBInstance } from '@duckdb/node-api';
import type { DatasetEntry } from '../catalogue.ts';
import { checkSource, type SourceShape } from '../check-source.ts';
import { extract, type Keys } from '../extract.ts';
import { columnsNeeded, type Plan } from '../plan.ts';
import { type Asked, type PlanOptions, planFor } from '../plan-for.ts';
import type { RowCounts } from '../select.ts';

/** What the tests of this package share: files in a fresh folder, and the way from an entry to its plan. */
const folder = mkdtempSync(join(tmpdir(), 'comity-prepare-'));
let count = 0;

export function csvFile(content: string | Uint8Array): string {
  const path = join(folder, `${count++}.csv`);
  writeFileSync(path, content);
  return path;
}

/** A Parquet file from the rows of a SQL query. */
export async function parquetFile(query: string): Promise<string> {
  const path = join(folder, `${count++}.parquet`);
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`SET TimeZone = 'UTC'`);
  await connection.run(`COPY (${query}) TO '${path}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
  return path;
}

export const OPTIONS: PlanOptions = {
  nonce: toBase64Url(new Uint8Array(32).fill(7)),
  keyRef: 'institute',
  restrictedZip3: ['036', '059'],
  on: '2026-11-22',
};

export const KEYS: Keys = { institute: new Uint8Array(32).fill(9) };

export function ask(type: IdentifierType, value: string, over: Partial<Item> = {}): Asked {
  return { item: { id: 'item-1', identifierType: type, category: 'subscriber', ...over }, identifier: { type, value } };
}

/** The entry of a dataset that keeps the named columns and knows identifiers by `email`, `ip` and `user` columns. */
export function entryFor(path: string, keep: readonly string[], over: Partial<DatasetEntry> = {}): DatasetEntry {
  return {
    dataset: 'people',
    path,
    format: path.endsWith('.csv') ? 'csv' : 'parquet',
    category: 'subscriber',
    identifiers: { email: 'email' },
    columns: keep.map((name) => ({ name, keep: true, reason: 'in-category' })),
    ...over,
  };
}

export function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.refusal)}`);
  return result.value;
}

export function onlyPlan(asked: Asked, entry: DatasetEntry): Plan {
  const [plan] = value(planFor([asked], [entry], OPTIONS));
  if (plan === undefined) throw new Error('no plan');
  return plan;
}

export async function sourceOf(entry: DatasetEntry, plan: Plan): Promise<SourceShape> {
  return value(await checkSource(entry.path, entry.format, columnsNeeded(plan)));
}

export async function textOf(plan: Plan, source: SourceShape): Promise<{ text: string; counts: RowCounts }> {
  const extraction = extract(plan, source, KEYS);
  const parts: Uint8Array[] = [];
  for await (const part of extraction) parts.push(part);
  return { text: Buffer.concat(parts).toString('utf8'), counts: extraction.report() };
}

/** Everything at once: what leaves for one question to one dataset. */
export async function released(asked: Asked, entry: DatasetEntry): Promise<string> {
  const plan = onlyPlan(asked, entry);
  return (await textOf(plan, await sourceOf(entry, plan))).text;
}

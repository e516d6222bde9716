import { randomBytes } from 'node:crypto';
import { checkSource, columnsNeeded, extract, type Plan, planFor, preview, type SourceShape } from '@comity/prepare';
import { DuckDBInstance } from '@duckdb/node-api';
// The statements that a plan compiles to are given to the peer too; they are no part of the package's public door.
import { compile, type Statement } from '../../../packages/prepare/src/select.ts';
import { buildDatasets, cataloguesFor } from '../../../sandbox/src/datasets/index.ts';
import { median, spend } from '../measure.ts';
import { comparison } from '../sheet.ts';
import type { Part } from './part.ts';

const RUNS = 5;
const ITEM = {
  id: 'i2',
  identifierType: 'email',
  category: 'traffic',
  period: { from: '2026-03-01T00:00:00.000Z', until: '2026-04-01T00:00:00.000Z' },
  zone: 'Europe/Lisbon',
} as const;

/** One item minimised out of a million connections, beside DuckDB running the same statements through its own API. */
export const extractPart: Part = async (dir) => {
  const { plan, source } = await planIn(dir);
  const { kept, times } = await measure(plan, source);
  const peer = (values: readonly number[]): { readonly name: string; readonly value: number } => ({
    name: 'DuckDB',
    value: median(values),
  });
  return {
    input: `extract: 1,000,000 connections (Parquet, ${source.bytes} bytes), ${kept} rows kept; median of ${RUNS}, sides in turn, 2 threads`,
    versions: {},
    figures: [
      comparison('preview', 'ms', { ours: median(times.preview), peer: peer(times.previewPeer) }),
      comparison('extract to CSV', 'ms', { ours: median(times.extract), peer: peer(times.extractPeer) }),
    ],
    notes: [
      'Extract: ours also checks that the file is the one that was approved, locks the engine down, masks the sample and writes CSV; DuckDB only answers.',
    ],
  };
};

const SIDES = ['preview', 'previewPeer', 'extract', 'extractPeer'] as const;
type Times = Readonly<Record<(typeof SIDES)[number], number[]>>;

async function measure(plan: Plan, source: SourceShape): Promise<{ readonly kept: number; readonly times: Times }> {
  const compiled = compile(plan, source, undefined);
  if (!compiled.ok) throw new Error(compiled.refusal.code);
  const { counts, rows } = compiled.value;
  const sample = { sql: `${rows.sql} LIMIT 5`, values: rows.values };
  const times: Times = { preview: [], previewPeer: [], extract: [], extractPeer: [] };
  const work = {
    preview: async () => void (await preview(plan, source)),
    previewPeer: () => duckdb([counts, sample]),
    extract: () => drain(plan, source),
    extractPeer: () => duckdb([counts, rows]),
  };
  for (let i = 0; i <= RUNS; i++) {
    for (const side of SIDES) {
      const { wall } = await spend(work[side]);
      // The first round warms both sides up.
      if (i > 0) times[side].push(wall * 1000);
    }
  }
  return { kept: rowsOf(await preview(plan, source)), times };
}

async function planIn(dir: string): Promise<{ readonly plan: Plan; readonly source: SourceShape }> {
  const catalogue = cataloguesFor(await buildDatasets(dir)).provider;
  const identifier = { type: 'email', value: 'm.duarte@skymail.example' } as const;
  const made = planFor([{ item: ITEM, identifier }], catalogue, { nonce: randomBytes(32).toString('base64url') });
  const [plan] = made.ok ? made.value : [];
  const entry = catalogue.find(({ category }) => category === ITEM.category);
  if (plan === undefined || entry === undefined) throw new Error('the catalogue does not answer the item');
  const source = await checkSource(entry.path, entry.format, columnsNeeded(plan));
  if (!source.ok) throw new Error(source.refusal.code);
  return { plan, source: source.value };
}

function rowsOf(result: Awaited<ReturnType<typeof preview>>): number {
  if (!result.ok) throw new Error(result.refusal.code);
  return result.value.rowsKept;
}

async function drain(plan: Plan, source: SourceShape): Promise<void> {
  for await (const _piece of extract(plan, source, {}));
}

async function duckdb(statements: readonly Statement[]): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  await connection.run(`SET TimeZone = 'UTC'`);
  for (const { sql, values } of statements) (await connection.runAndReadAll(sql, [...values])).getRows();
  connection.closeSync();
  instance.closeSync();
}

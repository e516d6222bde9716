import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ok, refuse } from '@comity/core';
import { checkSource } from '@comity/prepare';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../postgres/embedded.ts';
import { type Connection, connect } from '../../store/database.ts';
import { findDataset, insertDataset } from '../../store/datasets.ts';
import { keepOffer, NameTaken } from '../../store/offers.ts';
import { claimPreparation, endPreparation, findPreparation, insertPreparation } from '../../store/preparations.ts';
import { createDatabase, migrateDatabase } from '../../store/provision.ts';
import { type DatasetFiles, openDatasetFiles } from '../../vault/datasetFiles.ts';
import { dropDataset, fetchDataset, sweepDatasets, takeDataset } from './datasets.ts';

let postgres: EmbeddedPostgres;
let connection: Connection;
let datasets: DatasetFiles;
const dir = mkdtempSync(join(tmpdir(), 'comity-datasets-'));
// mkdtemp makes a folder that others cannot enter; as root the data would then lie elsewhere.
chmodSync(dir, 0o755);
const at = '2026-11-26T10:00:00.000Z';
const keeping = () => ({ db: connection.db, datasets, now: () => at });

beforeAll(async () => {
  postgres = await startEmbeddedPostgres(dir);
  await createDatabase(postgres.url('postgres'), 'datasets');
  await migrateDatabase(postgres.url('datasets'));
  connection = connect(postgres.url('datasets'));
  datasets = openDatasetFiles(join(dir, 'files'));
});

afterAll(async () => {
  await connection.close();
  await postgres.stop();
  rmSync(dir, { recursive: true, force: true });
});

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

async function keep(id: string): Promise<string> {
  await datasets.write(`${id}.csv`, once('who,age\np1,7\n'));
  const source = await checkSource(datasets.pathOf(`${id}.csv`), 'csv', []);
  if (!source.ok) throw new Error(source.refusal.code);
  const rest = { name: id, population: 'x', person: 'engineer-1', own: true, arrived: at, expires: '2026-12-26T10:00:00.000Z' };
  await insertDataset(connection.db, { id, ...rest, source: source.value, scan: null });
  return source.value.path;
}

async function made(id: string, dataset: string): Promise<string> {
  const run = { id, runner: 'r' };
  const plan = { items: [{ value: 'p1' }] };
  await insertPreparation(connection.db, {
    ...{ id, dataset, population: 'x', kind: 'minimise', plan, planDigest: 'd', signed: null, person: 'engineer-1', asked: at },
  });
  await claimPreparation(connection.db, run);
  await datasets.write(`${id}.csv`, once('age\n7\n'));
  const output = { path: datasets.pathOf(`${id}.csv`), size: 6, sha256: 's' };
  const report = { rows: 1, columns: ['age'], charts: ['of real rows'] };
  await endPreparation(connection.db, run, { state: 'done', report, output, entry: 'e', salt: 's', at });
  return output.path;
}

const offered = (id: string, name: string, keptUntil = '2026-12-26T10:00:00.000Z'): Promise<void> =>
  connection.db.transaction().execute((tx) => keepOffer(tx, { id, name, until: keptUntil, keptUntil, findings: null }));

const ageBy = (path: string, days: number): void => {
  const then = Date.now() / 1000 - days * 86_400;
  utimesSync(path, then, then);
};

describe('files of datasets', () => {
  it('that a power cut left between disk and database go after a day; what is known, and what is on its way in, stays', async () => {
    const [known, output] = [await keep('d1'), await made('m1', 'd1')];
    const [orphan, half, fresh] = ['o1.csv', 'o2.csv.part', 'o3.csv.part'].map((name) => join(dir, 'files', name));
    for (const path of [orphan, half, fresh]) writeFileSync(String(path), 'who\np1\n');
    for (const path of [known, output, String(orphan), String(half)]) ageBy(path, 2);
    await sweepDatasets(keeping());
    expect([known, output, orphan, half, fresh].map((path) => existsSync(String(path)))).toEqual([
      true,
      true,
      false,
      false,
      true,
    ]);
  });

  it('go with their dataset, with plans that name identifiers and reports of real rows; what cases may ask for keeps what they need', async () => {
    const [file, gone, stays] = [await keep('d2'), await made('m2', 'd2'), await made('m3', 'd2')];
    await offered('m3', 'ages');
    await expect(offered('m2', 'ages')).rejects.toThrow(NameTaken);
    expect(await dropDataset(keeping(), 'd2')).toEqual({ ok: true, value: null });
    expect([file, gone, stays].map((path) => existsSync(path))).toEqual([false, false, true]);
    expect(await findDataset(connection.db, 'd2')).toBeUndefined();
    expect(await findPreparation(connection.db, 'm2')).toMatchObject({ plan: null, report: null, output: null });
    expect(await findPreparation(connection.db, 'm3')).toMatchObject({ plan: null, report: { rows: 1, columns: ['age'] } });
    expect(JSON.stringify(await findPreparation(connection.db, 'm3'))).not.toContain('real rows');
  });

  it('that were offered go when their time is over, whatever became of the dataset, and their names stay taken', async () => {
    const [, late, spent] = [await keep('d3'), await made('m4', 'd3'), await made('m5', 'd3')];
    await offered('m4', 'late');
    await offered('m5', 'spent', at);
    await sweepDatasets(keeping());
    expect([late, spent].map((path) => existsSync(path))).toEqual([true, false]);
    expect(await findPreparation(connection.db, 'm5')).toMatchObject({
      output: null,
      report: null,
      plan: null,
      offered: 'spent',
    });
    await expect(offered('m4', 'spent')).rejects.toThrow(NameTaken);
  });
});

/** Values of every kind in one small file; packages/prepare looks at what becomes of each. */
const VALUES = join(import.meta.dirname, '../../../../prepare/src/testing/values-lz4.arrow');

describe('data that are taken in', () => {
  const engineer = { id: 'engineer-1', name: 'Engineer', roles: ['data_engineer'] };
  const about = { name: 'visits', population: 'patients' };
  const taking = (pieces: AsyncIterable<Uint8Array> | undefined) => ({
    ...keeping(),
    random: (count: number) => Uint8Array.from(randomBytes(count)),
    jobs: { scan: async () => {} },
    buckets: {
      names: ['s3://lake/'],
      read: async () => (pieces === undefined ? refuse('source-unreachable', 'address') : ok(pieces)),
    },
  });
  const files = (): number => readdirSync(join(dir, 'files')).length;

  it('in Arrow’s format are kept as CSV, and the Arrow file is not', async () => {
    const before = files();
    const taken = await takeDataset(taking(undefined), engineer, {
      ...about,
      format: 'arrow',
      bytes: bytesOf(readFileSync(VALUES)),
    });
    if (!taken.ok) throw new Error(taken.refusal.code);
    const { path, format, columns } = taken.value.source;
    expect([format, columns.length]).toEqual(['csv', 13]);
    expect(readFileSync(path, 'utf8')).toMatch(/^text,group,whole,.*\r\nplain,a,1,0\.5,true,/);
    expect(files()).toBe(before + 1);
    const broken = await takeDataset(taking(undefined), engineer, {
      ...about,
      format: 'arrow',
      bytes: bytesOf(Buffer.from('ARROW1')),
    });
    expect([broken, files()]).toMatchObject([{ refusal: { code: 'dataset-unreadable' } }, before + 1]);
  });

  it('from a bucket are kept whole or not at all', async () => {
    const ask = { ...about, address: 's3://lake/visits.csv' };
    const before = files();
    expect(await fetchDataset(taking(undefined), engineer, ask)).toMatchObject({ refusal: { code: 'source-unreachable' } });
    expect(await fetchDataset(taking(breaking()), engineer, ask)).toMatchObject({ refusal: { code: 'source-unreachable' } });
    expect(files()).toBe(before);
    const taken = await fetchDataset(taking(bytesOf(Buffer.from('who,age\np1,7\n'))), engineer, ask);
    expect(taken).toMatchObject({ ok: true, value: { name: 'visits', own: true, source: { format: 'csv' } } });
  });
});

async function* bytesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function* breaking(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('who,age\n');
  throw new Error('reset');
}

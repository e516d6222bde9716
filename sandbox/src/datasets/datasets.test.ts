import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Item, type Result, toBase64Url } from '@comity/core';
import {
  type Catalogue,
  checkSource,
  columnsNeeded,
  extract,
  type Plan,
  type Preview,
  planFor,
  preview,
  type SourceShape,
} from '@comity/prepare';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildDatasets, type DatasetFiles } from './build.ts';
import { type Catalogues, cataloguesFor, RESTRICTED_ZIP3 } from './catalogues.ts';
import { claimsFacts } from './claims-facts.ts';

const OPTIONS = {
  nonce: toBase64Url(new Uint8Array(32).fill(1)),
  keyRef: 'institute',
  restrictedZip3: RESTRICTED_ZIP3,
  on: '2026-11-22',
};
const KEYS = { institute: new Uint8Array(32).fill(2) };
const dir = mkdtempSync(join(tmpdir(), 'comity-datasets-'));
let files: DatasetFiles;
let catalogues: Catalogues;

beforeAll(async () => {
  files = await buildDatasets(dir);
  catalogues = cataloguesFor(files);
});

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.refusal));
  return result.value;
}

interface Run {
  readonly plan: Plan;
  readonly source: SourceShape;
  readonly seen: Preview;
  readonly lines: readonly string[];
}

async function run(item: Omit<Item, 'id'>, identifier: string, catalogue: Catalogue): Promise<Run> {
  const asked = { item: { id: 'i1', ...item }, identifier: { type: item.identifierType, value: identifier } };
  const [plan] = value(planFor([asked], catalogue, OPTIONS));
  const entry = catalogue.find((one) => one.dataset === plan?.dataset && one.category === plan.category);
  if (plan === undefined || entry === undefined) throw new Error('no plan');
  const source = value(await checkSource(entry.path, entry.format, columnsNeeded(plan)));
  const seen = value(await preview(plan, source));
  const extraction = extract(plan, source, KEYS);
  const parts: Uint8Array[] = [];
  for await (const part of extraction) parts.push(part);
  expect(extraction.report()).toEqual({ rowsTotal: seen.rowsTotal, rowsKept: seen.rowsKept, rowsDropped: seen.rowsDropped });
  return { plan, source, seen, lines: Buffer.concat(parts).toString('utf8').split('\r\n').slice(0, -1) };
}

const digestOf = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

describe('the datasets of the sandbox', () => {
  it('are made once, and again when one of them is not whole; twice the same bytes', async () => {
    const digests = Object.values(files).map(digestOf);
    const made = statSync(files.connections).mtimeMs;
    await buildDatasets(dir);
    expect(statSync(files.connections).mtimeMs).toBe(made);
    truncateSync(files.claims, 1000);
    await buildDatasets(dir);
    expect(Object.values(files).map(digestOf)).toEqual(digests);
  });

  it('answer the cooperation story: one account, one month, no other row', async () => {
    const period = { from: '2026-03-01T00:00:00.000Z', until: '2026-04-01T00:00:00.000Z' };
    const { seen, lines } = await run(
      { identifierType: 'email', category: 'traffic', period },
      'M.Duarte@skymail.example',
      catalogues.provider,
    );
    expect(seen.rowsTotal).toBe(1_000_000);
    expect(seen.rowsKept).toBeGreaterThan(30);
    expect(lines.length - 1).toBe(seen.rowsKept);
    for (const line of lines.slice(1)) expect(line).toMatch(/^2026-03-\d\dT[^,]+Z,SM-004711,m\.duarte@skymail\.example,/);
    expect(seen.columnsDropped).toEqual([
      { name: 'user_agent', reason: 'not-needed' },
      { name: 'session_note', reason: 'free-text' },
    ]);
  });

  it('answer who held an account, and who used an address', async () => {
    const holder = await run({ identifierType: 'email', category: 'subscriber' }, 'r.silva@skymail.example', catalogues.provider);
    expect(holder.lines[1]).toContain('Rui Silva');
    expect(holder.lines).toHaveLength(2);
    const period = { from: '2026-05-01T00:00:00.000Z', until: '2026-05-02T00:00:00.000Z' };
    const users = await run(
      { identifierType: 'ip_address', category: 'identification', period },
      '203.0.113.7',
      catalogues.provider,
    );
    expect(users.lines[0]).toBe('at,account_id,account_email,client_ip,client_port');
  });

  it('project the claims so that nothing but a token is left of a person', async () => {
    const { plan, lines, seen } = await run({ identifierType: 'dataset', category: 'records' }, 'claims', catalogues.claims);
    expect(lines[0]).toBe('mrn,birth_date,sex,state,zip,diagnosis,procedure_code,service_date,amount_usd');
    const row = /^[0-9a-f]{32},(?:19\d\d|20\d\d|90\+),[FM],[A-Z]{2},\d{3},[A-Z][0-9.]+,P\d{4},202[456],\d+\.\d\d$/;
    expect(lines.slice(1).filter((line) => !row.test(line))).toEqual([]);
    const zips = new Set(lines.slice(1).map((line) => line.split(',')[4]));
    expect([zips.has('000'), RESTRICTED_ZIP3.some((zip) => zip !== '000' && zips.has(zip))]).toEqual([true, false]);
    expect(lines.some((line) => line.includes(',90+,'))).toBe(true);
    expect(seen.sample.flat().every(({ shown }) => shown.length <= 4)).toBe(true);
    const facts = await claimsFacts(files.claims, plan);
    expect(facts).toMatchObject({ rows: 50_000, people: 12_000, identifiersAfter: [], tokens: ['mrn'] });
    expect(new Set(lines.slice(1).map((line) => line.slice(0, 32))).size).toBe(facts.people);
  });
});

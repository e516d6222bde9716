import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, it } from 'vitest';
import { adultPart } from './adult.ts';
import { marginalsPart } from './marginals.ts';
import { minimisePart } from './minimise.ts';
import { scanPart } from './scan.ts';

const dir = mkdtempSync(join(tmpdir(), 'comity-bench-parts-'));
const before = { ...process.env };

beforeEach(() => {
  Object.assign(process.env, { DUCKDB: '/nowhere', BENCH_PYTHON: '/nowhere' });
  process.env['ADULT'] = '/nowhere';
});
afterEach(() => {
  for (const name of ['DUCKDB', 'BENCH_PYTHON', 'ADULT']) {
    if (before[name] === undefined) delete process.env[name];
    else process.env[name] = before[name];
  }
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

it('each part measures ours without its peer, and says how the peer is to be had', async () => {
  for (const [part, how] of [
    [minimisePart, 'pip install duckdb-cli'],
    [marginalsPart, 'pip install duckdb-cli'],
    [scanPart, 'pip install presidio-analyzer'],
  ] as const) {
    const { figures, notes } = await part(dir, 2_000);
    expect(figures.length).toBeGreaterThan(0);
    for (const { ours, peer } of figures) expect([ours > 0, peer]).toEqual([true, null]);
    expect(notes.join(' ')).toContain(how);
  }
}, 120_000);

it('what needs a table that is not here says where to get it', async () => {
  expect((await adultPart(dir, 0)).notes.join(' ')).toContain('ADULT=');
});

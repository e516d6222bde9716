import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withFile } from './engine.ts';
import { extract } from './extract.ts';
import { preview } from './preview.ts';
import { ask, csvFile, entryFor, KEYS, onlyPlan, parquetFile, sourceOf, textOf, value } from './testing/files.ts';

const PERIOD = { from: '2026-03-01T00:00:00.000Z', until: '2026-04-01T00:00:00.000Z' };
const traffic = { category: 'traffic', period: 'at' } as const;

describe('a preview shows what would leave', () => {
  it('with reasons for every row and column that stays, masked, and with a digest that follows the file', async () => {
    const rows = [
      'a@b.example,2026-03-02T00:00:00Z,10.0.0.1,Maria,secret,x',
      'a@b.example,2026-05-02T00:00:00Z,10.0.0.2,Maria,s,x',
      'c@b.example,2026-03-02T00:00:00Z,10.0.0.3,Al,s,x',
    ];
    const path = csvFile(`email,at,ip,name,note,new\n${rows.join('\n')}\n`);
    const columns = [
      { name: 'name', keep: true, reason: 'in-category' },
      { name: 'at', keep: true, reason: 'in-category' },
      { name: 'note', keep: false, reason: 'free-text' },
    ] as const;
    const entry = entryFor(path, [], { ...traffic, columns });
    const plan = onlyPlan(ask('email', 'a@b.example', { category: 'traffic', period: PERIOD }), entry);
    const seen = value(await preview(plan, await sourceOf(entry, plan)));
    expect(seen).toMatchObject({ rowsTotal: 3, rowsKept: 1, rowsDropped: { 'other-identifier': 1, 'outside-period': 1 } });
    expect(seen.columnsDropped).toEqual([
      { name: 'email', reason: 'column-unclassified' },
      { name: 'ip', reason: 'column-unclassified' },
      { name: 'note', reason: 'free-text' },
      { name: 'new', reason: 'column-unclassified' },
    ]);
    expect(seen.sample).toEqual([
      [
        { kind: 'text', shown: 'M•••' },
        { kind: 'number', shown: '' },
      ],
    ]);
    const again = value(await preview(plan, await sourceOf(entry, plan)));
    expect(again.previewDigest).toBe(seen.previewDigest);
    const other = { ...entry, path: csvFile(`email,at,ip,name,note,new\n${rows.join('\n').replace('secret', 'public')}\n`) };
    const elsewhere = value(await preview(plan, await sourceOf(other, plan)));
    expect(elsewhere.planDigest).toBe(seen.planDigest);
    expect(elsewhere.previewDigest).not.toBe(seen.previewDigest);
  });
});

const row = fc.record({
  email: fc.constantFrom('a@b.example', 'A@B.example', 'b@b.example', '', 'a@b.example.org'),
  at: fc.integer({ min: Date.parse('2026-02-27T00:00:00Z'), max: Date.parse('2026-04-03T00:00:00Z') }),
  kept: fc.constantFrom('k1', 'k,"2', 'k\n3', ''),
});

describe('laws', () => {
  it('no row outside identifier and period leaves, none inside stays, no dropped column shows, and the counts agree', async () => {
    const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 30 }), async (rows) => {
        const lines = rows.map((r) => [r.email, new Date(r.at).toISOString(), r.kept, 'DROPPED'].map(quoted).join(','));
        const entry = entryFor(csvFile(`${['email,at,kept,dropped', ...lines].join('\r\n')}\r\n`), ['at', 'kept'], traffic);
        const plan = onlyPlan(ask('email', 'a@b.example', { category: 'traffic', period: PERIOD }), entry);
        const source = await sourceOf(entry, plan);
        const inside = rows.filter(
          (r) => r.email.toLowerCase() === 'a@b.example' && r.at >= Date.parse(PERIOD.from) && r.at < Date.parse(PERIOD.until),
        );
        const { text, counts } = await textOf(plan, source);
        const csv = (kept: string): string => (/[",\n]/.test(kept) ? quoted(kept) : kept);
        expect(text).toBe(['at,kept', ...inside.map((r) => `${new Date(r.at).toISOString()},${csv(r.kept)}`), ''].join('\r\n'));
        expect(text).not.toContain('DROPPED');
        const { rowsTotal, rowsKept, rowsDropped } = value(await preview(plan, source));
        expect(counts).toEqual({ rowsTotal, rowsKept, rowsDropped });
        expect(rowsKept + Object.values(rowsDropped).reduce((sum, n) => sum + n, 0)).toBe(rows.length);
      }),
      { numRuns: 25 },
    );
  });

  it('the order is that of the source, and memory does not follow the rows', async () => {
    const path = await parquetFile(`SELECT 'a@b.example' AS email, range AS n, repeat('x', 200) AS pad FROM range(400000)`);
    const entry = entryFor(path, ['n', 'pad']);
    const plan = onlyPlan(ask('email', 'a@b.example'), entry);
    const source = await sourceOf(entry, plan);
    const before = process.memoryUsage().rss;
    let next = 0;
    let inOrder = true;
    let most = 0;
    let rest = '';
    for await (const part of extract(plan, source, KEYS)) {
      const lines = (rest + Buffer.from(part).toString('utf8')).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (!line.startsWith('n,')) inOrder &&= Number(line.slice(0, line.indexOf(','))) === next++;
      most = Math.max(most, process.memoryUsage().rss);
    }
    expect([next, inOrder]).toEqual([400_000, true]);
    // 84 MB leave; the whole of it in memory as texts would be well above this.
    expect(most - before).toBeLessThan(250_000_000);
  });
});

describe('the engine touches one file and no disk', () => {
  const tried = async (sql: string): Promise<string> => {
    const path = csvFile('a\n1\n');
    return withFile(path, (connection) => connection.run(sql)).then(
      () => 'done',
      (error: Error) => error.message,
    );
  };

  it('other files, writing, extensions and changed settings are refused', async () => {
    const other = csvFile('secret\n1\n');
    expect(await tried(`SELECT * FROM read_csv('${other}')`)).toContain('Permission Error');
    expect(await tried(`COPY (SELECT 1) TO '${join(tmpdir(), 'comity-out.csv')}'`)).toContain('Permission Error');
    expect(await tried('INSTALL httpfs')).not.toBe('done');
    expect(await tried(`SELECT * FROM 'https://example.org/x.parquet'`)).not.toBe('done');
    expect(await tried(`SET temp_directory = '/tmp'`)).toContain('locked');
    expect(await tried('SET enable_external_access = true')).not.toBe('done');
  });

  it('what does not fit in memory fails instead of spilling', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'comity-spill-'));
    const here = process.cwd();
    process.chdir(folder);
    const sql = `SELECT count(*) FROM (SELECT row_number() OVER (ORDER BY h) AS r FROM (SELECT md5(range::VARCHAR) || repeat('x', 100) AS h FROM range(8000000))) WHERE r > 5`;
    expect(await tried(sql).finally(() => process.chdir(here))).toContain('Out of Memory');
    expect(readdirSync(folder)).toEqual([]);
  });
});

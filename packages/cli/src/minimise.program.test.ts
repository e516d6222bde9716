import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lookAtSource, minimise, minimiseNeeds, readMinimisePlan } from '@comity/prepare/minimise';
import { generateOfficeIdentity, seal, unseal } from '@comity/seal';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileIn, runIn } from './testing/run.ts';

const BIN = join(import.meta.dirname, '..', 'bin', 'comity.js');
const ITEMS = {
  v: 1,
  purpose: 'a test',
  identifier: { column: 'email', type: 'email' },
  period: { column: 'at', zone: 'Europe/Paris' },
  columns: [
    { name: 'at', reason: 'in-category', transform: { op: 'time', to: 'hour' } },
    { name: 'note', reason: 'needed-for-purpose', transform: { op: 'redact', kinds: ['email', 'phone'] } },
  ],
  items: [
    { id: 'one', value: 'A@X.example', from: '2026-03-01T00:00:00+01:00', until: '2026-04-01T00:00:00+02:00' },
    { id: 'two', value: 'b@x.example', from: '2026-03-01T00:00:00+01:00', until: '2026-03-02T00:00:00+01:00' },
  ],
};
const DATA = [
  'email,at,note,secret',
  'a@x.example,2026-03-05T10:20:30Z,"call +33 1 22 33 44 55, or z@x.example",s1',
  'a@x.example,2026-04-05T10:20:30Z,late,s2',
  'b@x.example,2026-03-05T10:20:30Z,outside,s3',
  'c@x.example,2026-03-05T10:20:30Z,other,s4',
  'a@x.example,soon,unreadable,s5',
].join('\n');

let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'comity-minimise-'));
  fileIn(dir, 'data.csv', `${DATA}\n`);
  fileIn(dir, 'items.json', ITEMS);
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const run = (...args: readonly string[]) => runIn(dir, 'minimise', 'data.csv', '--items', 'items.json', ...args);
const traces = (): readonly string[] => readdirSync(dir).filter((name) => name.endsWith('.part') || name.endsWith('.partial'));
const sha256 = (name: string): string =>
  createHash('sha256')
    .update(readFileSync(join(dir, name)))
    .digest('hex');

describe('comity minimise', () => {
  test('writes what the items ask for, and says what stayed and why', () => {
    const { code, out } = run('-o', 'out.csv', '--report', 'report.json');
    expect(code).toBe(0);
    expect(readFileSync(join(dir, 'out.csv'), 'utf8')).toBe('at,note\r\n2026-03-05T10:00Z,"call [phone], or [email]"\r\n');
    for (const part of ['1 of 5 rows', '1 of other', '2 outside', '1 with a time', 'email, secret', 'two', '2 pieces'])
      expect(out).toContain(part);
    const report = JSON.parse(readFileSync(join(dir, 'report.json'), 'utf8'));
    expect(report).toMatchObject({
      purpose: 'a test',
      inputDigest: sha256('data.csv'),
      outputDigest: sha256('out.csv'),
      rowsTotal: 5,
      rowsKept: 1,
      items: [
        { id: 'one', rows: 1 },
        { id: 'two', rows: 0 },
      ],
      columnsKept: [
        { name: 'at', reason: 'in-category', transform: 'time' },
        { name: 'note', reason: 'needed-for-purpose', transform: 'redact' },
      ],
      columnsDropped: [
        { name: 'email', reason: 'column-unclassified' },
        { name: 'secret', reason: 'column-unclassified' },
      ],
      redacted: [{ column: 'note', cells: 1, pieces: 2 }],
    });
    expect(report.engine).toMatch(/^DuckDB v?\d/);
    expect(JSON.stringify(report)).not.toMatch(/x\.example/i);
  });

  test('answers in JSON, and a preview writes nothing', () => {
    const written = run('-o', 'again.csv', '--json');
    const seen = run('--preview', '--json');
    expect([written.code, seen.code]).toEqual([0, 0]);
    expect(JSON.parse(seen.out)).toMatchObject({
      rowsKept: 1,
      outputDigest: null,
      sample: [[{ kind: 'time' }, { kind: 'text', shown: '' }]],
    });
    expect(JSON.parse(written.out)).toMatchObject({ rowsKept: 1, outputDigest: sha256('again.csv') });
    const said = run('--preview');
    expect(said.out).toContain('nothing was written');
    expect(said.out).toContain('(time) | (text)');
  });

  test('writes to standard output for -, and tells the rest beside it', () => {
    const { code, out, err } = run('-o', '-');
    expect([code, out.split('\r\n')[0]]).toEqual([0, 'at,note']);
    expect(err).toContain('1 of 5 rows');
  });

  test('refuses what is wrong, naming it, and leaves nothing', () => {
    fileIn(dir, 'twice.json', { ...ITEMS, items: [...ITEMS.items, { ...ITEMS.items[0], value: 'secret-person' }] });
    fileIn(dir, 'column.json', { ...ITEMS, columns: [{ name: 'nothing', reason: 'in-category' }] });
    fileIn(dir, 'ragged.csv', `${DATA}\na@x.example,2026-03-05T10:20:30Z\n`);
    for (const [args, said] of [
      [['data.csv', '--items', 'twice.json', '-o', 'no.csv'], 'items.2.value'],
      [['data.csv', '--items', 'column.json', '-o', 'no.csv'], 'nothing'],
      [['data.csv', '--items', 'items.json', '-o', 'no.parquet'], 'CSV'],
      [['data.csv', '--items', 'items.json'], '--output'],
      [['ragged.csv', '--items', 'items.json', '-o', 'no.csv'], 'read'],
      [['absent.csv', '--items', 'items.json', '-o', 'no.csv'], 'absent.csv'],
      [['data.csv', '--items', 'items.json', '-o', 'out.csv'], 'out.csv'],
    ] as const) {
      const { code, err } = runIn(dir, 'minimise', ...args);
      expect([code, err.includes(said) ? said : err]).toEqual([1, said]);
      expect(err).not.toContain('secret-person');
    }
    expect(existsSync(join(dir, 'no.csv'))).toBe(false);
    expect(traces()).toEqual([]);
  });

  test('a disk that takes no more leaves nothing behind', () => {
    fileIn(dir, 'long.csv', `n\n${'123456789\n'.repeat(200_000)}`);
    fileIn(dir, 'whole.json', { v: 1, columns: [{ name: 'n', reason: 'in-category' }] });
    const command = `ulimit -f 64; exec "$0" "$@"`;
    const args = ['minimise', 'long.csv', '--items', 'whole.json', '-o', 'full.csv'];
    const done = spawnSync('sh', ['-c', command, process.execPath, BIN, ...args], { encoding: 'utf8', cwd: dir });
    expect([done.status, existsSync(join(dir, 'full.csv')), traces()]).toEqual([1, false, []]);
    expect(done.stderr).toContain('--output');
  });

  test('the stream that it writes can be sealed as it comes, and opens to the same bytes', async () => {
    const nonce = randomBytes(32).toString('base64url');
    const plan = readMinimisePlan(ITEMS, nonce);
    if (!plan.ok) throw new Error(plan.refusal.code);
    const source = await lookAtSource(join(dir, 'data.csv'), 'csv', minimiseNeeds(plan.value));
    if (!source.ok) throw new Error(source.refusal.code);
    const rows = minimise(plan.value, source.value, {});
    const office = await generateOfficeIdentity();
    const sealing = await seal(rows, [office.recipient]);
    if (!sealing.ok) throw new Error(sealing.refusal.code);
    const opened = await unseal(sealing.value.ciphertext, office.identity);
    if (!opened.ok) throw new Error(opened.refusal.code);
    const parts: Uint8Array[] = [];
    for await (const part of opened.value) parts.push(part);
    const text = Buffer.concat(parts);
    expect(text.toString()).toBe('at,note\r\n2026-03-05T10:00Z,"call [phone], or [email]"\r\n');
    expect(rows.report().outputDigest).toBe(createHash('sha256').update(text).digest('hex'));
  });
});

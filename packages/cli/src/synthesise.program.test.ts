import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { fileIn, runIn } from './testing/run.ts';

let dir = '';

const rows = Array.from({ length: 3_000 }, (_, i) => `${i % 7},${i % 3 === 0 ? 'yes' : 'no'},row-${i}`);

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'comity-synthesise-'));
  fileIn(dir, 'data.csv', `day,paid,note\n${rows.join('\n')}\n`);
  fileIn(dir, 'domain.json', { day: 7, paid: ['no', 'yes'] });
});

function synthesise(...args: readonly string[]) {
  return runIn(dir, 'synthesise', 'data.csv', '--domain', 'domain.json', '--ledger', 'ledger.jsonl', '-o', 'out.csv', ...args);
}

describe('comity synthesise', () => {
  test('writes a twin of the columns that the domain names, and says what is guaranteed and what was left out', () => {
    const { code, out } = synthesise('--epsilon', '1');
    expect(code).toBe(0);
    for (const part of ['ε = 1', 'points of a hundred', 'note', 'declared']) expect(out).toContain(part);
    const [header, ...lines] = readFileSync(join(dir, 'out.csv'), 'utf8').trimEnd().split('\r\n');
    expect(header).toBe('day,paid');
    expect(lines.every((line) => /^[0-6],(yes|no)$/.test(line))).toBe(true);
    expect(readFileSync(join(dir, 'out.csv'), 'utf8')).not.toContain('row-');
  });

  test('judges the result where a report is asked for, as data too', () => {
    const { code, out } = synthesise('--epsilon', '2', '--method', 'mst', '--rows', '400', '--report', 'report.json', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      rows: 400,
      epsilon: 2,
      method: 'mst',
      dropped: ['note'],
      report: { internal: true, label: 'paid' },
    });
    expect(JSON.parse(readFileSync(join(dir, 'report.json'), 'utf8')).attacks.membership.value).toBeGreaterThan(0);
  });

  test('prints the report as PDF, in a language of choice, and refuses one that it does not have before anything is spent', () => {
    const before = readFileSync(join(dir, 'ledger.jsonl'), 'utf8');
    const refused = synthesise('--epsilon', '1', '--report-pdf', 'report.pdf', '--language', 'xx');
    expect([refused.code, refused.err.includes('--language')]).toEqual([1, true]);
    expect(readFileSync(join(dir, 'ledger.jsonl'), 'utf8')).toBe(before);
    const { code, out } = synthesise('--epsilon', '2', '--method', 'mst', '--report-pdf', 'report.pdf', '--language', 'sw');
    expect(code).toBe(0);
    expect(out).toContain('one false alarm in a hundred');
    const pdf = readFileSync(join(dir, 'report.pdf'), 'latin1');
    expect([pdf.slice(0, 5), pdf.includes('pdfaid:part>2'), pdf.includes('/Lang (sw)')]).toEqual(['%PDF-', true, true]);
    expect(statSync(join(dir, 'report.pdf')).mode & 0o077).toBe(0);
  });

  test('adds up what a data set has spent, and refuses what would pass its total; then nothing is written', () => {
    const spent = readFileSync(join(dir, 'ledger.jsonl'), 'utf8').trimEnd().split('\n').length;
    const { code, err } = runIn(
      dir,
      'synthesise',
      'data.csv',
      '--domain',
      'domain.json',
      '--ledger',
      'ledger.jsonl',
      '-o',
      'refused.csv',
      '--epsilon',
      '1',
      '--budget',
      '2',
    );
    expect(code).toBe(1);
    expect(err).toMatch(/ε \d.*left, ε 1 was asked/);
    expect(existsSync(join(dir, 'refused.csv'))).toBe(false);
    expect(readFileSync(join(dir, 'ledger.jsonl'), 'utf8').trimEnd().split('\n').length).toBe(spent);
    expect(readdirSync(dir).filter((name) => name.endsWith('.lock') || name.endsWith('.partial'))).toEqual([]);
  });

  test('lets no row stand that cannot be, and says what is wrong with the statement of it', () => {
    fileIn(dir, 'zeros.json', [
      {
        columns: ['day', 'paid'],
        never: [
          ['0', 'yes'],
          ['1', 'yes'],
        ],
      },
    ]);
    expect(synthesise('--epsilon', '3', '--method', 'mst', '--zeros', 'zeros.json').code).toBe(0);
    expect(readFileSync(join(dir, 'out.csv'), 'utf8')).not.toMatch(/^[01],yes$/m);
    fileIn(dir, 'wrong.json', [{ columns: ['day', 'paid'], never: [['9', 'yes']] }]);
    expect(synthesise('--epsilon', '3', '--zeros', 'wrong.json').err).toContain('zeros.0.never.0');
  });

  test('reads the address of a table on a cluster, or says how one is written', () => {
    const { code, err } = runIn(
      dir,
      'synthesise',
      'trino://host/only',
      '--domain',
      'domain.json',
      '--epsilon',
      '1',
      '-o',
      'out.csv',
    );
    expect(code).not.toBe(0);
    expect(err).toContain('trino://user@host:port/catalog/schema/table');
  });

  test('names what is wrong with what it was given', () => {
    for (const [args, said] of [
      [['--epsilon', 'much'], '--epsilon'],
      [['--epsilon', '1', '--method', 'gan'], '--method'],
      [['--epsilon', '1', '--rows', '-4'], '--rows'],
      [['--epsilon', '1', '--subject', 'person'], 'person'],
    ] as const) {
      const { code, err } = synthesise(...args);
      expect(code).toBe(1);
      expect(err).toContain(said);
    }
    fileIn(dir, 'few.csv', `day,paid\n${'1,no\n'.repeat(50)}`);
    expect(
      runIn(dir, 'synthesise', 'few.csv', '--domain', 'domain.json', '--ledger', 'l', '-o', 'o.csv', '--epsilon', '0.1').err,
    ).toContain('50 rows are too few');
  });
});

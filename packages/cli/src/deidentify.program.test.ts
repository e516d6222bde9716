import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { fileIn, runIn } from './testing/run.ts';

let dir = '';

const PEOPLE = `name,born,zip,admitted,mrn,sex,icd,note,age
Ann Lee,1936-02-29,03601,2020-01-05,123,F,E11,"called Bob",89
Bob Day,1980-05-06,10001-1234,2021-12-31,124,M,I10,,40
Cy Ho,1990-01-01,94110,2021-11-30,125,M,I10,x,91
`;

const CLASSES = {
  name: 'name',
  born: 'birth-date',
  zip: 'postal-code',
  admitted: 'date',
  mrn: 'medical-record-number',
  sex: 'gender',
  icd: 'diagnosis',
  age: 'age',
};

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'comity-deidentify-'));
  fileIn(dir, 'people.csv', PEOPLE);
  fileIn(dir, 'classes.json', CLASSES);
  fileIn(dir, 'key', `${'5a'.repeat(32)}\n`);
});

function harbor(...args: readonly string[]) {
  return runIn(dir, 'deidentify', 'people.csv', '--classes', 'classes.json', '--on', '2026-11-26', ...args);
}

describe('comity deidentify', () => {
  test('does what Safe Harbor lists, says what and why of each column, and leaves actual knowledge to a person', () => {
    const { code, out } = harbor('-o', 'out.csv', '--report', 'report.json');
    expect(code).toBe(0);
    for (const part of ['note: dropped (nobody said', 'removed A, H', 'as allowed B, C', '164.514(b)(2)(ii)', 'Survey 2018-2022'])
      expect(out).toContain(part);
    expect(readFileSync(join(dir, 'out.csv'), 'utf8')).toBe(
      'born,zip,admitted,sex,icd,age\r\n90+,000,2020,F,E11,89\r\n1980,100,2021,M,I10,40\r\n1990,941,2021,M,I10,90+\r\n',
    );
    expect(statSync(join(dir, 'out.csv')).mode & 0o777).toBe(0o600);
    const report = JSON.parse(readFileSync(join(dir, 'report.json'), 'utf8'));
    expect(report.checklist.entries).toHaveLength(18);
    const again = runIn(dir, 'deidentify', 'people.csv', '--method', 'plan', '--plan', 'report.json', '-o', 'again.csv');
    expect([again.code, readFileSync(join(dir, 'again.csv'), 'utf8')]).toEqual([0, readFileSync(join(dir, 'out.csv'), 'utf8')]);
    expect(report.made).toMatchObject({ engine: 'DuckDB v1.5.6', rows: { read: 3, written: 3, suppressed: 0 } });
  });

  test('writes Parquet too, and tells all as data', () => {
    const { code, out } = harbor('-o', 'out.parquet', '--quasi', 'sex', '--sensitive', 'icd', '--json');
    expect(code).toBe(0);
    expect(readFileSync(join(dir, 'out.parquet')).subarray(0, 4).toString()).toBe('PAR1');
    expect(JSON.parse(out)).toMatchObject({
      method: 'safe-harbor',
      dropped: ['name', 'mrn', 'note'],
      made: { risk: { smallest: 1, classes: 2, sensitive: [{ column: 'icd', distinct: 1 }] } },
    });
  });

  test('writes nothing where what is demanded does not hold, and says sizes only', () => {
    const { code, out, err } = harbor('-o', 'unsafe.csv', '--quasi', 'zip,sex', '--k', '2');
    expect(code).toBe(1);
    expect(err).toContain('3 classes with 3 of 3 rows');
    expect(`${out}${err}`).not.toMatch(/941|10001/);
    expect(existsSync(join(dir, 'unsafe.csv'))).toBe(false);
    expect(readdirSync(dir).filter((name) => name.includes('partial'))).toEqual([]);
  });

  test('the holder turns a cipher back under the key, and nobody does under another', () => {
    fileIn(dir, 'plan.json', {
      columns: [
        { name: 'name', operation: { op: 'siv' } },
        { name: 'sex', operation: { op: 'keep' } },
      ],
    });
    const made = runIn(
      dir,
      'deidentify',
      'people.csv',
      '--method',
      'plan',
      '--plan',
      'plan.json',
      '--key',
      'key',
      '-o',
      'sealed.csv',
    );
    expect([made.code, readFileSync(join(dir, 'sealed.csv'), 'utf8').includes('Ann')]).toEqual([0, false]);
    const back = runIn(dir, 'deidentify', 'sealed.csv', '--reverse', 'name=siv', '--key', 'key', '-o', 'back.csv');
    expect(back.out).toContain('identifies persons again');
    expect(readFileSync(join(dir, 'back.csv'), 'utf8')).toBe('name,sex\r\nAnn Lee,F\r\nBob Day,M\r\nCy Ho,M\r\n');
    fileIn(dir, 'other', 'b7'.repeat(32));
    const other = runIn(dir, 'deidentify', 'sealed.csv', '--reverse', 'name=siv', '--key', 'other', '-o', 'other.csv');
    expect([other.code, existsSync(join(dir, 'other.csv'))]).toEqual([1, false]);
    expect(other.err).toContain('3 rows');
  });

  test('goes by a scan where nobody says what the columns are, and says so; without names of columns it stops', () => {
    const { code, out } = runIn(dir, 'deidentify', 'people.csv', '-o', 'scanned.csv');
    expect([code, out.includes('A scan said')]).toEqual([0, true]);
    expect(readFileSync(join(dir, 'scanned.csv'), 'utf8')).not.toMatch(/Ann|called|123|03601/);
    fileIn(dir, 'bare.csv', PEOPLE.split('\n').slice(1).join('\n'));
    const bare = runIn(dir, 'deidentify', 'bare.csv', '-o', 'bare-out.csv');
    expect([bare.code, existsSync(join(dir, 'bare-out.csv'))]).toEqual([1, false]);
    expect(bare.err).toContain('names of columns');
  });

  test('searches for the least coarsening that is safe enough, by hierarchies beside it', () => {
    const rows = Array.from(
      { length: 120 },
      (_, i) => `${20 + (i % 30)};${['BSc', 'MSc', 'none'][i % 3]};${i % 2 ? 'yes' : 'no'};${i}`,
    );
    fileIn(dir, 'survey.csv', `age;school;paid;id\n${rows.join('\n')}\n`);
    fileIn(dir, 'school.csv', 'BSc,degree\nMSc,degree\nnone,"no, none"\n');
    fileIn(dir, 'h.json', { age: { widths: [5, 10] }, school: { file: 'school.csv' } });
    const asked = ['--method', 'k-anonymity', '--quasi', 'age,school', '--sensitive', 'paid', '--hierarchies', 'h.json'];
    const { code, out } = runIn(
      dir,
      'deidentify',
      'survey.csv',
      ...asked,
      '--k',
      '6',
      '--l',
      '2',
      '--suppress',
      '0',
      '-o',
      'k.csv',
    );
    expect([code, out.includes('id: dropped'), out.includes('the least that holds')]).toEqual([0, true, true]);
    expect(Number(/the smallest has (\d+)/.exec(out)?.[1])).toBeGreaterThanOrEqual(6);
    expect(readFileSync(join(dir, 'k.csv'), 'utf8').split('\r\n')[0]).toBe('age,school,paid');
    const never = runIn(dir, 'deidentify', 'survey.csv', ...asked, '--k', '121', '--suppress', '0', '-o', 'never.csv');
    expect([never.code, existsSync(join(dir, 'never.csv'))]).toEqual([1, false]);
  });

  test('replaces no file that is there, its own input least of all, unless it is told to', () => {
    const before = readFileSync(join(dir, 'people.csv'), 'utf8');
    const { code, err } = harbor('-o', 'people.csv');
    expect([code, err.includes('people.csv'), readFileSync(join(dir, 'people.csv'), 'utf8')]).toEqual([1, true, before]);
    fileIn(dir, 'old.csv', 'old');
    expect(harbor('-o', 'old.csv', '--force').code).toBe(0);
    expect(readFileSync(join(dir, 'old.csv'), 'utf8')).toContain('90+');
  });

  test('leaves nothing behind when it is ended', async () => {
    fileIn(dir, 'long.csv', `v\n${Array.from({ length: 400_000 }, (_, i) => `value ${i}`).join('\n')}\n`);
    fileIn(dir, 'long.json', { columns: [{ name: 'v', operation: { op: 'siv' } }] });
    const bin = join(import.meta.dirname, '..', 'bin', 'comity.js');
    const args = ['deidentify', 'long.csv', '--method', 'plan', '--plan', 'long.json', '--key', 'key', '-o', 'long-out.csv'];
    const child = spawn(process.execPath, [bin, ...args], { cwd: dir, stdio: 'ignore' });
    const parts = () => readdirSync(dir).filter((name) => name.includes('.partial.'));
    await expect.poll(parts, { timeout: 20_000 }).toHaveLength(1);
    child.kill('SIGTERM');
    await once(child, 'exit');
    expect([parts(), existsSync(join(dir, 'long-out.csv'))]).toEqual([[], false]);
  });

  test('names what is wrong with what it was given', () => {
    fileIn(dir, 'stranger.json', { nobody: 'name' });
    fileIn(dir, 'dates.json', { ...CLASSES, admitted: { class: 'date', order: 'dmy' } });
    fileIn(dir, 'short', 'abc');
    for (const [args, said] of [
      [['--classes', 'stranger.json'], 'nobody'],
      [['--classes', 'dates.json'], '3 rows'],
      [['--classes', 'classes.json', '--on', 'today'], '--on'],
      [['--classes', 'classes.json', '--k', '3'], '--quasi'],
      [['--classes', 'classes.json', '--quasi', 'name'], 'name'],
      [['--classes', 'classes.json', '--key', 'short'], '--key'],
      [['--method', 'guess'], '--method'],
      [['--method', 'k-anonymity'], '--quasi'],
      [['--reverse', 'name=rot13'], '--reverse'],
      [['--reverse', 'name=siv'], '--key'],
      [['--method', 'plan'], '--plan'],
      [['-o', 'nowhere/out.csv'], 'nowhere'],
    ] as const) {
      const { code, err } = runIn(dir, 'deidentify', 'people.csv', '-o', 'wrong.csv', ...args);
      expect([code, err.includes(said), err]).toEqual([1, true, err]);
    }
    expect(existsSync(join(dir, 'wrong.csv'))).toBe(false);
  });
});

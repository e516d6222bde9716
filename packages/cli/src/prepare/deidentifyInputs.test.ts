import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fileIn } from '../testing/run.ts';
import { readDay, readHierarchyFile, readKeyFile, verifyFrom } from './deidentifyInputs.ts';
import { readZip3List } from './zip3.ts';

const dir = mkdtempSync(join(tmpdir(), 'comity-inputs-'));

function value<T>(result: { ok: true; value: T } | { ok: false }): T {
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result.value;
}

describe('the list of areas where few people live', () => {
  test('is dated, of three digits each, and holds those of the census but no area where many live', () => {
    const { restricted, read, data } = value(readZip3List());
    expect(restricted).toEqual([...new Set(restricted)].sort());
    expect(restricted.every((area) => /^\d{3}$/.test(area))).toBe(true);
    // With few people, with none counted, and without any area of the census at all.
    for (const area of [
      '036',
      '059',
      '102',
      '203',
      '369',
      '556',
      '692',
      '772',
      '821',
      '823',
      '878',
      '879',
      '884',
      '893',
      '205',
      '000',
      '099',
    ])
      expect(restricted).toContain(area);
    for (const area of ['100', '576', '606', '830', '831', '902', '999']) expect(restricted).not.toContain(area);
    expect([read, data.includes('2018-2022')]).toEqual(['2026-11-26', true]);
  });
});

describe('what the command is given', () => {
  test('a key is 32 bytes or more, or their digits', () => {
    writeFileSync(join(dir, 'raw'), Buffer.alloc(40, 7));
    expect(value(readKeyFile(join(dir, 'raw')))?.length).toBe(40);
    expect(value(readKeyFile(fileIn(dir, 'hex', `${'0A'.repeat(32)}\n`)))).toEqual(new Uint8Array(32).fill(10));
    expect(readKeyFile(fileIn(dir, 'short', '0a'.repeat(12)))).toMatchObject({ refusal: { code: 'field-invalid' } });
    expect(readKeyFile(join(dir, 'gone'))).toMatchObject({ refusal: { code: 'not-found' } });
    expect(value(readKeyFile(undefined))).toBeUndefined();
  });

  test('a table of a hierarchy is read with either separator and with quotes', () => {
    writeFileSync(join(dir, 'a.csv'), '\uFEFFx;"g;1";*\r\ny;"say ""g""";*\r\n');
    writeFileSync(join(dir, 'b.csv'), 'x,g\ny,\n');
    fileIn(dir, 'h.json', { a: { file: 'a.csv' }, b: { file: 'b.csv' }, c: '*' });
    expect(value(readHierarchyFile(join(dir, 'h.json')))).toEqual({
      a: {
        kind: 'table',
        rows: [
          ['x', 'g;1'],
          ['y', 'say "g"'],
        ],
      },
      b: {
        kind: 'table',
        rows: [
          ['x', 'g'],
          ['y', ''],
        ],
      },
      c: { kind: 'all' },
    });
    fileIn(dir, 'gone.json', { a: { file: 'gone.csv' } });
    expect(readHierarchyFile(join(dir, 'gone.json'))).toMatchObject({ refusal: { code: 'not-found' } });
  });

  test('what is demanded names its columns, and makes sense', () => {
    const defaults = { k: 5, suppress: 0.05 };
    expect(value(verifyFrom({}, defaults))).toBeNull();
    expect(value(verifyFrom({ quasi: 'a, b', sensitive: 's', l: '2' }, defaults))).toEqual({
      quasi: ['a', 'b'],
      sensitive: ['s'],
      k: 5,
      l: 2,
      t: null,
      suppress: 0.05,
    });
    for (const wrong of [
      { quasi: '' },
      { quasi: 'a', k: 'x' },
      { quasi: 'a', l: '2' },
      { quasi: 'a', sensitive: 'a' },
      { quasi: 'a', suppress: '2' },
    ])
      expect(verifyFrom(wrong, defaults)).toMatchObject({ refusal: { code: 'field-invalid' } });
    expect(verifyFrom({ t: '0.2' }, defaults)).toMatchObject({ refusal: { code: 'field-missing', field: '--quasi' } });
    expect(readDay('2026-02-30')).toMatchObject({ refusal: { code: 'field-invalid' } });
    expect(value(readDay(undefined))).toMatch(/^\d{4}-\d\d-\d\d$/);
  });
});

import { describe, expect, test } from 'vitest';
import { checkSource } from '../check-source.ts';
import { codeFile } from '../engines/duckdb.ts';
import { csvFile } from '../testing/files.ts';
import { seededBytes, seededDice } from '../testing/seeded.ts';
import { buyDomain } from './buyDomain.ts';
import { type Domain, missingCode, sizeOf } from './domain.ts';
import { readDomain } from './readDomain.ts';
import { textOf } from './textOf.ts';

const SECRET = seededBytes(1)(32);

function declared(json: unknown): Domain {
  const read = readDomain(json);
  if (!read.ok) throw new Error(JSON.stringify(read.refusal));
  return read.value;
}

async function codesOf(csv: string, domain: Domain) {
  const source = await checkSource(csvFile(csv), 'csv', []);
  if (!source.ok) throw new Error(source.refusal.code);
  return codeFile(source.value, domain, { subject: undefined, judge: 0, secret: SECRET });
}

describe('a declared domain', () => {
  test('is read in each of its forms', () => {
    const domain = declared({
      code: 4,
      sex: ['F', 'M'],
      city: { values: ['Lisboa', 'Porto'], other: true, missing: true },
      age: { from: 0, until: 100, bins: 4 },
      price: { edges: [0, 0.5, 10] },
      born: { from: '1990-01-01', until: '1994-01-01', bins: 4 },
    });
    expect(domain.map(sizeOf)).toEqual([4, 2, 4, 4, 2, 4]);
    expect(domain.map(({ kind }) => kind)).toEqual(['code', 'category', 'category', 'number', 'number', 'date']);
    expect(domain.map(missingCode)).toEqual([undefined, undefined, 3, undefined, undefined, undefined]);
  });

  test('that makes no sense is refused with its column', () => {
    for (const bad of [
      0,
      -3,
      2.5,
      [],
      ['a', 'a'],
      { from: 1, until: 0, bins: 3 },
      { from: 0, until: 1, bins: 0 },
      { edges: [3] },
      'x',
      null,
      { values: [{}] },
    ]) {
      expect(readDomain({ good: 2, bad })).toMatchObject({
        ok: false,
        refusal: { code: 'domain-invalid', values: { column: 'bad' } },
      });
    }
    expect(readDomain({}).ok).toBe(false);
    expect(readDomain([1]).ok).toBe(false);
  });

  test('gives every cell of a file its number: values, ends of ranges, empty cells, days', async () => {
    const domain = declared({
      city: { values: ['Lisboa', 'O\'Porto, "x"'], other: true, missing: true },
      age: { from: 0, until: 100, bins: 4, missing: true },
      born: { from: '1990-01-01', until: '1994-01-01', bins: 4 },
    });
    const rows = [
      'city,age,born',
      'Lisboa,-5,1989-05-05',
      '"O\'Porto, ""x""",25,1991-01-01',
      'Faro,99.9,2020-01-01',
      ',,1992-12-31',
      'x,abc,1990-01-01',
    ];
    const coded = await codesOf(`${rows.slice(0, 5).join('\n')}\n`, domain);
    if (!coded.ok) throw new Error(coded.refusal.code);
    expect([...(await coded.value.count([0], 'learn'))]).toEqual([1, 1, 1, 1]);
    expect([...(await coded.value.count([1], 'learn'))]).toEqual([1, 1, 0, 1, 1]);
    expect([...(await coded.value.count([2], 'learn'))]).toEqual([1, 1, 1, 1]);
    expect(coded.value.rows).toEqual({ learn: 4, judge: 0 });
    coded.value.close();
    const outside = await codesOf(`${rows.join('\n')}\n`, domain);
    expect(outside).toMatchObject({ ok: false, refusal: { code: 'value-outside-domain', values: { column: 'age', rows: 1 } } });
  });

  test('names a column that the file does not have', async () => {
    expect(await codesOf('a,b\n1,2\n', declared({ c: 3 }))).toMatchObject({
      ok: false,
      refusal: { code: 'column-missing', values: { column: 'c' } },
    });
  });

  test('writes values that it would read as the same number again', () => {
    const domain = declared({
      age: { from: 0, until: 100, bins: 4 },
      price: { edges: [0, 0.05, 10] },
      born: { from: '1990-01-01', until: '1994-01-01', bins: 4 },
    });
    const dice = seededDice(5);
    for (const column of domain) {
      for (let i = 0; i < 200; i++) {
        const code = i % sizeOf(column);
        const text = textOf(column, code, dice) ?? '';
        const [value, edges] =
          column.kind === 'date'
            ? [Date.parse(text), column.edges.map(Date.parse)]
            : [Number(text), 'edges' in column ? column.edges : []];
        expect(Number(value)).toBeGreaterThanOrEqual(Number(edges[code]));
        expect(Number(value)).toBeLessThan(Number(edges[code + 1]));
      }
    }
  });
});

describe('a bought domain', () => {
  const rows = Array.from({ length: 4_000 }, (_, i) =>
    [
      i % 3 === 0 ? 'north' : 'south',
      i === 77 ? 'only-one' : 'many',
      18 + (i % 60),
      i % 2 === 0 ? 0 : 1_000 + i,
      `19${60 + (i % 30)}-03-0${1 + (i % 9)}`,
      `id-${i}`,
    ].join(','),
  );

  async function buy(seed: number): Promise<Domain> {
    const source = await checkSource(csvFile(`side,rare,age,gain,born,id\n${rows.join('\n')}\n`), 'csv', []);
    if (!source.ok) throw new Error(source.refusal.code);
    return buyDomain(source.value, { rho: 0.5, delta: 1e-9, subject: undefined, secret: SECRET, dice: seededDice(seed) });
  }

  test('tells numbers, days and texts apart, and covers what is there', async () => {
    const domain = await buy(1);
    expect(Object.fromEntries(domain.map(({ name, kind }) => [name, kind]))).toEqual({
      side: 'category',
      rare: 'category',
      age: 'number',
      gain: 'number',
      born: 'date',
    });
    const side = domain.find(({ name }) => name === 'side');
    expect(side?.kind === 'category' && [...side.values].sort()).toEqual(['north', 'south']);
    const age = domain.find(({ name }) => name === 'age');
    expect(age?.kind === 'number' && [age.edges[0], age.edges.at(-1)]).toEqual([16, 128]);
  });

  test('never names a value that one row alone has, and leaves out a column in which every value is one', async () => {
    for (let seed = 1; seed <= 20; seed++) {
      const domain = await buy(seed);
      expect(JSON.stringify(domain)).not.toContain('only-one');
      expect(domain.some(({ name }) => name === 'id')).toBe(false);
    }
  });
});

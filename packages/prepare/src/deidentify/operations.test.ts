import { describe, expect, test } from 'vitest';
import { tokenOf } from '../column-sql.ts';
import { KEY, linesOf, planOf, run } from '../testing/deidentify.ts';
import { csvFile, parquetFile } from '../testing/files.ts';
import { cipherOf, keyFor } from './keys.ts';

/** What an operation makes of the values of a column. */
function made(operation: object, values: readonly string[], over: object = {}): Promise<readonly string[]> {
  const plan = planOf({
    columns: [
      { name: 'v', operation },
      { name: 'n', operation: { op: 'keep' } },
    ],
    ...over,
  });
  return linesOf(csvFile(`v,n\n${values.map((one, i) => `${one},${i}`).join('\n')}\n`), plan).then((lines) =>
    lines.map((line) => line.replace(/,\d+$/, '')),
  );
}

async function refusal(operation: object, values: readonly string[], over: object = {}) {
  const plan = planOf({ columns: [{ name: 'v', operation }], ...over });
  const { result } = await run(csvFile(`v,n\n${values.map((one, i) => `${one},${i}`).join('\n')}\n`), plan);
  return result.ok ? undefined : result.refusal;
}

describe('ages and dates', () => {
  test('an age of 89 stays and one of 90 does not, with fractions and an own result', async () => {
    expect(await made({ op: 'ageTop90' }, ['0', '89', '89.9', '90', '112', ' 7 ', '90+', ''])).toEqual([
      '0',
      '89',
      '89',
      '90+',
      '90+',
      '7',
      '90+',
      '',
    ]);
    expect(await refusal({ op: 'ageTop90' }, ['-1', '12', 'old', '1936-01-01'])).toEqual({
      code: 'value-unreadable',
      field: 'v',
      values: { column: 'v', rows: 3, op: 'ageTop90' },
    });
  });

  test('whoever turns 90 on the day is 90, whoever does tomorrow is not', async () => {
    expect(await made({ op: 'birthYear' }, ['1936-11-26', '1936-11-27', '1901-01-01', '2026-11-26'])).toEqual([
      '90+',
      '1936',
      '90+',
      '2026',
    ]);
    expect(await refusal({ op: 'birthYear' }, ['2026-11-27'])).toMatchObject({ values: { rows: 1 } });
  });

  test('whoever was born on a leap day turns 90 on the first of March', async () => {
    const born = ['1936-02-28', '1936-02-29', '1936-03-01'];
    expect(await made({ op: 'birthYear', on: '2026-02-28' }, born)).toEqual(['90+', '1936', '1936']);
    expect(await made({ op: 'birthYear', on: '2026-03-01' }, born)).toEqual(['90+', '90+', '90+']);
    expect(await made({ op: 'birthYear', on: '2028-02-29' }, ['1938-02-28', '1938-03-01'])).toEqual(['90+', '1938']);
  });

  test('a birth year alone counts as its first day', async () => {
    expect(await made({ op: 'birthYear' }, ['1936', '1936-12', '1937'])).toEqual(['90+', '1936', '1937']);
  });

  test('a date becomes its year; one of ninety years ago or more does not tell which', async () => {
    expect(
      await made({ op: 'year' }, ['2020-02-29', '2020-02-29T23:59:59+05:00', '20200301', '1936-12-31', '1901-05-06', '']),
    ).toEqual(['2020', '2020', '2020', '<=1936', '<=1936', '']);
    expect(await made({ op: 'year', on: null }, ['1901-05-06'])).toEqual(['1901']);
  });

  test('the order of a date is said, never guessed; what cannot be read refuses the whole, with the count', async () => {
    expect(await made({ op: 'year', order: 'dmy' }, ['31/12/2019', '1.2.2021', '01-02-2022 10:00'])).toEqual([
      '2019',
      '2021',
      '2022',
    ]);
    expect(await made({ op: 'year', order: 'mdy' }, ['12/31/2019'])).toEqual(['2019']);
    expect(await refusal({ op: 'year', order: 'mdy' }, ['31/12/2019', '12/31/2019'])).toMatchObject({ values: { rows: 1 } });
    expect(await refusal({ op: 'year' }, ['31/12/2019', '2020-02-30', '12/12/20', 'soon', '2020-01-01'])).toMatchObject({
      code: 'value-unreadable',
      values: { rows: 4 },
    });
  });

  test('dates of one subject move together, and those of nobody not at all', async () => {
    const columns = [{ name: 'd', operation: { op: 'dateShift', subject: 's', maxDays: 30 } }];
    const lines = await linesOf(csvFile('s,d\na,2020-03-01\na,2020-03-11\nb,2020-03-01\n'), planOf({ columns }));
    const days = lines.map((line) => Date.parse(line) / 86_400_000);
    expect((days[1] ?? 0) - (days[0] ?? 0)).toBe(10);
    expect(lines[0]).not.toBe('2020-03-01');
    const { result } = await run(csvFile('s,d\n,2020-03-01\n'), planOf({ columns }));
    expect(result).toMatchObject({ ok: false, refusal: { code: 'value-unreadable' } });
  });
});

describe('ZIP codes', () => {
  test('three digits stay where many people live, with ZIP+4 and lost zeros', async () => {
    expect(
      await made({ op: 'zip3' }, [
        '12345',
        '12345-6789',
        '123456789',
        '03601',
        '3601',
        '1234',
        '03601-0001',
        '3601-0001',
        '20301',
        '',
      ]),
    ).toEqual(['123', '123', '123', '000', '000', '012', '000', '000', '000', '']);
  });

  test('a column of numbers has lost up to two zeros; a text of three digits is in doubt', async () => {
    const path = await parquetFile('SELECT unnest([501, 3601, 90210]) AS v');
    expect(await linesOf(path, planOf({ columns: [{ name: 'v', operation: { op: 'zip3' } }] }))).toEqual(['005', '000', '902']);
    expect(await refusal({ op: 'zip3' }, ['501', 'SW1A 1AA', '123456'])).toMatchObject({ values: { rows: 3 } });
  });
});

describe('numbers and hierarchies', () => {
  test('bins hold their lower edge', async () => {
    expect(await made({ op: 'bin', edges: [0, 10, 20.5] }, ['-1', '0', '9.99', '10', '20.5', '1e3'])).toEqual([
      '<0',
      '"[0, 10)"',
      '"[0, 10)"',
      '"[10, 20.5)"',
      '>=20.5',
      '>=20.5',
    ]);
    expect(await refusal({ op: 'bin', edges: [0] }, ['NaN', 'inf', '"1,5"', '1'])).toMatchObject({ values: { op: 'bin' } });
  });

  test('every kind of hierarchy, level by level', async () => {
    const at = (level: number) => ({ op: 'generalise', hierarchy: 'h', level });
    const with_ = (h: unknown) => ({ hierarchies: { h } });
    expect(await made(at(1), ['23', '-3'], with_({ widths: [5, 10] }))).toEqual(['"[20, 25)"', '"[-5, 0)"']);
    expect(await made(at(2), ['23'], with_({ widths: [5, 10], from: 1 }))).toEqual(['"[21, 31)"']);
    expect(await made(at(3), ['23'], with_({ widths: [5, 10] }))).toEqual(['*']);
    const days = [0, 1, 2, 3, 4].map((level) => made(at(level), ['2019-07-31'], with_({ dates: 'iso' })));
    expect((await Promise.all(days)).flat()).toEqual(['2019-07-31', '2019-07', '2019', '2010s', '*']);
    expect(await made(at(1), ['SW1A 1AA'], with_({ prefix: [2] }))).toEqual(['SW*']);
    expect(await made(at(1), ['x'], with_('*'))).toEqual(['*']);
    const table = {
      rows: [
        ['BSc', 'degree', 'any'],
        ['PhD', 'degree', 'any'],
        ['none', 'none', 'any'],
      ],
    };
    expect(await made(at(1), ['BSc', 'none', ''], with_(table))).toEqual(['degree', 'none', '']);
    expect(await refusal(at(3), ['MSc', 'BSc'], with_(table))).toMatchObject({ values: { rows: 1, op: 'generalise' } });
  });

  test('a value that few rows hold leaves empty', async () => {
    expect(await made({ op: 'suppressIf', k: 2 }, ['a', 'b', 'a', 'c', ''])).toEqual(['a', '', 'a', '', '']);
  });
});

describe('keyed operations', () => {
  test('a token is the HMAC of the value under the recipient’s key, so two recipients cannot join what they hold', async () => {
    const plan = planOf({ columns: [{ name: 'v', operation: { op: 'token' } }] });
    const path = csvFile('v,n\nann@example.org,1\n,2\n');
    const [mine, none] = await linesOf(path, plan);
    expect(mine).toBe(tokenOf('ann@example.org', keyFor('token', KEY)));
    expect(none).toBe('""');
    const [theirs] = await linesOf(path, plan, { key: new Uint8Array(32).fill(8) });
    expect(theirs).toMatch(/^[0-9a-f]{32}$/);
    expect(theirs).not.toBe(mine);
  });

  test('the holder alone turns siv and ff1 back', async () => {
    const columns = [
      { name: 'mail', operation: { op: 'siv' } },
      { name: 'ssn', operation: { op: 'ff1' } },
    ];
    const plan = planOf({ columns });
    const [line = ''] = await linesOf(csvFile('mail,ssn\nann@example.org,078-05-1120\n'), plan);
    const [mail = '', ssn = ''] = line.split(',');
    expect(line).not.toContain('ann');
    expect(plan.columns.map((column, i) => cipherOf(column, KEY)?.decrypt([mail, ssn][i] ?? ''))).toEqual([
      'ann@example.org',
      '078-05-1120',
    ]);
    expect(await refusal({ op: 'ff1' }, ['12345', '1234567', 'x123456'])).toMatchObject({ values: { rows: 2, op: 'ff1' } });
  });

  test('needs a key of 32 bytes', async () => {
    const plan = planOf({ columns: [{ name: 'v', operation: { op: 'token' } }] });
    expect((await run(csvFile('v\n1\n'), plan, { key: undefined })).result).toMatchObject({ refusal: { code: 'field-missing' } });
    expect((await run(csvFile('v\n1\n'), plan, { key: new Uint8Array(31) })).result).toMatchObject({
      refusal: { code: 'field-invalid' },
    });
  });
});

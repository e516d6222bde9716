import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkSource } from '../check-source.ts';
import { csvFile, parquetFile, value } from '../testing/files.ts';
import { numberOf } from '../testing/numbers.ts';
import { seededDice } from '../testing/seeded.ts';
import { batchesOf, type Measured } from './measure.ts';
import type { ScanColumn, ScanReport } from './report.ts';
import { type ScanOptions, scan } from './scan.ts';

async function scanned(path: string, options: ScanOptions = {}): Promise<ScanReport> {
  return value(await scan(value(await checkSource(path, path.endsWith('.csv') ? 'csv' : 'parquet', [])), options));
}

function rows(count: number, make: (i: number) => string): string {
  return `${Array.from({ length: count }, (_, i) => make(i)).join('\n')}\n`;
}

function named(report: ScanReport, name: string): ScanColumn {
  const column = report.columns.find((one) => one.name === name);
  if (column === undefined) throw new Error(`no column ${name} in ${report.columns.map((one) => one.name)}`);
  return column;
}

function classesOf(report: ScanReport, name: string): readonly string[] {
  return named(report, name).classes.map((one) => one.class);
}

describe('a column', () => {
  test('of which nobody knows what it is counts as identifying, and says so', async () => {
    const report = await scanned(csvFile(`zzz,email\n${rows(50, (i) => `q${i}-x,a${i}@example.org`)}`));
    expect(named(report, 'zzz')).toMatchObject({ classes: [], identifying: true, reason: 'unclassified', distinct: 50 });
    expect(named(report, 'email')).toMatchObject({ identifying: true, reason: 'identifying-class' });
    expect(named(report, 'email').classes[0]).toMatchObject({ class: 'email', rateRows: 1, rateDistinct: 1, by: 'both' });
  });

  test('that is named for what it does not hold is not believed', async () => {
    const report = await scanned(csvFile(`email,phone,age,code\n${rows(60, (i) => `${i},blue ${i},x${i}@example.org,0${i}`)}`));
    expect(classesOf(report, 'email')).toEqual([]);
    expect(named(report, 'email').reason).toBe('header-contradicted');
    expect(classesOf(report, 'phone')).not.toContain('phone');
    expect(classesOf(report, 'age')).toEqual(['email']);
  });

  test('of ten random digits is no telephone number and no number of any country', async () => {
    const dice = seededDice(3);
    const digits = (n: number): string => Array.from({ length: n }, () => dice.below(10)).join('');
    const lengths = [6, 7, 8, 9, 10, 11, 12, 13, 15, 16];
    const text = `${lengths.map((n) => `x${n}`).join(',')}\n${rows(3_000, () => lengths.map(digits).join(','))}`;
    const report = await scanned(csvFile(text));
    expect(report.columns.flatMap((one) => one.classes.map(({ class: name }) => `${one.name} ${name}`))).toEqual([]);
  });

  test('of numbers that follow each other is no number of any country', async () => {
    const report = await scanned(
      csvFile(`a,b,c\n${rows(3_000, (i) => `${10_000_000 + i},${4_000_000_000_000_000 + i},${100_000_000 + 7 * i}`)}`),
    );
    expect(report.columns.flatMap((one) => one.classes)).toEqual([]);
  });

  test('of identifiers that lost their leading zeros is known all the same', async () => {
    const dice = seededDice(4);
    const cpf = (): string => String(Number(numberOf('br-cpf', dice)));
    const report = await scanned(csvFile(`ssn,doc\n${rows(300, (i) => `${1_120_001 + i * 7_919},${cpf()}`)}`));
    expect(classesOf(report, 'ssn')).toEqual(['us-ssn']);
    expect(classesOf(report, 'doc')).toEqual(['br-cpf']);
  });

  test('may hold several things at once', async () => {
    const dice = seededDice(5);
    const report = await scanned(
      csvFile(`contact\n${rows(400, (i) => (i % 4 === 0 ? `b${i}@example.org` : `+49301${100_000 + dice.below(800_000)}`))}`),
    );
    const found = named(report, 'contact').classes;
    expect(found.map((one) => one.class)).toEqual(['phone', 'email']);
    expect(found.find((one) => one.class === 'email')?.rateRows).toBe(0.25);
  });

  test('that is empty, or a file without rows, says that nothing was there to look at', async () => {
    const empty = await scanned(csvFile('name,x\n,1\n,2\n'));
    expect(named(empty, 'name')).toMatchObject({ nulls: 2, classes: [], identifying: true, reason: 'all-empty' });
    expect((await scanned(csvFile('name,x\n'))).columns.map((one) => one.reason)).toEqual(['all-empty', 'all-empty']);
  });

  test('of ten thousand categories, and three hundred columns, are looked at like others', async () => {
    const many = await scanned(csvFile(`kind\n${rows(30_000, (i) => `k-${i % 10_000}`)}`));
    expect(named(many, 'kind').sample.complete).toBe(false);
    expect(Math.abs(named(many, 'kind').distinct - 10_000)).toBeLessThan(1_500);
    const wide = Array.from({ length: 300 }, (_, i) => `col_x${i}`);
    expect(
      (await scanned(csvFile(`${wide.join(',')}\n${rows(20, (i) => wide.map(() => `v${i}`).join(','))}`))).columns.length,
    ).toBe(300);
  });
});

test('columns whose samples would not fit in memory together are looked at in parts, in their order', () => {
  const column = (name: string, meanLength: number): Measured => ({
    name,
    type: 'VARCHAR',
    rows: 100_000,
    filled: 100_000,
    distinct: 100_000,
    minLength: meanLength,
    maxLength: meanLength,
    meanLength,
  });
  const short = Array.from({ length: 300 }, (_, i) => column(`s${i}`, 12));
  expect(batchesOf(short).length).toBe(1);
  const long = Array.from({ length: 300 }, (_, i) => column(`l${i}`, 5_000));
  expect(batchesOf(long).length).toBeGreaterThan(3);
  expect(batchesOf(long).flat()).toEqual(long);
  expect(batchesOf([]).flat()).toEqual([]);
});

describe('what stands inside', () => {
  test('one e-mail in a million rows of free text is found', async () => {
    const query = `SELECT CASE WHEN range = 777777 THEN 'please write to jane.roe@example.org soon' ELSE 'parcel ' || range || ' came late again' END AS note, range AS n FROM range(1000000)`;
    const report = await scanned(await parquetFile(query));
    const found = named(report, 'note').classes.find((one) => one.class === 'email');
    expect(found).toMatchObject({ rateRows: 1e-6, inText: true });
    expect(JSON.stringify(report)).not.toContain('jane');
  }, 60_000);

  test('identifiers in JSON cells and nested columns have a path; names that are data are not told', async () => {
    const json = `id,body\n${rows(40, (i) => `${i},"{""user"": {""email"": ""u${i}@example.org""}, ""tags"": [""10.0.0.${i}""], ""u${i}@example.org"": 1}"`)}`;
    const report = await scanned(csvFile(json));
    expect(classesOf(report, 'body.user.email')).toEqual(['email']);
    expect(classesOf(report, 'body.tags.[]')).toEqual(['ip-address']);
    expect(JSON.stringify(report)).not.toContain('u7@');
    const nested = await scanned(
      await parquetFile(`SELECT {'mail': 'a' || range || '@example.org', 'n': range} AS who FROM range(30)`),
    );
    expect(classesOf(nested, 'who.mail')).toEqual(['email']);
  });

  test('keys in JSON that are people, and a column that is named after an address, are not told', async () => {
    const given = ['Mary', 'James', 'Priya', 'Olga', 'Ahmed', 'Chidi', 'Mei', 'Hans'];
    const cell = (i: number): string => `"{""${given[i % 8]} Smith"": ${i}, ""${given[(i + 3) % 8]}${i}"": 1, ""kind"": ""x""}"`;
    const report = await scanned(csvFile(`id,scores,jane.roe@example.org\n${rows(40, (i) => `${i},${cell(i)},7`)}`));
    expect(JSON.stringify(report)).not.toMatch(/Smith|Mary|Priya|jane/);
    expect(report.columns.map((one) => one.name)).toContain('column 3');
    expect(classesOf(report, 'scores.*.names')).toContain('person-name');
  });

  test('a weak number counts where words name it, and not where none do', async () => {
    const dice = seededDice(6);
    const text = (i: number): string =>
      `"the customer wrote that ${i % 2 ? 'her tax file number TFN is' : 'parcel'} ${i % 2 ? numberOf('au-tfn', dice) : 100_000_000 + i} and left"`;
    expect(classesOf(await scanned(csvFile(`note\n${rows(60, text)}`)), 'note')).toContain('au-tfn');
    const plainly = (i: number): string => `"parcel ${100_000_000 + i} was left with the neighbour again"`;
    expect(classesOf(await scanned(csvFile(`note\n${rows(60, plainly)}`)), 'note')).toEqual(['free-text']);
  });
});

describe('a file', () => {
  test('without a header record is read as data, and its first record is not printed', async () => {
    const text = rows(30, (i) => `Mary Smith ${i},mary${i}@example.org,19${50 + i}-02-11,9${i}`);
    const report = await scanned(csvFile(text));
    expect(report).toMatchObject({ header: false, rows: 30 });
    expect(report.columns.map((one) => one.name)).toEqual(['column 1', 'column 2', 'column 3', 'column 4']);
    expect(classesOf(report, 'column 2')).toEqual(['email']);
    expect(JSON.stringify(report)).not.toContain('mary');
  });

  test('with byte order mark, CRLF, years as names and one column has its header', async () => {
    expect((await scanned(csvFile('\uFEFFname;2020;2021\r\nAnna;1;2\r\nIvan;3;4\r\n'))).header).toBe(true);
    expect((await scanned(csvFile('e-mail\nx@example.org\n'))).header).toBe(true);
  });

  test('gives the same report twice, and counts its subjects exactly', async () => {
    const path = csvFile(`who,what\n${rows(5_000, (i) => `p${i % 1_234},v${i}`)}`);
    const [a, b] = [await scanned(path, { subject: 'who' }), await scanned(path, { subject: 'who' })];
    expect(a).toEqual(b);
    expect(a.subjects).toEqual({ column: 'who', distinct: 1_234 });
    const source = value(await checkSource(path, 'csv', []));
    expect(await scan(source, { subject: 'whom' })).toMatchObject({
      ok: false,
      refusal: { code: 'column-missing', field: 'whom' },
    });
  });

  test('never shows a value', async () => {
    const secret = 'Xylophonia Quartermaine';
    const text = `name,note,${'id'}\n${rows(40, (i) => `${secret} ${i},"${secret} lives at 7 Elm Street with her two cats ${i}",QX-${i}`)}`;
    expect(JSON.stringify(await scanned(csvFile(text)))).not.toMatch(/Xylo|Quarter|Elm|QX-/);
  });
});

const adult = ['adult_pgm.csv', 'adult_arx.csv', 'adult_ssn.csv'].map((name) =>
  join(import.meta.dirname, '../../../../../shared/datasets', name),
);
const present = adult.every((path) => existsSync(path));

describe.skipIf(!present)(present ? 'the Adult data' : 'skipped: vectors not present', () => {
  test.each(adult)('%s holds no number of any country but the invented ones', async (path) => {
    const report = await scanned(path);
    const found = report.columns.flatMap((one) =>
      one.classes.filter(({ class: name }) => /^[a-z]{2}-/.test(name)).map(() => one.name),
    );
    expect(found.filter((name) => name !== 'ssn')).toEqual([]);
    const sex = report.columns.find((one) => one.name === 'sex');
    expect(sex?.classes.map((one) => one.class)).toEqual(['gender']);
  });
});

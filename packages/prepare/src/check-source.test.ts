import { describe, expect, it } from 'vitest';
import { checkSource } from './check-source.ts';
import { withFile } from './engine.ts';
import { fromSource } from './source-sql.ts';
import { csvFile, parquetFile } from './testing/files.ts';

async function codeOf(path: string, format: 'csv' | 'parquet' | 'json', expected: readonly string[] = []): Promise<string> {
  const result = await checkSource(path, format, expected);
  return result.ok ? 'ok' : `${result.refusal.code} ${result.refusal.field ?? ''}`.trim();
}

describe('a data file is checked before anything is planned on it', () => {
  it.each([
    ['a file that is not there', '/nowhere/at/all.csv'],
    ['an empty file', csvFile('')],
    ['a file of empty names', csvFile('\n1\n')],
    ['text in another encoding', csvFile(Buffer.from([97, 44, 98, 10, 49, 44, 0xe9, 10]))],
    ['a record with too few fields', csvFile('a,b\n1\n')],
    ['a record with too many fields', csvFile('a,b\n1,2\n1,2,3\n')],
    ['a quote that never ends', csvFile('a,b\n1,"2\n')],
    ['two columns of one name', csvFile('a,a\n1,2\n')],
    ['two columns that differ in case only', csvFile('Email,email\n1,2\n')],
  ])('%s is refused as unreadable', async (_, path) => {
    expect(await codeOf(path, 'csv')).toBe('dataset-unreadable');
  });

  it('a CSV is no Parquet file, and half a Parquet file is none either', async () => {
    expect(await codeOf(csvFile('a,b\n1,2\n'), 'parquet')).toBe('dataset-unreadable');
    const { readFileSync } = await import('node:fs');
    const half = readFileSync(await parquetFile('SELECT range AS a FROM range(1000)')).subarray(0, 500);
    expect(await codeOf(csvFile(half), 'parquet')).toBe('dataset-unreadable');
  });

  it('a missing column is named', async () => {
    expect(await codeOf(csvFile('a,b\n1,2\n'), 'csv', ['a', 'e-mail'])).toBe('column-missing e-mail');
    expect(await codeOf(await parquetFile('SELECT 1 AS a'), 'parquet', ['b'])).toBe('column-missing b');
  });

  it('byte order mark, CRLF, quoted names and semicolons are read for what they are', async () => {
    const result = await checkSource(csvFile('\uFEFF"e ""x"";";b;\r\n1;"2\r\n;";3\r\n'), 'csv', ['b']);
    expect(result).toMatchObject({ ok: true, value: { delimiter: ';' } });
    if (result.ok) expect(result.value.columns.map(({ name }) => name)).toEqual(['e "x";', 'b', 'column 3']);
  });

  it('JSON is a list of objects or one a line; each member of any is a column, as text, and what is nested stays JSON', async () => {
    const list = csvFile('[{"a":1,"b":{"c":"x"}},{"a":"2","d":[1,2]}]');
    const lines = csvFile('{"a":1,"b":{"c":"x"}}\n{"a":"2","d":[1,2]}\n');
    for (const path of [list, lines]) {
      const result = await checkSource(path, 'json', ['a']);
      if (!result.ok) throw new Error(result.refusal.code);
      expect(result.value.columns).toEqual(['a', 'b', 'd'].map((name) => ({ name, type: 'VARCHAR' })));
      const rows = await withFile(path, async (connection) =>
        (await connection.runAndReadAll(`SELECT * ${fromSource(result.value)}`, [path])).getRowsJson(),
      );
      expect(rows).toEqual([
        ['1', '{"c":"x"}', null],
        ['2', null, '[1,2]'],
      ]);
    }
  });

  it.each([
    ['no JSON', 'a,b\n1,2\n'],
    ['JSON that is cut off', '[{"a":1},{"a":'],
    ['a list of numbers', '[1,2,3]'],
    ['nothing', ''],
    ['two members that differ in case only', '[{"a":1,"A":2}]'],
    ['another encoding', Buffer.from([...Buffer.from('[{"a":"'), 0xe9, ...Buffer.from('"}]')])],
  ])('as JSON %s is refused', async (_, content) => {
    expect(await codeOf(csvFile(content), 'json')).toBe('dataset-unreadable');
  });

  it('a file without rows and a file of one column are files', async () => {
    expect(await codeOf(csvFile('a,b\n'), 'csv', ['a'])).toBe('ok');
    expect(await codeOf(csvFile('a\n1\n2\n'), 'csv', ['a'])).toBe('ok');
    expect(await codeOf(await parquetFile('SELECT 1 AS a LIMIT 0'), 'parquet', ['a'])).toBe('ok');
  });
});

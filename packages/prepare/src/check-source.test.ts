import { describe, expect, it } from 'vitest';
import { checkSource } from './check-source.ts';
import { csvFile, parquetFile } from './testing/files.ts';

async function codeOf(path: string, format: 'csv' | 'parquet', expected: readonly string[] = []): Promise<string> {
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

  it('a file without rows and a file of one column are files', async () => {
    expect(await codeOf(csvFile('a,b\n'), 'csv', ['a'])).toBe('ok');
    expect(await codeOf(csvFile('a\n1\n2\n'), 'csv', ['a'])).toBe('ok');
    expect(await codeOf(await parquetFile('SELECT 1 AS a LIMIT 0'), 'parquet', ['a'])).toBe('ok');
  });
});

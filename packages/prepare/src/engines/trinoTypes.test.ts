import { describe, expect, test } from 'vitest';
import { withFile } from '../engine.ts';
import { duckdbType, isOrdered, readText, shownText, textFor } from './trinoTypes.ts';

/** Type, the text that Trino 476 gave for `textFor`, the one that it gave for `shownText`, and what DuckDB 1.5 shows of the same value in a Parquet file. */
const RECORDED = [
  ['bigint', '9007199254740993', '9007199254740993', '9007199254740993'],
  ['boolean', 'true', 'true', 'true'],
  ['double', '1.23456789E7', '12345678.9', '12345678.9'],
  ['double', '5.252E1', '52.52', '52.52'],
  ['double', '1.2E-4', '0.00012', '0.00012'],
  ['double', '1.0E7', '10000000.0', '10000000.0'],
  ['real', '1.1E0', '1.1', '1.1'],
  ['decimal(10,2)', '12.50', '12.50', '12.50'],
  ['date', '2026-03-01', '2026-03-01', '2026-03-01'],
  ['timestamp(3)', '2026-03-01 09:00:00.000', '2026-03-01 09:00:00', '2026-03-01 09:00:00'],
  ['timestamp(6)', '2026-03-01 09:00:00.120000', '2026-03-01 09:00:00.12', '2026-03-01 09:00:00.12'],
  ['timestamp(0)', '2026-03-01 09:00:00', '2026-03-01 09:00:00', '2026-03-01 09:00:00'],
  ['timestamp(3) with time zone', '2026-03-01 08:00:00.500+00', '2026-03-01 08:00:00.5+00', '2026-03-01 08:00:00.5+00'],
  ['varchar(20)', 'a "b"', 'a "b"', 'a "b"'],
] as const;

describe('types of a cluster', () => {
  test.each(RECORDED)('%s %s is one value on both engines', async (native, text, shown, there) => {
    const type = duckdbType(native);
    const seen = await withFile('trino://nowhere', async (connection) => {
      const reader = await connection.runAndReadAll(`SELECT CAST(${readText('$1', type)} AS VARCHAR)`, [text]);
      return reader.getRows()[0]?.map(String);
    });
    expect(seen?.[0]).toBe(there);
    expect(shown).toBe(there);
  });

  test('what DuckDB has no type for is text, and what is nested its JSON', () => {
    expect(
      ['json', 'row(a integer)', 'map(varchar, integer)', 'timestamp(12)', 'timestamp(9) with time zone', 'ipaddress'].map(
        duckdbType,
      ),
    ).toEqual(Array.from({ length: 6 }, () => 'VARCHAR'));
    expect(textFor({ name: 'a"b', native: 'array(integer)' })).toBe('json_format(CAST("a""b" AS json))');
    expect(textFor({ name: 'x', native: 'json' })).toBe('json_format("x")');
    expect(isOrdered('row(a integer)')).toBe(false);
    expect(duckdbType('timestamp(9)')).toBe('TIMESTAMP_NS');
  });

  test('times are read in UTC and bytes as base64', () => {
    expect(textFor({ name: 'x', native: 'timestamp(3) with time zone' })).toBe(
      `replace(CAST(at_timezone("x", 'UTC') AS varchar), ' UTC', '+00')`,
    );
    expect(shownText({ name: 'x', native: 'timestamp(3) with time zone' })).toBe(
      `nullif(trim(TRAILING '.' FROM trim(TRAILING '0' FROM CAST(CAST(at_timezone("x", 'UTC') AS timestamp(3)) AS varchar))) || '+00', '')`,
    );
    expect([textFor({ name: 'x', native: 'varbinary' }), readText('c0', 'BLOB')]).toEqual(['to_base64("x")', 'from_base64(c0)']);
  });
});

import { ok, type Result, refuse } from '@comity/core';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { SourceShape } from '../check-source.ts';
import { type Domain, sizeOf } from '../domain/domain.ts';
import { type OpenFile, openFile } from '../engine.ts';
import { fromSource } from '../source-sql.ts';
import type { Columns } from '../synthesise/cells.ts';
import type { Rows } from '../synthesise/sample.ts';
import type { CodedData, CodeOptions, Maps, Part } from './codes.ts';
import { type Dialect, outsideSql, selectCodes } from './selectCodes.ts';
import { tableFrom } from './tableFrom.ts';

/** A table of codes lies in memory whole, at a quarter of a megabyte for each column and 120,000 rows: ten million rows of fifteen columns fit. */
const MEMORY = [`SET memory_limit = '800MB'`];

const PARTS: Readonly<Record<Part, number>> = { learn: 0, judge: 1 };

/**
 * Turns a checked file into numbers of a domain, in memory: one pass over the file, after which only small numbers are counted.
 * Refuses `column-missing`, `value-outside-domain` with how many rows, `dataset-unreadable`.
 */
export async function codeFile(source: SourceShape, domain: Domain, options: CodeOptions): Promise<Result<CodedData>> {
  const needed = [...domain.map(({ name }) => name), ...(options.subject === undefined ? [] : [options.subject.column])];
  const absent = needed.find((name) => !source.columns.some((column) => column.name === name));
  if (absent !== undefined) return refuse('column-missing', absent, { column: absent });
  const file = await openFile(source.path, MEMORY);
  try {
    const select = selectCodes(fromSource(source), domain, { options, dialect: DUCKDB });
    await file.connection.run(`CREATE TABLE codes AS ${select}`, [source.path]);
    const outside = await findOutside(file.connection, domain);
    if (outside !== undefined) {
      file.close();
      return outside;
    }
    return ok(await coded(file, domain));
  } catch {
    file.close();
    // The engine's message may quote data.
    return refuse('dataset-unreadable');
  }
}

const DUCKDB: Dialect = {
  md5: (text) => `md5(${text})`,
  typeFor: (size) => (size <= 256 ? 'UTINYINT' : 'USMALLINT'),
  place: 'row_number() OVER ()',
};

async function findOutside(connection: DuckDBConnection, domain: Domain): Promise<Result<never> | undefined> {
  const [row = []] = await numbers(connection, outsideSql(domain, 'codes'));
  return outsideIn(row, domain);
}

/** Refuses with the first column that has no place for some rows. */
export function outsideIn(row: readonly number[], domain: Domain): Result<never> | undefined {
  const at = row.findIndex((count) => count > 0);
  const column = domain[at]?.name;
  if (column === undefined) return undefined;
  return refuse('value-outside-domain', `domain.${column}`, { column, rows: row[at] ?? 0 });
}

async function coded({ connection, close }: OpenFile, domain: Domain): Promise<CodedData> {
  const sizes = domain.map(sizeOf);
  const parts = await numbers(connection, 'SELECT part, count(*) FROM codes GROUP BY part');
  const rowsIn = (part: Part): number => parts.find(([which]) => which === PARTS[part])?.[1] ?? 0;
  return {
    sizes,
    rows: { learn: rowsIn('learn'), judge: rowsIn('judge') },
    count: (columns, part, maps = []) => countIn(connection, { columns, part, sizes, maps }),
    read: (part, limit) => readRows(connection, { part, limit, width: domain.length }),
    close,
  };
}

async function countIn(
  connection: DuckDBConnection,
  {
    columns,
    part,
    sizes,
    maps,
  }: { readonly columns: Columns; readonly part: Part; readonly sizes: readonly number[]; readonly maps: Maps },
): Promise<Float64Array> {
  const names = columns.map((column) => `c${column}`).join(', ');
  const where = `WHERE part = ${PARTS[part]} GROUP BY ${names}`;
  return tableFrom(await numbers(connection, `SELECT ${names}, count(*) FROM codes ${where}`), { columns, sizes, maps });
}

async function numbers(connection: DuckDBConnection, sql: string): Promise<readonly (readonly number[])[]> {
  const reader = await connection.runAndReadAll(sql);
  return reader.getRows().map((row) => row.map(Number));
}

async function readRows(
  connection: DuckDBConnection,
  { part, limit, width }: { readonly part: Part; readonly limit: number; readonly width: number },
): Promise<Rows> {
  const names = Array.from({ length: width }, (_, i) => `c${i}`).join(', ');
  const where = `WHERE part = ${PARTS[part]}`;
  // By a hash of the place: where there are more rows than the limit, the sample spreads over the file.
  const sql = `SELECT ${names} FROM codes ${where} ORDER BY hash(rowid) LIMIT ${limit}`;
  const reader = await connection.runAndReadAll(sql);
  return reader.getColumns().map((column) => Uint16Array.from(column, Number));
}

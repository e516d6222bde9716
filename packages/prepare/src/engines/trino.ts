import { ok, type Result, refuse } from '@comity/core';
import { type Domain, sizeOf } from '../domain/domain.ts';
import type { Rows } from '../synthesise/sample.ts';
import { type Ask, clusterOf, refusalOf } from './ask.ts';
import type { CodedData, CodeOptions, Part } from './codes.ts';
import { outsideIn } from './duckdb.ts';
import { type Dialect, outsideSql, selectCodes } from './selectCodes.ts';
import { tableFrom } from './tableFrom.ts';
import { fromTable, lookAtTable, type TrinoTable } from './trinoTable.ts';

const TRINO: Dialect = {
  md5: (text) => `lower(to_hex(md5(to_utf8(${text}))))`,
  typeFor: () => 'INTEGER',
  place: undefined,
};

const PARTS: Readonly<Record<Part, number>> = { learn: 0, judge: 1 };

/**
 * A table as numbers of a domain, where it lies: the cluster counts, only counts come here. Nothing is written there.
 * Refuses what lookAtTable refuses, `engine-exhausted`, `dataset-unreadable`, `value-outside-domain`; `field-missing` when rows are to be set aside or capped and no column tells whose they are.
 */
export async function codeTrino(table: TrinoTable, domain: Domain, options: CodeOptions): Promise<Result<CodedData>> {
  // Rows of a cluster have no order by which they could be set aside one by one.
  if (options.judge > 0 && options.subject === undefined) return refuse('field-missing', 'subject');
  const needed = [...domain.map(({ name }) => name), ...(options.subject === undefined ? [] : [options.subject.column])];
  const head = await lookAtTable(table, needed);
  if (!head.ok) return head;
  const codes = `(${selectCodes(fromTable(table), domain, { options, dialect: TRINO })}) codes`;
  try {
    const { ask } = await clusterOf(table);
    return await coded(codes, domain, ask);
  } catch (error) {
    return refusalOf(error);
  }
}

async function coded(codes: string, domain: Domain, ask: Ask): Promise<Result<CodedData>> {
  const [outside = []] = await numbersBy(ask, outsideSql(domain, codes));
  const refused = outsideIn(outside, domain);
  if (refused !== undefined) return refused;
  const sizes = domain.map(sizeOf);
  const parts = await numbersBy(ask, `SELECT part, count(*) FROM ${codes} GROUP BY part`);
  const rowsIn = (part: Part): number => parts.find(([which]) => which === PARTS[part])?.[1] ?? 0;
  return ok({
    sizes,
    rows: { learn: rowsIn('learn'), judge: rowsIn('judge') },
    count: async (columns, part, maps = []) => {
      const names = columns.map((column) => `c${column}`).join(', ');
      const sql = `SELECT ${names}, count(*) FROM ${codes} WHERE part = ${PARTS[part]} GROUP BY ${names}`;
      return tableFrom(await numbersBy(ask, sql), { columns, sizes, maps });
    },
    read: (part, limit) => readRows(ask, { codes, part, limit, width: domain.length }),
    close: () => {},
  });
}

async function readRows(
  ask: Ask,
  { codes, part, limit, width }: { readonly codes: string; readonly part: Part; readonly limit: number; readonly width: number },
): Promise<Rows> {
  const names = Array.from({ length: width }, (_, i) => `c${i}`).join(', ');
  const rows = await numbersBy(ask, `SELECT ${names} FROM ${codes} WHERE part = ${PARTS[part]} LIMIT ${limit}`);
  return Array.from({ length: width }, (_, column) => Uint16Array.from(rows, (row) => row[column] ?? 0));
}

async function numbersBy(ask: Ask, sql: string): Promise<readonly (readonly number[])[]> {
  return (await ask(sql)).map((row) => row.map(Number));
}

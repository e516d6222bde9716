import { ok, type Result, refuse } from '@comity/core';
import { type Domain, sizeOf } from '../domain/domain.ts';
import { quoteName, quoteText } from '../engine.ts';
import type { Rows } from '../synthesise/sample.ts';
import type { CodedData, CodeOptions, Part } from './codes.ts';
import { outsideIn } from './duckdb.ts';
import { type Dialect, outsideSql, selectCodes } from './selectCodes.ts';
import { tableFrom } from './tableFrom.ts';

/** A table on a cluster that speaks Trino's protocol. */
export interface TrinoTable {
  /** `http://host:port` of the coordinator. */
  readonly server: string;
  readonly user: string;
  readonly catalog: string;
  readonly schema: string;
  readonly table: string;
}

const TRINO: Dialect = {
  md5: (text) => `lower(to_hex(md5(to_utf8(${text}))))`,
  typeFor: () => 'INTEGER',
  place: undefined,
};

const PARTS: Readonly<Record<Part, number>> = { learn: 0, judge: 1 };
/** A worker that dies takes its queries along; the next try runs on those that are left. Only counts are asked for, so nothing is charged twice. */
const TRIES = 6;
const WAIT_MS = 2_000;

/** Reads `trino://user@host:port/catalog/schema/table` (`trinos://` over TLS); undefined for anything else. */
export function readTrinoTable(text: string): TrinoTable | undefined {
  const match = /^trino(s?):\/\/(?:([^@/]+)@)?([^/@]+)\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(text);
  if (match === null) return undefined;
  const [, tls, user = 'comity', host, catalog = '', schema = '', table = ''] = match;
  return { server: `http${tls}://${host}`, user, catalog, schema, table };
}

/**
 * A table as numbers of a domain, where it lies: the cluster counts, only counts come here. Nothing is written there.
 * Refuses `engine-unreachable`, `dataset-unknown`, `column-missing`, `value-outside-domain`; `field-missing` when rows are to be set aside or capped and no column tells whose they are.
 */
export async function codeTrino(table: TrinoTable, domain: Domain, options: CodeOptions): Promise<Result<CodedData>> {
  // Rows of a cluster have no order by which they could be set aside one by one.
  if (options.judge > 0 && options.subject === undefined) return refuse('field-missing', 'subject');
  const ask = await askerOf(table);
  try {
    const columns = (
      await ask(
        `SELECT column_name FROM information_schema.columns WHERE table_schema = ${quoteText(table.schema)} AND table_name = ${quoteText(table.table)}`,
      )
    ).map(([name]) => String(name));
    if (columns.length === 0) return refuse('dataset-unknown', 'table', { category: table.table, identifierType: 'dataset' });
    const needed = [...domain.map(({ name }) => name), ...(options.subject === undefined ? [] : [options.subject.column])];
    const absent = needed.find((name) => !columns.includes(name.toLowerCase()));
    if (absent !== undefined) return refuse('column-missing', absent, { column: absent });
    const from = `FROM ${[table.catalog, table.schema, table.table].map(quoteName).join('.')}`;
    return await coded(`(${selectCodes(from, domain, { options, dialect: TRINO })}) codes`, domain, ask);
  } catch {
    // What the engine says may quote data.
    return refuse('engine-unreachable', 'server');
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

type Ask = (sql: string) => Promise<readonly (readonly unknown[])[]>;

async function numbersBy(ask: Ask, sql: string): Promise<readonly (readonly number[])[]> {
  return (await ask(sql)).map((row) => row.map(Number));
}

/** Asks, and asks again when a worker was lost. A statement that is wrong is wrong each time, and fails at once. */
async function askerOf({ server, user, catalog, schema }: TrinoTable): Promise<Ask> {
  // Loaded when a cluster is asked: whoever reads files need not wait for it.
  const { BasicAuth, Trino } = await import('trino-client');
  const client = Trino.create({ server, catalog, schema, source: 'comity', auth: new BasicAuth(user) });
  const once = async (sql: string): Promise<readonly (readonly unknown[])[]> => {
    const rows: unknown[][] = [];
    for await (const { data, error } of await client.query(sql)) {
      if (error !== undefined) throw new QueryFailed(error.errorType);
      rows.push(...(data ?? []));
    }
    return rows;
  };
  return async (sql) => {
    for (let tried = 1; ; tried++) {
      try {
        return await once(sql);
      } catch (error) {
        const wrong = error instanceof QueryFailed && error.type === 'USER_ERROR';
        if (wrong || tried === TRIES) throw error;
        await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
      }
    }
  };
}

class QueryFailed extends Error {
  readonly type: string;
  constructor(type: string) {
    super(type);
    this.type = type;
  }
}

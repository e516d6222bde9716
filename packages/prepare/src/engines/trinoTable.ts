import { type Instant, ok, type Result, refuse, toInstant } from '@comity/core';
import type { SourceColumn } from '../check-source.ts';
import { quoteName, quoteText } from '../engine.ts';
import { type Cluster, clusterOf, QueryFailed, refusalOf } from './ask.ts';
import { duckdbType } from './trinoTypes.ts';

/** A table on a cluster that speaks Trino's protocol. */
export interface TrinoTable {
  /** `http://host:port` of the coordinator. */
  readonly server: string;
  readonly user: string;
  readonly catalog: string;
  readonly schema: string;
  readonly table: string;
}

/** A column as both engines know it: `type` is DuckDB's, as that of the same table in a file would be; `native` is the cluster's. */
export interface TableColumn extends SourceColumn {
  readonly native: string;
}

/** How a report names a table, which has no digest: it can change at any time, so that only its name and when it was looked at can be said. */
export interface TableSeen {
  /** `catalog.schema.table`. */
  readonly name: string;
  /** The cluster's engine and its version. */
  readonly engine: string;
  /** By the clock of the cluster. */
  readonly at: Instant;
}

/** What a table on a cluster says of itself; its rows were not read. */
export interface TableHead {
  readonly table: TrinoTable;
  readonly seen: TableSeen;
  readonly columns: readonly TableColumn[];
}

/** Reads `trino://user@host:port/catalog/schema/table` (`trinos://` over TLS); undefined for anything else. */
export function readTrinoTable(text: string): TrinoTable | undefined {
  const match = /^trino(s?):\/\/(?:([^@/]+)@)?([^/@]+)\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(text);
  if (match === null) return undefined;
  const [, tls, user = 'comity', host, catalog = '', schema = '', table = ''] = match;
  return { server: `http${tls}://${host}`, user, catalog, schema, table };
}

/** Whether something is a table on a cluster rather than a file. */
export function isTable<T extends object>(source: T | TableHead): source is TableHead {
  return 'seen' in source;
}

/** FROM clause of a table. */
export function fromTable({ catalog, schema, table }: TrinoTable): string {
  return `FROM ${[catalog, schema, table].map(quoteName).join('.')}`;
}

/**
 * The columns of a table, and which engine answers for it. The cluster does not tell capitals in names from small letters: a column bears the name
 * by which it is expected. Refuses `engine-unreachable`, `dataset-unknown` where there is no such table or nobody may see it, `column-missing`.
 */
export async function lookAtTable(table: TrinoTable, expected: readonly string[]): Promise<Result<TableHead>> {
  try {
    const cluster = await clusterOf(table);
    const read = await columnsOf(cluster, table);
    if (read.length === 0) return unknown(table);
    const columns = read.map((column) => ({
      ...column,
      name: expected.find((name) => sameName(name, column.name)) ?? column.name,
    }));
    const missing = expected.find((name) => !columns.some((column) => column.name === name));
    if (missing !== undefined) return refuse('column-missing', missing, { column: missing });
    const [[version, at] = []] = await cluster.ask(`SELECT version(), to_unixtime(current_timestamp)`);
    const name = [table.catalog, table.schema, table.table].join('.');
    const seen = { name, engine: `Trino ${String(version)}`, at: toInstant(Math.round(Number(at) * 1000)) };
    return ok({ table, seen, columns });
  } catch (error) {
    return error instanceof QueryFailed && error.type === 'USER_ERROR' ? unknown(table) : refusalOf(error);
  }
}

function unknown({ table }: TrinoTable): Result<never> {
  return refuse('dataset-unknown', 'table', { category: table, identifierType: 'dataset' });
}

const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

async function columnsOf({ ask }: Cluster, { schema, table }: TrinoTable): Promise<readonly TableColumn[]> {
  const where = `table_schema = lower(${quoteText(schema)}) AND table_name = lower(${quoteText(table)})`;
  const rows = await ask(
    `SELECT column_name, data_type FROM information_schema.columns WHERE ${where} ORDER BY ordinal_position`,
  );
  return rows.map(([name, native]) => ({ name: String(name), type: duckdbType(String(native)), native: String(native) }));
}

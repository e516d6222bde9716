import { type DuckDBConnection, DuckDBDataChunk, VARCHAR } from '@duckdb/node-api';
import type { SourceHead } from '../check-source.ts';
import { type OpenFile, openFile, quoteName } from '../engine.ts';
import { MEMORY_TABLE } from '../source-sql.ts';
import type { TrinoRow } from './ask.ts';
import type { TableHead } from './trinoTable.ts';
import { readText } from './trinoTypes.ts';

/** Rows of a cluster's table in the memory of the node's own engine, where they are treated as those of a file. Nothing of them reaches a disk. */
export interface MemoryTable extends OpenFile {
  /** The table as a source: statements that read a file read it. */
  readonly source: SourceHead;
  /** Takes rows, texts in the order of the names, in place of those that were there. */
  readonly replace: (rows: readonly TrinoRow[]) => Promise<void>;
  /** Takes rows in addition. */
  readonly add: (rows: readonly TrinoRow[]) => Promise<void>;
}

interface Opening {
  /** The columns that come, by their names. */
  readonly names: readonly string[];
  /** Whether behind them comes in how many rows they stand so: the source then has each row that often. */
  readonly counted?: boolean;
  readonly settings?: readonly string[];
}

const ROWS = 'comity_rows';
/** Rows of one chunk of the engine. */
const CHUNK = 2_048;

/** Opens an empty table for some columns of a cluster's table. Its caller must close it. */
export async function openMemoryTable(head: TableHead, { names, counted = false, settings = [] }: Opening): Promise<MemoryTable> {
  const source = memorySource(head);
  const file = await openFile(source.path, settings);
  const { connection } = file;
  try {
    await emptyRows(connection, names.length);
    const cells = names.map((name, i) => `${readText(`c${i}`, typeIn(head, name))} AS ${quoteName(name)}`);
    const times = counted ? `, range(CAST(c${names.length} AS BIGINT))` : '';
    await connection.run(`CREATE VIEW ${MEMORY_TABLE} AS SELECT ${cells.join(', ')} FROM ${ROWS}${times}`);
  } catch (error) {
    file.close();
    throw error;
  }
  const width = names.length + 1;
  return {
    ...file,
    source,
    replace: async (rows) => {
      await emptyRows(connection, names.length);
      await append(connection, rows, width);
    },
    add: (rows) => append(connection, rows, width),
  };
}

function typeIn({ columns }: TableHead, name: string): string {
  return columns.find((column) => column.name === name)?.type ?? 'VARCHAR';
}

/** A table as statements over a file name their source. Its path is the table's address, where no file can be. */
export function memorySource({ seen, columns }: TableHead): SourceHead {
  return { path: `trino://${seen.name}`, format: 'table', delimiter: null, columns, bytes: 0, modified: 0 };
}

async function emptyRows(connection: DuckDBConnection, count: number): Promise<void> {
  const columns = Array.from({ length: count + 1 }, (_, i) => `c${i} VARCHAR`);
  await connection.run(`CREATE OR REPLACE TABLE ${ROWS} (${columns.join(', ')})`);
}

async function append(connection: DuckDBConnection, rows: readonly TrinoRow[], width: number): Promise<void> {
  const appender = await connection.createAppender(ROWS);
  const types = Array.from({ length: width }, () => VARCHAR);
  try {
    for (let from = 0; from < rows.length; from += CHUNK) {
      const chunk = DuckDBDataChunk.create(types);
      chunk.setRows(rows.slice(from, from + CHUNK).map((row) => types.map((_, i) => textOf(row[i]))));
      appender.appendDataChunk(chunk);
    }
    appender.flushSync();
  } finally {
    appender.closeSync();
  }
}

const textOf = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));

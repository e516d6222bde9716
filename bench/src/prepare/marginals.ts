import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { childSpent } from '../seal/child.ts';
import { comparison } from '../sheet.ts';
import { DUCKDB_MISSING, findDuckdb } from './duckdbCli.ts';
import type { Part } from './part.ts';

/** How many values each column has. */
export const SIZES = [2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 30, 40, 60, 80, 100];

/** What the program beside this file says of itself. */
interface Counted {
  readonly seconds: number;
  readonly tables: number;
  readonly megabytes: number;
}

/** Coding a table into small numbers and counting every column and every pair of columns: what a synthesis asks of the data. */
export const marginalsPart: Part = async (dir, rows) => {
  const path = join(dir, 'table.parquet');
  await makeTable(path, rows);
  const done = spawnSync(process.execPath, [join(import.meta.dirname, 'countAll.ts'), path], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(done.stderr);
  const ours: Counted = JSON.parse(done.stdout);
  const peer = findDuckdb();
  const theirs = peer === undefined ? undefined : childSpent(peer.program, ['-c', `SET threads = 2; ${peerSql(path)}`]);
  return {
    input: `marginals: ${rows} rows of ${SIZES.length} categories of 2 to 100 values (Parquet); ${ours.tables} tables of one and two columns; once, after the source was checked`,
    versions: peer === undefined ? {} : { 'DuckDB program': peer.version },
    figures: [
      comparison('marginals: code and count', 's', {
        ours: ours.seconds,
        peer: { name: 'DuckDB program', value: theirs?.wall ?? null },
      }),
      comparison('marginals: memory at most', 'MB', { ours: ours.megabytes, peer: { name: '-', value: null } }),
    ],
    notes: [
      'Marginals: the peer codes the columns as ENUM, which it finds by reading the values, and groups by each column and pair; ours codes by a declared domain and refuses a value outside it.',
      ...(peer === undefined ? [DUCKDB_MISSING] : []),
    ],
  };
};

async function makeTable(path: string, rows: number): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '2GB' });
  const connection = await instance.connect();
  const columns = SIZES.map((size, i) => `'value-' || (hash(range * ${i + 1} + ${i}) % ${size})::INTEGER AS c${i}`);
  await connection.run(`COPY (SELECT ${columns.join(', ')} FROM range(${rows})) TO '${path}' (FORMAT parquet, COMPRESSION zstd)`);
  connection.closeSync();
  instance.closeSync();
}

function peerSql(path: string): string {
  const types = SIZES.map((_, i) => `CREATE TYPE e${i} AS ENUM (SELECT DISTINCT c${i} FROM read_parquet('${path}') ORDER BY 1);`);
  const coded = SIZES.map((_, i) => `CAST(c${i} AS e${i}) AS c${i}`).join(', ');
  const groups = SIZES.flatMap((_, a) =>
    SIZES.flatMap((_, b) => {
      if (b < a) return [];
      const columns = a === b ? `c${a}` : `c${a}, c${b}`;
      return [`CREATE OR REPLACE TEMP TABLE t AS SELECT ${columns}, count(*) FROM codes GROUP BY ${columns};`];
    }),
  );
  return `${types.join(' ')} CREATE TEMP TABLE codes AS SELECT ${coded} FROM read_parquet('${path}'); ${groups.join(' ')}`;
}

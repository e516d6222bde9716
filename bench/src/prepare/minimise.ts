import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
// How a cell is brought into the form in which it is compared: the peer is given the same expression. It is no part of the package's public door.
import { identifierColumn } from '../../../packages/prepare/src/match-sql.ts';
import { median, type Spent } from '../measure.ts';
import { childSpent } from '../seal/child.ts';
import { comparison, type Figure } from '../sheet.ts';
import { DUCKDB_MISSING, type DuckdbCli, findDuckdb } from './duckdbCli.ts';
import type { Part } from './part.ts';

const RUNS = 3;
const ITEMS = 1_000;
const PERIOD = { from: '2026-02-01T00:00:00Z', until: '2026-05-01T00:00:00Z' };
const COLUMNS = ['email', 'at', 'ip', 'port', 'bytes', 'cell', 'service', 'note'];
const COMITY = join(import.meta.dirname, '..', '..', '..', 'packages', 'cli', 'bin', 'comity.js');

/** A thousand people's connections within three months out of a table of all, each side as a whole program from start to end. */
export const minimisePart: Part = async (dir, rows) => {
  await makeTables(dir, rows);
  writeFileSync(join(dir, 'items.json'), JSON.stringify(itemsOf()));
  writeFileSync(join(dir, 'ids.csv'), `v\n${Array.from({ length: ITEMS }, (_, i) => personOf(i)).join('\n')}\n`);
  const peer = findDuckdb();
  const figures: Figure[] = [];
  for (const format of ['parquet', 'csv'] as const) figures.push(...compare(dir, format, peer));
  return {
    input: `minimise: ${rows} rows of ${COLUMNS.length} columns (CSV of ${statSync(join(dir, 'table.csv')).size} bytes, Parquet of ${statSync(join(dir, 'table.parquet')).size}), ${ITEMS} identifiers, three months; median of ${RUNS}, sides in turn, 2 threads, whole programs`,
    versions: peer === undefined ? {} : { 'DuckDB program': peer.version },
    figures,
    notes: [
      'Minimise: both write the same rows; ours in the order of the source, the peer, which joins on two threads, in none. Beside `rows and reasons` the peer also counts all rows, those of others, those outside the period and those with an unreadable time, for which it reads the file again; beside `rows` it does not. Ours reads each row once (of Parquet, rows outside all periods by two columns alone), counts for each item too, hashes source and result, and finds that the source stayed the same.',
      ...(peer === undefined ? [DUCKDB_MISSING] : []),
    ],
  };
};

function personOf(i: number): string {
  return `user${i * 7}@mail.example`;
}

function itemsOf(): object {
  return {
    v: 1,
    identifier: { column: 'email', type: 'email' },
    period: { column: 'at' },
    columns: COLUMNS.map((name) => ({ name, reason: 'in-category' })),
    items: Array.from({ length: ITEMS }, (_, i) => ({ id: String(i), value: personOf(i), ...PERIOD })),
  };
}

async function makeTables(dir: string, rows: number): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '2GB' });
  const connection = await instance.connect();
  const step = Math.floor((182 * 86_400_000_000) / rows);
  const any = (i: number, below: number): string => `(hash(range + ${i}) % ${below})::INTEGER`;
  await connection.run(`SET TimeZone = 'UTC'`);
  await connection.run(`COPY (SELECT 'user' || ${any(0, 200_000)} || '@mail.example' AS email,
    TIMESTAMPTZ '2026-01-01 00:00:00Z' + to_microseconds(range * ${step}) AS at,
    '10.' || ${any(1, 250)} || '.' || ${any(2, 250)} || '.' || ${any(3, 250)} AS ip, ${any(4, 65_536)} AS port,
    ${any(5, 1_000_000)} AS bytes, 'cell-' || ${any(6, 5_000)} AS cell, ['web', 'mail', 'voice', 'video'][1 + ${any(7, 4)}] AS service,
    'note, with "quotes" ' || ${any(8, 1_000)} AS note FROM range(${rows})) TO '${join(dir, 'table.parquet')}' (FORMAT parquet, COMPRESSION zstd)`);
  await connection.run(`COPY (SELECT * REPLACE (strftime("at", '%Y-%m-%dT%H:%M:%S.%fZ') AS "at")
    FROM read_parquet('${join(dir, 'table.parquet')}')) TO '${join(dir, 'table.csv')}' (FORMAT csv, HEADER)`);
  connection.closeSync();
  instance.closeSync();
}

type Format = 'csv' | 'parquet';

function compare(dir: string, format: Format, peer: DuckdbCli | undefined): readonly Figure[] {
  const [ours, bare, whole]: [Spent[], Spent[], Spent[]] = [[], [], []];
  const out = join(dir, 'ours.csv');
  const args = [COMITY, 'minimise', join(dir, `table.${format}`), '--items', join(dir, 'items.json'), '-o', out, '--force'];
  for (let i = 0; i <= RUNS; i++) {
    const mine = childSpent(process.execPath, args);
    const theirs =
      peer === undefined ? undefined : { bare: runPeer(peer, rowsSql(dir, format)), whole: runPeer(peer, wholeSql(dir, format)) };
    // The first round warms both sides up.
    if (i === 0) continue;
    ours.push(mine);
    if (theirs !== undefined) bare.push(theirs.bare);
    if (theirs !== undefined) whole.push(theirs.whole);
  }
  if (peer !== undefined) proveSame(dir, format);
  rmSync(out);
  const figure = (what: string, unit: 's' | 'CPU s', theirs: readonly Spent[]): Figure => {
    const of = (spent: readonly Spent[]): number => median(spent.map(({ wall, cpu }) => (unit === 's' ? wall : cpu)));
    return comparison(`minimise ${format}: ${what}`, unit, {
      ours: of(ours),
      peer: { name: 'DuckDB program', value: theirs.length === 0 ? null : of(theirs) },
    });
  };
  return (['s', 'CPU s'] as const).flatMap((unit) => [figure('rows and reasons', unit, whole), figure('rows', unit, bare)]);
}

function runPeer({ program }: DuckdbCli, sql: string): Spent {
  return childSpent(program, ['-c', `SET threads = 2; SET TimeZone = 'UTC'; ${sql}`]);
}

function sourceSql(dir: string, format: Format): string {
  const path = join(dir, `table.${format}`);
  return format === 'parquet'
    ? `read_parquet('${path}')`
    : `read_csv('${path}', header = true, delim = ',', quote = '"', all_varchar = true)`;
}

function conditions(dir: string): { readonly match: string; readonly inside: string } {
  const column = identifierColumn({ column: 'email', type: 'email' }, [{ name: 'email', type: 'VARCHAR' }]);
  if (!column.ok) throw new Error(column.refusal.code);
  const at = 'TRY_CAST("at" AS TIMESTAMPTZ)';
  return {
    match: `${column.value.sameForm('email')} IN (SELECT v FROM read_csv('${join(dir, 'ids.csv')}'))`,
    inside: `${at} >= TIMESTAMPTZ '${PERIOD.from}' AND ${at} < TIMESTAMPTZ '${PERIOD.until}'`,
  };
}

function rowsSql(dir: string, format: Format): string {
  const { match, inside } = conditions(dir);
  const columns = COLUMNS.map((name) => `"${name}"`).join(', ');
  return `COPY (SELECT ${columns} FROM ${sourceSql(dir, format)} WHERE ${match} AND ${inside}) TO '${join(dir, 'theirs.csv')}' (FORMAT csv, HEADER)`;
}

function wholeSql(dir: string, format: Format): string {
  const { match, inside } = conditions(dir);
  const counts = ['NOT m', 'm AND t IS NULL', `m AND t IS NOT NULL AND NOT i`].map(
    (condition) => `count(*) FILTER (WHERE ${condition})`,
  );
  const rows = `SELECT ${match} AS m, TRY_CAST("at" AS TIMESTAMPTZ) AS t, ${inside} AS i FROM ${sourceSql(dir, format)}`;
  return `SELECT count(*), ${counts.join(', ')} FROM (${rows}); ${rowsSql(dir, format)}`;
}

/** Both wrote the same rows; of Parquet, where each writes times in its own way, as many. The peer's come in any order. Throws when not. */
function proveSame(dir: string, format: Format): void {
  const [ours, theirs] = ['ours.csv', 'theirs.csv'].map((name) => readFileSync(join(dir, name), 'utf8').split(/\r?\n/u).sort());
  const same = format === 'csv' ? ours?.join('\n') === theirs?.join('\n') : ours?.length === theirs?.length;
  if (!same) throw new Error('the two sides did not write the same rows');
}

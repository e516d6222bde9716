import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { transfersSql } from './bank-sql.ts';
import { claimsSql } from './hospital-sql.ts';
import { accountsSql, connectionsSql, messagesSql } from './provider-sql.ts';

/** Raise it when the data change; older files are then made again. */
export const VERSION = 2;
const NAMES = ['accounts', 'connections', 'messages', 'claims', 'transfers'] as const;

/** Paths of the Parquet files. */
export type DatasetFiles = Readonly<Record<(typeof NAMES)[number], string>>;

/**
 * The datasets of the sandbox's organisations: invented people, the same on every machine, no network. Makes what is not there or not
 * whole; a marker, written last, says which version and how many bytes each file has.
 */
export async function buildDatasets(dir: string): Promise<DatasetFiles> {
  const files: DatasetFiles = {
    accounts: join(dir, 'accounts.parquet'),
    connections: join(dir, 'connections.parquet'),
    messages: join(dir, 'messages.parquet'),
    claims: join(dir, 'claims.parquet'),
    transfers: join(dir, 'transfers.parquet'),
  };
  const marker = join(dir, 'made.json');
  if (await isWhole(files, marker)) return files;
  await mkdir(dir, { recursive: true });
  await make(files);
  await writeFile(marker, await markerOf(files));
  return files;
}

async function isWhole(files: DatasetFiles, marker: string): Promise<boolean> {
  try {
    return (await readFile(marker, 'utf8')) === (await markerOf(files));
  } catch {
    // A file or the marker is not there.
    return false;
  }
}

async function markerOf(files: DatasetFiles): Promise<string> {
  const sizes = await Promise.all(NAMES.map(async (name) => [name, (await stat(files[name])).size] as const));
  return `${JSON.stringify({ version: VERSION, bytes: Object.fromEntries(sizes) })}\n`;
}

async function make(files: DatasetFiles): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '2',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  const write = async (query: string, path: string): Promise<void> => {
    await connection.run(`COPY (${query}) TO '${path.replaceAll("'", "''")}.part' (FORMAT parquet, COMPRESSION snappy)`);
    await rename(`${path}.part`, path);
  };
  try {
    await connection.run(`SET TimeZone = 'UTC'`);
    await connection.run(`CREATE TEMP TABLE accounts AS ${accountsSql()}`);
    await write('SELECT * FROM accounts', files.accounts);
    await write(connectionsSql(), files.connections);
    await write(messagesSql(), files.messages);
    await write(claimsSql(), files.claims);
    await write(transfersSql(), files.transfers);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

import { spawnSync } from 'node:child_process';

/** DuckDB's own program; it is no dependency of the project. */
export interface DuckdbCli {
  readonly program: string;
  readonly version: string;
}

export const DUCKDB_MISSING =
  'The DuckDB program is not here. It comes with `pip install duckdb-cli==1.5.6`; say where: DUCKDB=…/bin/duckdb.';

/** The program that `DUCKDB` names, or the one of this machine; undefined when there is none. */
export function findDuckdb(): DuckdbCli | undefined {
  const program = process.env['DUCKDB'] ?? 'duckdb';
  const done = spawnSync(program, ['--version'], { encoding: 'utf8' });
  return done.status === 0 ? { program, version: done.stdout.trim() } : undefined;
}

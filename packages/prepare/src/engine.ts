import { type DuckDBConnection, DuckDBInstance, version } from '@duckdb/node-api';

/**
 * Runs work on a private in-memory DuckDB that may read one file and nothing else.
 *
 * INVARIANT: no plaintext reaches a disk. The database has no file; `temp_directory` is empty and its size limit zero, so a query that
 * does not fit in memory fails instead of spilling; external access is off but for the given path, which also forbids COPY TO;
 * extensions are neither fetched nor loaded; and `lock_configuration` comes last, so that no later statement can undo any of it.
 */
export async function withFile<T>(path: string, work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  const { connection, close } = await openFile(path);
  try {
    return await work(connection);
  } finally {
    close();
  }
}

export interface OpenFile {
  readonly connection: DuckDBConnection;
  readonly close: () => void;
}

/** As withFile, for a caller that streams; it must call `close`. `settings` are made before the configuration is locked. */
export async function openFile(path: string, settings: readonly string[] = []): Promise<OpenFile> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '2',
    memory_limit: '512MB',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  const close = (): void => {
    connection.closeSync();
    instance.closeSync();
  };
  try {
    for (const setting of [...settings, ...settingsFor(path)]) await connection.run(setting);
  } catch (error) {
    close();
    throw error;
  }
  return { connection, close };
}

function settingsFor(path: string): readonly string[] {
  return [
    `SET temp_directory = ''`,
    `SET max_temp_directory_size = '0B'`,
    // Rows leave in the order in which the source holds them, whatever the number of threads.
    `SET preserve_insertion_order = true`,
    `SET TimeZone = 'UTC'`,
    // SET takes no bound parameter; the path is the catalogue's, never a value that somebody asks for.
    `SET allowed_paths = [${quoteText(path)}]`,
    `SET enable_external_access = false`,
    `SET lock_configuration = true`,
  ];
}

/** The engine and its version, as reports name it. */
export function engineName(): string {
  return `DuckDB ${version()}`;
}

/** Whether the engine failed because its memory did not suffice: it has no disk to put anything on. */
export function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && /out of memory/i.test(error.message);
}

/** A column name as SQL writes it. Callers check it against the source's shape first. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text literal, for names and settings only; values that somebody asks for are bound. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

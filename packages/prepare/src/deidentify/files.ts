import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { quoteText } from '../engine.ts';

/** A file that is written beside its name, and takes it only when it is whole. */
export interface Partial {
  readonly path: string;
  readonly write: (text: string) => Promise<void>;
  /** Closes it and gives it the name. */
  readonly keep: () => Promise<void>;
  /** Closes it for reading. */
  readonly close: () => Promise<void>;
  /** Removes what there is of it. */
  readonly discard: () => Promise<void>;
}

/** Hears the name of each file that is written beside the output, so that it can be removed should the program be ended. */
export type OnPartial = (path: string) => void;

/** Opens a file beside the name, readable by its owner alone. It ends in `.csv`, so that it can be checked like any other. */
export async function openPartial(output: string, onPartial: OnPartial = () => {}): Promise<Partial> {
  const path = besideName(output, 'csv');
  onPartial(path);
  const file = await open(path, 'wx', 0o600);
  let isOpen = true;
  const close = async (): Promise<void> => {
    if (!isOpen) return;
    isOpen = false;
    await file.sync();
    await file.close();
  };
  return {
    path,
    write: async (text) => {
      await file.write(text);
    },
    close,
    keep: async () => {
      await close();
      await rename(path, output);
    },
    discard: async () => {
      await close();
      await rm(path, { force: true });
    },
  };
}

function besideName(output: string, extension: string): string {
  return `${output}.${randomBytes(4).toString('hex')}.partial.${extension}`;
}

interface Turned {
  readonly output: string;
  readonly columns: readonly string[];
  readonly onPartial: OnPartial | undefined;
}

/**
 * Turns a CSV file, all of whose columns are text, into a Parquet file of that name: written beside it, then renamed. The engine may read the one file
 * and write the other, and nothing else.
 */
export async function toParquet(csv: string, { output, columns, onPartial = () => {} }: Turned): Promise<void> {
  const path = besideName(output, 'parquet');
  onPartial(path);
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '2',
    memory_limit: '512MB',
    autoinstall_known_extensions: 'false',
  });
  const connection = await instance.connect();
  const types = columns.map((name) => `${quoteText(name)}: 'VARCHAR'`).join(', ');
  try {
    await connection.run(`SET temp_directory = ''`);
    await connection.run(`SET preserve_insertion_order = true`);
    await connection.run(`SET allowed_paths = [${quoteText(csv)}, ${quoteText(path)}]`);
    await connection.run(`SET enable_external_access = false`);
    await connection.run(
      `COPY (SELECT * FROM read_csv(${quoteText(csv)}, auto_detect = false, header = true, strict_mode = true, delim = ',', quote = '"',
        escape = '"', columns = {${types}})) TO ${quoteText(path)} (FORMAT parquet, COMPRESSION zstd)`,
    );
    await rename(path, output);
  } finally {
    connection.closeSync();
    instance.closeSync();
    await rm(path, { force: true });
  }
}

/** SHA-256 of a file, hexadecimal. */
export async function digestOfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}

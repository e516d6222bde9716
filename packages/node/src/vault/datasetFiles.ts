import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ok, type Result, refuse } from '@comity/core';
import { syncFolder } from '../disk.ts';

/**
 * Files that this office prepares, and what was made of them. They are its own data, readable by the node's user alone, as those are that its catalogue names;
 * what leaves is sealed in passing. Each goes when its time is over.
 */
export interface DatasetFiles {
  /** Where a file stands, or will. */
  readonly pathOf: (name: string) => string;
  /** Writes a file whole or not at all. Errors: `storage-full`, `body-too-large`. */
  readonly write: (name: string, bytes: AsyncIterable<Uint8Array | string>, most?: number) => Promise<Result<null>>;
  readonly read: (path: string) => NodeJS.ReadableStream;
  readonly remove: (path: string) => Promise<void>;
  /** Paths of files, half-written ones too, that have not changed since a time (milliseconds since 1970). */
  readonly restingSince: (time: number) => Promise<readonly string[]>;
}

const NAME = /^[0-9a-z-]{1,80}\.(csv|parquet|json|arrow)$/;

/** Files in a folder. */
export function openDatasetFiles(dir: string): DatasetFiles {
  const pathOf = (name: string): string => join(dir, NAME.test(name) ? name : 'not-a-name.csv');
  return {
    pathOf,
    write: async (name, bytes, most) => {
      await mkdir(dir, { recursive: true, mode: 0o700 });
      const path = pathOf(name);
      const written = await writeAll(`${path}.part`, bytes, most);
      if (!written.ok) return written;
      await rename(`${path}.part`, path);
      await syncFolder(dir);
      return written;
    },
    read: (path) => createReadStream(path),
    // Only what stands here is ours to remove.
    remove: async (path) => (path.startsWith(`${dir}/`) ? rm(path, { force: true }) : undefined),
    restingSince: async (time) => {
      const paths = (await readdir(dir).catch(() => [])).map((name) => join(dir, name));
      const looked = await Promise.all(
        paths.map(async (path) => ({ path, at: (await stat(path).catch(() => undefined))?.mtimeMs ?? time })),
      );
      return looked.filter(({ at }) => at < time).map(({ path }) => path);
    },
  };
}

class TooLarge extends Error {}

async function writeAll(
  path: string,
  bytes: AsyncIterable<Uint8Array | string>,
  most: number | undefined,
): Promise<Result<null>> {
  try {
    await pipeline(limited(bytes, most), createWriteStream(path, { mode: 0o600, flush: true }));
    return ok(null);
  } catch (error) {
    await rm(path, { force: true });
    if (error instanceof TooLarge) return refuse('body-too-large', 'size', { size: most ?? 0 });
    if (error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT'))
      return refuse('storage-full');
    throw error;
  }
}

async function* limited(
  bytes: AsyncIterable<Uint8Array | string>,
  most: number | undefined,
): AsyncGenerator<Uint8Array | string> {
  let size = 0;
  for await (const piece of bytes) {
    size += piece.length;
    if (most !== undefined && size > most) throw new TooLarge();
    yield piece;
  }
}

import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ok, type Result, refuse } from '@comity/core';
import { isMissing } from '../disk.ts';

/** Sealed files that have come in part, each growing at its end; what they are is known only at their last byte. INVARIANT: only ciphertext is handed in. */
export interface Partials {
  /** How many bytes of a file are here; 0 when none are. */
  readonly sizeOf: (name: string) => Promise<number>;
  /**
   * Adds bytes at an offset, which must be where the file ends; gives its new size. What came before the source broke off stays, and the error goes on. Errors: `upload-offset`
   * with the size, `body-too-large` when more than `most` bytes come (none of these stays), `storage-full`.
   */
  readonly append: (name: string, at: Span, bytes: AsyncIterable<Uint8Array>) => Promise<Result<number>>;
  readonly read: (name: string) => AsyncIterable<Uint8Array>;
  readonly remove: (name: string) => Promise<void>;
  /** Names of files that have not grown since a time (milliseconds since 1970). */
  readonly restingSince: (time: number) => Promise<readonly string[]>;
}

export interface Span {
  readonly from: number;
  /** Bytes that the whole file may have. */
  readonly most: number;
}

const PART = '.part';
const NAME = /^[0-9a-z-]{1,80}$/;

/** Partial files in a folder, which outlive a restart. */
export function openPartials(dir: string): Partials {
  const pathOf = (name: string): string => join(dir, `${NAME.test(name) ? name : 'not-a-name'}${PART}`);
  const growing = new Set<string>();
  return {
    sizeOf: (name) => sizeAt(pathOf(name)),
    append: async (name, span, bytes) => {
      if (growing.has(name)) return refuse('busy');
      growing.add(name);
      try {
        await mkdir(dir, { recursive: true, mode: 0o700 });
        return await appendTo(pathOf(name), span, bytes);
      } finally {
        growing.delete(name);
      }
    },
    read: (name) => createReadStream(pathOf(name)),
    remove: (name) => rm(pathOf(name), { force: true }),
    restingSince: (time) => resting(dir, time),
  };
}

async function sizeAt(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (isMissing(error)) return 0;
    throw error;
  }
}

async function appendTo(path: string, { from, most }: Span, bytes: AsyncIterable<Uint8Array>): Promise<Result<number>> {
  const size = await sizeAt(path);
  if (size !== from) return refuse('upload-offset', 'offset', { offset: size });
  const file = await open(path, 'a', 0o600);
  let end = size;
  try {
    for await (const piece of bytes) {
      if (end + piece.length > most) {
        await file.truncate(size);
        return refuse('body-too-large', 'size', { size: most });
      }
      await file.writeFile(piece);
      end += piece.length;
    }
    return ok(end);
  } catch (error) {
    if (isFull(error)) return refuse('storage-full');
    throw error;
  } finally {
    await file.sync();
    await file.close();
  }
}

async function resting(dir: string, time: number): Promise<readonly string[]> {
  const names = (await readdir(dir).catch(() => [])).filter((name) => name.endsWith(PART));
  const looked = await Promise.all(
    names.map(async (name) => ({ name, at: (await stat(join(dir, name)).catch(() => undefined))?.mtimeMs ?? time })),
  );
  return looked.filter(({ at }) => at < time).map(({ name }) => name.slice(0, -PART.length));
}

function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}

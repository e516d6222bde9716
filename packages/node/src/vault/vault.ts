import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync } from 'node:fs';
import { open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ok, type Result, refuse } from '@comity/core';

/** Keeps sealed payloads as files named by the SHA-256 of their bytes. INVARIANT: only ciphertext is ever handed to it. */
export interface Vault {
  readonly put: (bytes: AsyncIterable<Uint8Array>) => Promise<Result<{ readonly sha256: string; readonly size: number }>>;
  /** Takes the bytes only when they have this digest; otherwise nothing is kept. */
  readonly putExactly: (bytes: AsyncIterable<Uint8Array>, sha256: string) => Promise<Result<{ readonly size: number }>>;
  /** The bytes from one on; undefined when they are not here. Read from the first one to the end, they are those of the name, or reading throws. */
  readonly read: (sha256: string, from?: number) => Promise<AsyncIterable<Uint8Array> | undefined>;
  readonly has: (sha256: string) => Promise<boolean>;
  readonly remove: (sha256: string) => Promise<boolean>;
  readonly list: () => Promise<readonly string[]>;
}

/** A name: SHA-256, hexadecimal. */
export const NAME: RegExp = /^[0-9a-f]{64}$/;

/** A vault in a folder. What was cut off by a crash is left as `.part` and cleared at the next start, unless it is opened beside somebody who may be writing. */
export async function openVault(dir: string, beside: boolean = false): Promise<Vault> {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  for (const name of beside ? [] : await readdir(dir)) if (name.endsWith('.part')) await rm(join(dir, name), { force: true });
  const path = (sha256: string): string => join(dir, NAME.test(sha256) ? sha256 : 'not-a-digest');
  let parts = 0;
  const write = async (
    bytes: AsyncIterable<Uint8Array>,
    expected?: string,
  ): Promise<Result<{ sha256: string; size: number }>> => {
    parts += 1;
    const part = join(dir, `${process.pid}-${parts}.part`);
    const written = await writePart(part, bytes);
    const fits = written.ok && (expected === undefined || written.value.sha256 === expected);
    if (!fits) await rm(part, { force: true });
    else await rename(part, path(written.value.sha256));
    return fits || !written.ok ? written : refuse('payload-altered');
  };
  return {
    put: (bytes) => write(bytes),
    putExactly: (bytes, sha256) => write(bytes, sha256),
    read: async (sha256, start = 0) => (existsSync(path(sha256)) ? createReadStream(path(sha256), { start }) : undefined),
    has: async (sha256) => existsSync(path(sha256)),
    remove: async (sha256) => {
      const there = existsSync(path(sha256));
      await rm(path(sha256), { force: true });
      return there;
    },
    list: async () => (await readdir(dir)).filter((name) => NAME.test(name)),
  };
}

async function writePart(part: string, bytes: AsyncIterable<Uint8Array>): Promise<Result<{ sha256: string; size: number }>> {
  const digest = createHash('sha256');
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of bytes) {
      digest.update(chunk);
      yield chunk;
    }
  };
  try {
    // Opened before anything is read, so that nothing can appear after a failure was cleaned up.
    const file = await open(part, 'w', 0o600);
    try {
      await file.writeFile(counted());
      await file.sync();
      return ok({ sha256: digest.digest('hex'), size: (await file.stat()).size });
    } finally {
      await file.close();
    }
  } catch (error) {
    await rm(part, { force: true });
    if (isFull(error)) return refuse('storage-full');
    throw error;
  }
}

function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}

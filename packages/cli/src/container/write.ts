import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ok, type Result } from '@comity/core';
import { ContainerFailure } from '@comity/formats/container';

/** Writes a stream to a file that is there whole or not at all, readable by its owner alone. What was there before is replaced. */
export async function writeWhole(bytes: AsyncIterable<Uint8Array>, file: string): Promise<Result<string>> {
  const part = `${file}.part`;
  try {
    await pipeline(Readable.from(bytes, { objectMode: true }), createWriteStream(part, { mode: 0o600 }));
    await rename(part, file);
    return ok(file);
  } catch (error) {
    await rm(part, { force: true });
    if (error instanceof ContainerFailure) return { ok: false, refusal: error.refusal };
    throw error;
  }
}

import { ok, type Result } from '@comity/core';
import { ContainerFailure } from './faults.ts';
import { type Hashes, measured } from './hashes.ts';
import type { Container } from './read-container.ts';
import { readEntry } from './zip/read-entry.ts';

/** SHA-256 of every file of a container, in one pass. Refuses `container-invalid` for a file whose bytes are not what the archive says. */
export async function digestFiles(hashes: Hashes, { zip }: Container): Promise<Result<ReadonlyMap<string, Uint8Array>>> {
  const digests = new Map<string, Uint8Array>();
  for (const entry of zip.files) {
    const passing = measured(hashes, readEntry(hashes, zip, entry));
    try {
      for await (const _ of passing.bytes);
    } catch (error) {
      if (error instanceof ContainerFailure) return { ok: false, refusal: error.refusal };
      throw error;
    }
    digests.set(entry.name, passing.result().sha256);
  }
  return ok(digests);
}

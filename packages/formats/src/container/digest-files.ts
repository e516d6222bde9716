import { equalBytes, ok, type Result, refuse } from '@comity/core';
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

/** Refuses `container-altered`, with the file, when one is not what some manifest says. A file that is no longer there alters nothing. */
export function checkDigests({ manifests }: Container, digests: ReadonlyMap<string, Uint8Array>): Result<'as-signed'> {
  for (const { name, sha256 } of manifests.flatMap((manifest) => manifest.files)) {
    const found = digests.get(name);
    if (found !== undefined && !equalBytes(found, sha256)) return refuse('container-altered', name);
  }
  return ok('as-signed');
}

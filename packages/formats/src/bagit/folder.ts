import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { ok, type Result, refuse } from '@comity/core';
import type { BagSource } from './check-bag.ts';

/** A folder as a bag. Links and the like are refused (`field-invalid`), so that nothing outside is read. */
export async function bagInFolder(dir: string): Promise<Result<BagSource>> {
  try {
    const entries = await readdir(dir, { recursive: true, withFileTypes: true });
    const strange = entries.find((entry) => !entry.isFile() && !entry.isDirectory());
    if (strange !== undefined) return refuse('field-invalid', join(strange.parentPath, strange.name), { kind: 'file' });
    const files = entries.filter((entry) => entry.isFile()).map((entry) => relative(dir, join(entry.parentPath, entry.name)));
    const paths = files.map((path) => path.split(sep).join('/')).sort();
    return ok({ paths, read: (path) => createReadStream(join(dir, ...path.split('/'))) });
  } catch {
    // Missing, no folder, or not ours to read.
    return refuse('not-found', dir);
  }
}

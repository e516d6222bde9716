import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The repository that this program lies in; commands that need more of it than the packages look here. */
export const ROOT = resolve(import.meta.dirname, '..', '..', '..');

/** Compiled packs that come with the program. */
export const PACKS = join(ROOT, 'law', 'packs');

/** A file of the repository, or undefined where the program was installed without it. */
export function inRepository(...path: readonly string[]): string | undefined {
  const file = join(ROOT, ...path);
  return existsSync(file) ? file : undefined;
}

import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { ok, type Result, refuse } from '@comity/core';
import { nodeHashes } from '@comity/formats';
import { type Container, type ContainerReport, readEntry } from '@comity/formats/container';
import { writeWhole } from './write.ts';

/** Unpacks the files that a signature covers (with `unsigned` those that none does too) into a new or empty folder (else `field-invalid`). Names were judged when the container was read. */
export async function extractTo(
  dir: string,
  container: Container,
  { report, unsigned }: { readonly report: ContainerReport; readonly unsigned: boolean },
): Promise<Result<readonly string[]>> {
  const wanted = (state: string): boolean => state === 'as-signed' || (unsigned && state === 'uncovered');
  const covered = new Set(report.files.filter((file) => wanted(file.state)).map((file) => file.name));
  const folder = newFolder(dir);
  if (!folder.ok) return folder;
  const root = folder.value;
  const written: string[] = [];
  for (const entry of container.zip.files.filter(({ name }) => covered.has(name))) {
    const file = join(root, ...entry.name.split('/'));
    // The names cannot lead out; should they ever, nothing is written.
    if (!file.startsWith(root + sep)) return refuse('container-invalid', entry.name, { fault: 'name-parent' });
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const done = await writeWhole(readEntry(nodeHashes, container.zip, entry), file);
    if (!done.ok) return done;
    written.push(entry.name);
  }
  return ok(written);
}

/** The path of a folder that is new or empty, else `field-invalid`: what lies there already could be a link to somewhere else. */
export function newFolder(dir: string): Result<string> {
  const root = resolve(dir);
  const isFree = !existsSync(root) || (statSync(root).isDirectory() && readdirSync(root).length === 0);
  return isFree ? ok(root) : refuse('field-invalid', dir, { kind: 'empty folder' });
}

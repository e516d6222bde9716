import { existsSync, readdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { ok, type Result, refuse } from '@comity/core';
import { nodeHashes } from '@comity/formats';
import { type Container, type ContainerReport, readEntry } from '@comity/formats/container';
import { writeWhole } from './write.ts';

/** Unpacks the files that a signature covers into a new or empty folder (else `field-invalid`). Names were judged when the container was read. */
export async function extractTo(dir: string, container: Container, report: ContainerReport): Promise<Result<readonly string[]>> {
  const covered = new Set(report.files.filter((file) => file.state === 'as-signed').map((file) => file.name));
  const root = resolve(dir);
  // What lies there already could be a link to somewhere else.
  if (existsSync(root) && readdirSync(root).length > 0) return refuse('field-invalid', dir, { kind: 'empty folder' });
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

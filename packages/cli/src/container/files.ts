import { createReadStream, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, extname, join, relative, sep } from 'node:path';
import { ok, type Result, refuse } from '@comity/core';
import type { EvidenceFile } from '@comity/formats/container';

/** Media types by the ends of names; others are bytes and nothing more. */
const TYPES: Readonly<Record<string, string>> = {
  '.csv': 'text/csv',
  '.eml': 'message/rfc822',
  '.gif': 'image/gif',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.json': 'application/json',
  '.mbox': 'application/mbox',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.txt': 'text/plain',
  '.webp': 'image/webp',
  '.xml': 'application/xml',
};

/** The files at some paths, folders with all that is in them, each as an item named like the file. Links are not followed: `field-invalid`. */
export async function filesAt(paths: readonly string[]): Promise<Result<readonly EvidenceFile[]>> {
  const files: EvidenceFile[] = [];
  for (const path of paths) {
    const kind = statSync(path, { throwIfNoEntry: false });
    if (kind === undefined) return refuse('not-found', path);
    if (kind.isFile()) files.push(fileAt(path, basename(path)));
    else {
      const inside = await filesIn(path);
      if (!inside.ok) return inside;
      files.push(...inside.value);
    }
  }
  return files.length === 0 ? refuse('field-missing', 'FILE') : ok(files);
}

async function filesIn(dir: string): Promise<Result<readonly EvidenceFile[]>> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const strange = entries.find((entry) => !entry.isFile() && !entry.isDirectory());
  if (strange !== undefined) return refuse('field-invalid', join(strange.parentPath, strange.name), { kind: 'file' });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return ok(paths.sort().map((path) => fileAt(path, relative(dir, path).split(sep).join('/'))));
}

function fileAt(path: string, name: string): EvidenceFile {
  const mediaType = TYPES[extname(name).toLowerCase()] ?? 'application/octet-stream';
  // Opened when its turn comes, so that a thousand files are not open at once.
  return { item: name, name, mediaType, bytes: { [Symbol.asyncIterator]: () => createReadStream(path)[Symbol.asyncIterator]() } };
}

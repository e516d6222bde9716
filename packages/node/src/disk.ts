import { randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Replaces a file, durably: once this is done, the new one survives a power cut; until then the old one stands. Readable by its owner alone. Rejects when the disk does not take it. */
export async function writeDurably(path: string, bytes: string | Uint8Array): Promise<void> {
  await makeFolder(dirname(path));
  const file = await open(`${path}.new`, 'w', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
  await syncFolder(dirname(path));
}

/** Writes files that are not there yet, readable by their owner alone, into one folder. All of them survive a power cut once this is done. */
export async function writeFresh(
  folder: string,
  files: readonly { readonly name: string; readonly bytes: Uint8Array }[],
): Promise<void> {
  await makeFolder(folder);
  const written: FileHandle[] = [];
  try {
    for (const { name, bytes } of files) {
      const file = await open(join(folder, name), 'wx', 0o600);
      written.push(file);
      await file.writeFile(bytes);
    }
    // Afterwards: where the file system keeps a journal, the first one takes the others with it.
    for (const file of written) await file.sync();
  } finally {
    for (const file of written) await file.close();
  }
  await syncFolder(folder);
}

/**
 * Removes a file so that its bytes are not left in a free block where the disk writes in place: they are overwritten first. What copies a file system, a disk or a
 * backup keeps is beyond this. Nothing happens when it is not there.
 */
export async function shred(path: string): Promise<void> {
  try {
    const file = await open(path, 'r+');
    try {
      const { size } = await file.stat();
      await file.write(randomBytes(size), 0, size, 0);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    if (isMissing(error)) return;
    throw error;
  }
  await rm(path, { force: true });
  await syncFolder(dirname(path));
}

/** Whether an error says that a file is not there. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** A folder with those above it, each durable in the one that holds it. */
async function makeFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  for (let made = path; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made));
}

/** A rename or a removal is durable once its folder is. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import type { Hashes, Source } from './container/index.ts';

/** Hash functions of evidence containers by the machine's own libraries. */
export const nodeHashes: Hashes = { sha256: () => createHash('sha256'), crc32: (bytes, before) => crc32(bytes, before) };

/** An open file as a source: only what is asked for comes into memory. Its size is that of the moment. */
export async function sourceOfFile(file: FileHandle): Promise<Source> {
  const { size } = await file.stat();
  return {
    size,
    read: async (offset, length) => {
      const bytes = Buffer.alloc(Math.max(0, Math.min(length, size - offset)));
      const { bytesRead } = await file.read(bytes, 0, bytes.length, offset);
      return bytes.subarray(0, bytesRead);
    },
  };
}

import { readSync, writevSync } from 'node:fs';
import type { Sink, Source } from './source.ts';

/**
 * Reads an open file as a source, from where it stands; the file stays open. Reading waits for the disk and nothing else: not for pipes
 * and terminals, which may have nothing to read yet.
 */
export function fileSource(fd: number): Source {
  return { read: (into) => readSync(fd, into, 0, into.length, null) };
}

/** Writes to an open file as a sink, from where it stands; the file stays open. Throws what the system says, such as a full disk. */
export function fileSink(fd: number): Sink {
  return {
    write: (parts) => {
      let left = parts;
      while (left.length > 0) left = after(left, writevSync(fd, left));
    },
  };
}

/** What is left of some parts when `count` bytes of them are written: the system may take fewer than it was offered. */
function after(parts: readonly Uint8Array[], count: number): readonly Uint8Array[] {
  let written = count;
  for (const [i, part] of parts.entries()) {
    if (written < part.length) return [part.subarray(written), ...parts.slice(i + 1)];
    written -= part.length;
  }
  return [];
}

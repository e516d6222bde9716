import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { FileRead } from './hashFile.ts';

// The one door by which a task comes in: hashFile beside this file.
const { path, text }: { readonly path: string; readonly text: boolean } = workerData;

const SIZE = 1 << 20;

function read(): FileRead {
  const file = openSync(path, 'r');
  try {
    const hash = createHash('sha256');
    const buffer = Buffer.alloc(SIZE + 4);
    let [bytes, kept, utf8] = [0, 0, true];
    for (;;) {
      const count = readSync(file, buffer, kept, SIZE, null);
      hash.update(buffer.subarray(kept, kept + count));
      bytes += count;
      if (count === 0) return { sha256: hash.digest('hex'), bytes, utf8: utf8 && kept === 0 };
      if (!text) continue;
      const end = kept + count;
      const whole = wholeCharacters(buffer, end);
      utf8 &&= isUtf8(buffer.subarray(0, whole));
      buffer.copy(buffer, 0, whole, end);
      kept = end - whole;
    }
  } finally {
    closeSync(file);
  }
}

/** Where the last character that is all there ends: at most three bytes before the end another one has begun. */
function wholeCharacters(buffer: Buffer, end: number): number {
  for (let back = 1; back <= Math.min(3, end); back++) {
    const byte = buffer[end - back] ?? 0;
    if (byte < 0x80) return end;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return length > back ? end - back : end;
  }
  return end;
}

parentPort?.postMessage(read());

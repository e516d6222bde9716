import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { parentPort, workerData } from 'node:worker_threads';
import type { Refusal } from '@comity/core';
import { ExtractRefused } from '../extract.ts';
import { arrowCsv } from './arrowCsv.ts';
import type { Unfolding } from './unfoldArrow.ts';

// The one door by which a task comes in: unfoldArrow beside this file.
const { path, output, most }: Unfolding = workerData;

async function* limited(): AsyncGenerator<string> {
  let size = 0;
  for await (const text of arrowCsv(path)) {
    size += Buffer.byteLength(text);
    if (most !== undefined && size > most)
      throw new ExtractRefused({ code: 'body-too-large', field: 'size', values: { size: most } });
    yield text;
  }
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof ExtractRefused) return error.refusal;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return { code: code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG' ? 'storage-full' : 'dataset-unreadable' };
}

try {
  await pipeline(limited(), createWriteStream(output, { mode: 0o600, flags: 'wx', flush: true }));
  parentPort?.postMessage({ done: true });
} catch (error) {
  parentPort?.postMessage({ done: false, refusal: refusalOf(error) });
}

import { Worker } from 'node:worker_threads';
import type { Result } from '@comity/core';
import type { SourceShape } from '../check-source.ts';
import type { TableHead } from '../engines/trinoTable.ts';
import type { ScanReport } from './report.ts';
import type { ScanOptions } from './scan.ts';

/** Scans a file, or a table on a cluster, beside the caller, so that nobody waits for its checks. Refuses what `scan` refuses. */
export function scanBeside(source: SourceShape | TableHead, options: ScanOptions = {}): Promise<Result<ScanReport>> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./scanWorker.ts', import.meta.url), { workerData: { source, options } });
    worker.once('message', (said: Result<ScanReport>) => resolve(said));
    worker.once('error', reject);
    worker.once('exit', (code) => {
      if (code !== 0) reject(new Error('a scan ended before it had an answer'));
    });
  });
}

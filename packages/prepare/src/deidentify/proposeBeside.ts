import { Worker } from 'node:worker_threads';
import type { Result } from '@comity/core';
import type { SourceShape } from '../check-source.ts';
import type { Hierarchies } from './hierarchy.ts';
import type { Verify } from './plan.ts';
import type { Proposal } from './propose.ts';

/** Searches for levels beside the caller, so that nobody waits for it. Undefined when the signal came first. Refuses what `proposeLevels` refuses. */
export function proposeBeside(
  source: SourceShape,
  demand: { readonly verify: Verify; readonly hierarchies: Hierarchies },
  signal: AbortSignal,
): Promise<Result<Proposal> | undefined> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./proposeWorker.ts', import.meta.url), { workerData: { source, ...demand } });
    const stop = (): void => {
      void worker.terminate();
      resolve(undefined);
    };
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    worker.once('message', (said: Result<Proposal>) => resolve(said));
    worker.once('error', reject);
    worker.once('exit', () => {
      signal.removeEventListener('abort', stop);
      // After an answer or a stop this says nothing any more.
      reject(new Error('a search ended before it had an answer'));
    });
  });
}

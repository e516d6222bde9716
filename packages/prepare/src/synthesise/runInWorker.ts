import { Worker } from 'node:worker_threads';
import type { Made, Task } from './mechanism.ts';
import type { Said } from './worker.ts';

export interface Watching {
  /** Hears the share of the budget that is spent so far, 0 to 1. */
  readonly onSpent?: (share: number) => void;
  readonly signal?: AbortSignal;
}

/** Runs a mechanism beside the node, so that nobody waits for it. Undefined when it was cancelled: what was debited stays debited. */
export function runInWorker(task: Task, { onSpent, signal }: Watching): Promise<Made | undefined> {
  if (signal?.aborted === true) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: task });
    const cancel = (): void => {
      void worker.terminate();
      resolve(undefined);
    };
    signal?.addEventListener('abort', cancel, { once: true });
    worker.on('message', (said: Said) => {
      if ('spent' in said) onSpent?.(said.spent);
      else resolve(said.made);
    });
    worker.on('error', reject);
    worker.on('exit', () => signal?.removeEventListener('abort', cancel));
  });
}

import { Worker } from 'node:worker_threads';
import type { Domain } from '../domain/domain.ts';
import type { CodedData } from '../engines/codes.ts';
import type { Rows } from '../synthesise/sample.ts';
import { type Judgement, MOST_ROWS } from './judge.ts';
import { someOf } from './nearest.ts';
import { type Pictures, picturesOf } from './pictures.ts';

/** A judgement with pictures. INVARIANT: as the judgement, it does not leave the node. */
export interface Judged extends Pictures {
  readonly judgement: Judgement;
}

/** Judges a synthetic data set by its coded data beside the node, so that nobody waits for it. Undefined when it was cancelled. */
export async function judgeBeside(
  { domain, data, rows }: { readonly domain: Domain; readonly data: CodedData; readonly rows: Rows },
  { label, signal }: { readonly label: number; readonly signal?: AbortSignal },
): Promise<Judged | undefined> {
  const [inside, outside] = [await data.read('learn', MOST_ROWS), await data.read('judge', MOST_ROWS)];
  const synthetic = someOf(rows, MOST_ROWS);
  const judgement = await inWorker({ inside, outside, synthetic, sizes: data.sizes, label }, signal);
  if (judgement === undefined) return undefined;
  return { judgement, ...picturesOf(domain, judgement, { real: inside, synthetic }) };
}

function inWorker(given: object, signal: AbortSignal | undefined): Promise<Judgement | undefined> {
  if (signal?.aborted === true) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./judgeWorker.ts', import.meta.url), { workerData: given });
    const cancel = (): void => {
      void worker.terminate();
      resolve(undefined);
    };
    signal?.addEventListener('abort', cancel, { once: true });
    worker.on('message', resolve);
    worker.on('error', reject);
    worker.on('exit', () => signal?.removeEventListener('abort', cancel));
  });
}

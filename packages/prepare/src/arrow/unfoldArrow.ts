import { rm } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { ok, type Refusal, type Result, refuse } from '@comity/core';

export interface Unfolding {
  /** The Arrow file. */
  readonly path: string;
  /** The CSV that it becomes; it must not be there yet. */
  readonly output: string;
  /** Bytes that the CSV may have. */
  readonly most?: number;
}

type Said = { readonly done: true } | { readonly done: false; readonly refusal: Refusal };

/** Memory of the thread that reads, in megabytes: a damaged file may claim any number of anything. */
const MEMORY = 1_024;

/**
 * Writes an Arrow file or stream as CSV, which everything that prepares data reads (see arrowCsv.ts), in a thread of its own: a hostile file ends that thread and nothing else.
 * Refuses `dataset-unreadable`, `body-too-large`, `storage-full`; then no output stands there.
 */
export async function unfoldArrow(unfolding: Unfolding): Promise<Result<null>> {
  const worker = new Worker(new URL('./arrowWorker.ts', import.meta.url), {
    workerData: unfolding,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY },
  });
  const said = await new Promise<Said>((resolve) => {
    const unreadable = (): void => resolve({ done: false, refusal: { code: 'dataset-unreadable' } });
    worker.on('message', resolve);
    worker.on('error', unreadable);
    worker.on('exit', unreadable);
  });
  if (said.done) return ok(null);
  await rm(unfolding.output, { force: true });
  return refuse(said.refusal.code, said.refusal.field, said.refusal.values);
}

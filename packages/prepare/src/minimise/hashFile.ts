import { Worker } from 'node:worker_threads';

/** What a reading of a whole file says. */
export interface FileRead {
  readonly sha256: string;
  readonly bytes: number;
  /** Whether all of it was UTF-8; not looked at for Parquet. */
  readonly utf8: boolean;
}

export interface Hashing {
  /** Undefined when the file could not be read to its end. */
  readonly done: Promise<FileRead | undefined>;
  readonly stop: () => void;
}

/** Hashes a file beside the work that reads it, in a thread of its own: the rows are not kept waiting. */
export function hashFile(path: string, text: boolean): Hashing {
  const worker = new Worker(new URL('./hashWorker.ts', import.meta.url), { workerData: { path, text } });
  const done = new Promise<FileRead | undefined>((resolve) => {
    worker.on('message', (read: FileRead) => resolve(read));
    worker.on('error', () => resolve(undefined));
    worker.on('exit', () => resolve(undefined));
  });
  return { done, stop: () => void worker.terminate() };
}

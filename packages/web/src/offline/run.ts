import { type Answer, check, type Question } from './check.ts';

/** A check that is under way. */
export interface Running {
  readonly answer: Promise<Answer>;
  /** Ends it; the answer then never comes. */
  readonly stop: () => void;
}

/** Checks apart from the page, so that no file, however large, keeps a person from leaving. In: the page's own script, which is also the worker's. */
export function startCheck(script: string, question: Question): Running {
  const address = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  const worker = new Worker(address);
  const answer = new Promise<Answer>((resolve) => {
    worker.onmessage = ({ data }: MessageEvent<Answer>) => resolve(data);
    // A browser that allows no worker here: then the page waits.
    worker.onerror = () => void check(question).then(resolve, () => resolve({ kind: 'failed' }));
    worker.postMessage(question);
  }).finally(() => {
    worker.terminate();
    URL.revokeObjectURL(address);
  });
  return { answer, stop: () => worker.terminate() };
}

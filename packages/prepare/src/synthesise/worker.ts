import { randomBytes } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { runMechanism, type Task } from './mechanism.ts';

/** What the worker says: how far it is, then what it made. */
export type Said = { readonly spent: number } | { readonly made: ReturnType<typeof runMechanism> };

// The one door by which a task comes in: runInWorker below the same folder.
const task: Task = workerData;
const say = (said: Said): void => parentPort?.postMessage(said);
const made = runMechanism(task, { random: (length) => randomBytes(length), onSpent: (spent) => say({ spent }) });
say({ made });

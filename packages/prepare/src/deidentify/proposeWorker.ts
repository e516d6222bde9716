import { parentPort, workerData } from 'node:worker_threads';
import type { Hierarchies } from './hierarchy.ts';
import type { Verify } from './plan.ts';
import { proposeLevels } from './propose.ts';

// The one door by which a search comes in: proposeBeside in the same folder.
const given: {
  readonly source: Parameters<typeof proposeLevels>[0];
  readonly verify: Verify;
  readonly hierarchies: Hierarchies;
} = workerData;
parentPort?.postMessage(await proposeLevels(given.source, given.verify, given.hierarchies));

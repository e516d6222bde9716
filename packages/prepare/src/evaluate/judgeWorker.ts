import { randomBytes } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { diceFrom } from '../synthesise/dice.ts';
import { type Judged, judgeRows } from './judge.ts';

// The one door by which rows come in: judgeBeside in the same folder.
const given: Omit<Judged, 'dice'> = workerData;
parentPort?.postMessage(judgeRows({ ...given, dice: diceFrom((length) => randomBytes(length)) }));

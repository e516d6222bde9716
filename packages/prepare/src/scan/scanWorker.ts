import { parentPort, workerData } from 'node:worker_threads';
import { type ScanOptions, scan } from './scan.ts';

// The one door by which a file comes in: scanBeside in the same folder.
const given: { readonly source: Parameters<typeof scan>[0]; readonly options: ScanOptions } = workerData;
parentPort?.postMessage(await scan(given.source, given.options));

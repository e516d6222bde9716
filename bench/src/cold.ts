import { performance } from 'node:perf_hooks';
import { mapOnce, readMap } from './map.ts';

// A fresh process, as `map.ts` starts it: the law is loaded, then the whole map worked out for the first time; then warm. Writes what it took as JSON.
const loading = performance.now();
const map = readMap();
const loaded = performance.now() - loading;
const runs = Array.from({ length: Number(process.argv[2] ?? 1) }, () => mapOnce(map));
process.stdout.write(JSON.stringify({ loaded, runs }));

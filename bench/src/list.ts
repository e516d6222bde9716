import { assessBench } from './benches/assess.ts';
import { nodeBench } from './benches/node.ts';
import { prepareBench } from './benches/prepare.ts';
import { proveBench } from './benches/prove.ts';
import { scanBench } from './benches/scan.ts';
import { sealBench } from './benches/seal.ts';
import { trinoBench } from './benches/trino.ts';
import type { Bench } from './sheet.ts';

/** Every measurement by name. */
export const BENCHES: Readonly<Record<string, Bench>> = {
  assess: assessBench,
  node: nodeBench,
  prepare: prepareBench,
  prove: proveBench,
  scan: scanBench,
  seal: sealBench,
  trino: trinoBench,
};

import { checkSource, codeFile, readDomain } from '@comity/prepare';
import { SIZES } from './marginals.ts';

// A program of its own, so that the memory that it says is that of this work: node countAll.ts TABLE.parquet
const path = process.argv[2] ?? '';
const values = (size: number): readonly string[] => Array.from({ length: size }, (_, value) => `value-${value}`);
const domain = readDomain(Object.fromEntries(SIZES.map((size, i) => [`c${i}`, values(size)])));
if (!domain.ok) throw new Error(domain.refusal.code);
const source = await checkSource(path, 'parquet', []);
if (!source.ok) throw new Error(source.refusal.code);
const start = performance.now();
const coded = await codeFile(source.value, domain.value, { subject: undefined, judge: 0, secret: new Uint8Array(32) });
if (!coded.ok) throw new Error(coded.refusal.code);
let tables = 0;
for (const a of SIZES.keys()) {
  for (const b of SIZES.keys()) {
    if (b < a) continue;
    await coded.value.count(a === b ? [a] : [a, b], 'learn');
    tables++;
  }
}
const seconds = (performance.now() - start) / 1000;
coded.value.close();
// Kilobytes, as Linux and Node count them.
const megabytes = process.resourceUsage().maxRSS / 1000;
process.stdout.write(`${JSON.stringify({ seconds, tables, megabytes })}\n`);

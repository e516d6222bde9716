import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { version } from '@duckdb/node-api';
import { adultPart } from '../prepare/adult.ts';
import { extractPart } from '../prepare/extract.ts';
import { marginalsPart } from '../prepare/marginals.ts';
import { minimisePart } from '../prepare/minimise.ts';
import { type Part, ROWS } from '../prepare/part.ts';
import { scanPart } from '../prepare/scan.ts';
import type { Bench, Sheet } from '../sheet.ts';
import { machine } from '../versions.ts';

const PARTS: Readonly<Record<string, Part>> = {
  extract: extractPart,
  minimise: minimisePart,
  marginals: marginalsPart,
  'synthesise-adult': adultPart,
  scan: scanPart,
};

/** What preparing data takes: rows for many items, counts, synthetic data, finding what identifies. `npm run bench -- prepare minimise` measures one part alone. */
export const prepareBench: Bench = {
  about: `extract, minimise, count, synthesise and scan (${Object.keys(PARTS).join(', ')}), beside DuckDB and others`,
  run: async (only) => {
    const chosen = Object.entries(PARTS).filter(([name]) => only === undefined || name === only);
    if (chosen.length === 0) throw new Error(`the bench has no part ${only}`);
    const sheets: Sheet[] = [];
    for (const [, part] of chosen) sheets.push(await inFolder((dir) => part(dir, ROWS)));
    return {
      input: sheets.map(({ input }) => input).join('; '),
      versions: Object.assign({}, machine(), { DuckDB: version() }, ...sheets.map((sheet) => sheet.versions)),
      figures: sheets.flatMap(({ figures }) => figures),
      notes: sheets.flatMap(({ notes }) => notes),
    };
  },
};

async function inFolder(work: (dir: string) => Promise<Sheet>): Promise<Sheet> {
  const dir = mkdtempSync(join(tmpdir(), 'comity-bench-'));
  try {
    return await work(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

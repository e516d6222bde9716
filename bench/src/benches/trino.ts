import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench, Sheet } from '../sheet.ts';
import { type Cluster, startCluster, trinoHere } from '../trino/cluster.ts';
import type { ClusterPart } from '../trino/clusterPart.ts';
import { countsPart } from '../trino/counts.ts';
import { queryOn } from '../trino/query.ts';
import { tablesPart } from '../trino/tables.ts';
import { machine } from '../versions.ts';

const PARTS: Readonly<Record<string, ClusterPart>> = { counts: countsPart, tables: tablesPart };
const ABOUT =
  'the same counts, scan, minimised and de-identified rows by DuckDB from a file and by a Trino cluster of two workers, one of which is killed meanwhile';
const MISSING =
  'Trino is not here. Unpack a server from Maven Central (io.trino:trino-server:476:tar.gz, Java 24 or later) and say where: TRINO_HOME=…/trino-server-476 TRINO_JAVA=…/bin/java.';

/** Whether both engines say the same, and whether a lost worker changes that. Parts: counts, tables. Skipped with a message where Trino is not. */
export const trinoBench: Bench = {
  about: ABOUT,
  run: async (part) => {
    const here = trinoHere();
    if (here === undefined) return { input: ABOUT, versions: machine(), figures: [], notes: [MISSING] };
    const dir = mkdtempSync(join(tmpdir(), 'comity-bench-'));
    const cluster = await startCluster(here);
    try {
      return await runParts(dir, cluster, part);
    } finally {
      cluster.stop();
      rmSync(dir, { recursive: true, force: true });
    }
  },
};

async function runParts(dir: string, cluster: Cluster, part: string | undefined): Promise<Sheet> {
  const sheets: Omit<Sheet, 'versions'>[] = [];
  await queryOn(cluster.server, 'CREATE SCHEMA lake.bench');
  for (const [name, run] of Object.entries(PARTS)) {
    if (part !== undefined && part !== name) continue;
    sheets.push(await run(dir, cluster));
    if ((await cluster.workers()) < 2) await cluster.addWorker();
  }
  return {
    input: sheets.map(({ input }) => input).join('; '),
    versions: { ...machine(), Trino: String((await queryOn(cluster.server, 'SELECT version()'))[0]?.[0]) },
    figures: sheets.flatMap(({ figures }) => figures),
    notes: sheets.flatMap(({ notes }) => notes),
  };
}

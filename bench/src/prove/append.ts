import { type DrivenLog, drivenEntry } from '../../../sandbox/src/faults/log.ts';
import { cpuOfTree, flushesUnder } from '../machine.ts';
import { quantile } from '../measure.ts';
import { type Appended, type Asked, appendToTessera } from '../peers/tessera.ts';

/** What one run found, and how often the disk was told to write down what it holds, for each thousand entries. */
export interface Run extends Appended {
  readonly flushes: number | undefined;
}

/** Where ours is run. */
export interface Ours {
  readonly log: DrivenLog;
  /** Process of PostgreSQL, whose CPU counts too. */
  readonly server: number;
  /** Folder on the disk that both stand on. */
  readonly dir: string;
}

const WARM_UP = 500;
const PREPARED = 16_384;
let prepared: readonly Uint8Array[] | undefined;

/** Appends batches to our log for so many seconds, so many at once, each when the one before is durable. Entries are made beforehand. */
export async function appendToOurs(
  { log, server, dir }: Ours,
  { batch, atOnce, seconds }: { readonly batch: number; readonly atOnce: number; readonly seconds: number },
): Promise<Run> {
  prepared ??= Array.from({ length: PREPARED }, (_, i) => drivenEntry('bench', i));
  const entries = prepared;
  const from = performance.now() + WARM_UP;
  const until = from + seconds * 1000;
  const times: number[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let start = performance.now(); start < until; ) {
      const first = next % (PREPARED - batch + 1);
      next += batch;
      await log.append(entries.slice(first, first + batch));
      const end = performance.now();
      if (end > from && end < until) times.push(end - start);
      start = end;
    }
  };
  const working = Promise.all(Array.from({ length: atOnce }, work));
  await new Promise((done) => setTimeout(done, WARM_UP));
  const before = spent(server, dir);
  await new Promise((done) => setTimeout(done, until - performance.now()));
  const after = spent(server, dir);
  await working;
  const count = times.length * batch;
  return {
    perSecond: count / seconds,
    perCpuSecond: count / (after.cpu - before.cpu),
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    flushes: perThousand(before.flushes, after.flushes, count),
  };
}

function spent(server: number, dir: string): { readonly cpu: number; readonly flushes: number | undefined } {
  const { user, system } = process.cpuUsage();
  return { cpu: (user + system) / 1e6 + (cpuOfTree(server) ?? Number.NaN), flushes: flushesUnder(dir) };
}

/** The same of Tessera. Its warm-up is in what it tells the disk, so the figure is taken down to what was measured. */
export function appendToPeer(dir: string, asked: Asked): Run {
  const before = flushesUnder(dir);
  const found = appendToTessera(dir, asked);
  const after = flushesUnder(dir);
  return { ...found, flushes: perThousand(before, after, found.perSecond * (asked.seconds + WARM_UP / 1000)) };
}

function perThousand(before: number | undefined, after: number | undefined, entries: number): number | undefined {
  return before === undefined || after === undefined ? undefined : ((after - before) * 1000) / entries;
}

/** Wall and CPU seconds of this process. */
export interface Spent {
  readonly wall: number;
  readonly cpu: number;
}

/** Runs work once and says what it took; threads of this process count. */
export async function spend(work: () => Promise<void>): Promise<Spent> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { wall: (performance.now() - start) / 1000, cpu: (user + system) / 1e6 };
}

/** The value below which a share of the values lie (nearest rank). Throws when there is none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const found = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (found === undefined) throw new RangeError('nothing was measured');
  return found;
}

/** The middle of an odd number of runs; runs of the two sides alternate in the callers, so that a busy moment hits both. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { goProgram, run } from '../go.ts';

/** How Tessera is asked to append. `until`: an appender waits for a durable index, or for a signed checkpoint that holds its entry as well. */
export interface Asked {
  readonly until: 'index' | 'checkpoint';
  /** Entries that make a batch full. */
  readonly batch: number;
  /** Milliseconds after which a batch goes although it is not full. */
  readonly age: number;
  /** Appenders at work, each of which gives the next entry when the one before is answered. */
  readonly appenders: number;
  /** Bytes of an entry. */
  readonly bytes: number;
  readonly seconds: number;
}

/** What one run of a log found, Tessera's or ours: rates in entries a second, waiting times in milliseconds. */
export interface Appended {
  readonly perSecond: number;
  /** Entries for each second of CPU of all processes that worked on it. */
  readonly perCpuSecond: number;
  readonly p50: number;
  readonly p99: number;
}

/**
 * Appends to a fresh log of Tessera's POSIX driver in a folder of its own under `dir`, which is gone afterwards. Throws an error that says
 * why when Tessera cannot be built here, and when it loses what it acknowledged.
 */
export function appendToTessera(dir: string, { until, batch, age, appenders, bytes, seconds }: Asked): Appended {
  const log = join(dir, 'tessera');
  try {
    const said = run(goProgram('tessera'), ['append', until, log, ...[batch, age, appenders, bytes, seconds].map(String)]);
    // Parser: the program's own output; main.go writes these numbers and no others.
    const found = JSON.parse(said) as Record<'entries' | 'wall' | 'cpu' | 'p50' | 'p99', number>;
    return { perSecond: found.entries / found.wall, perCpuSecond: found.entries / found.cpu, p50: found.p50, p99: found.p99 };
  } finally {
    rmSync(log, { recursive: true, force: true });
  }
}

import type { TreeHasher } from '@comity/prove';
import type { Database } from './database.ts';
import type { HeadFile } from './headFile.ts';

/** What a log is written with besides its database. */
export interface LogWriter {
  /** The log of a year: `<log origin of the party>/<year>`. */
  readonly originOf: (year: number) => string;
  readonly hasher: TreeHasher;
  /** Signs the text of a checkpoint with every key of the log and gives the whole note. */
  readonly sign: (text: string) => Promise<string>;
  readonly headFileOf: (year: number) => HeadFile;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Asks whoever has seen this log before, ere anything is signed. Rejects with LogBehind when they have seen more than the database holds. */
  readonly consult: (db: Database) => Promise<void>;
  /** Told in a word why the sequencer had to begin again; never with what it was writing. */
  readonly report: (why: string) => void;
}

/** Where an entry stands. */
export interface Place {
  readonly year: number;
  readonly index: bigint;
}

/**
 * How a log stands in this process. `writing`: this process is its sequencer. `waiting`: another process is, or the database is away. `behind`: the database is older
 * than a head that was signed before; nothing is signed until it has caught up. `stopped`: the node is going down.
 */
export type Standing = 'writing' | 'waiting' | 'behind' | 'stopped';

/** The database is older than what was signed: signing would fork the log. */
export class LogBehind extends Error {}

/** The year whose log an instant belongs to, UTC. */
export function yearOf(at: string): number {
  return Number(at.slice(0, 4));
}

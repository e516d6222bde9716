import { existsSync, readFileSync } from 'node:fs';
import { writeDurably } from '../disk.ts';

/**
 * The second copy of a log's head, outside the database, best on another disk. It is written after the database has committed a batch and before anybody is
 * told: a database that is older than this file has been set back.
 */
export interface HeadFile {
  /** The signed checkpoint that was kept last, or undefined when there is none. */
  readonly read: () => string | undefined;
  /** Replaces it, durably: once this is done, the new one survives a power cut. Rejects when the disk does not take it. */
  readonly write: (checkpoint: string) => Promise<void>;
}

/** A head file in the file system. */
export function headFile(path: string): HeadFile {
  return {
    read: () => (existsSync(path) ? readFileSync(path, 'utf8') : undefined),
    write: (checkpoint) => writeDurably(path, checkpoint),
  };
}

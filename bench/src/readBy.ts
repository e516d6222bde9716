import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { goProgram } from './go.ts';

/** What an independent reader found to hold of a log. Sizes are decimal texts. */
export interface Reading {
  readonly origin: string;
  readonly size: string;
  /** Base64. */
  readonly root: string;
  /** Names and ids of the keys that signed the checkpoint: all that were given. */
  readonly signers: readonly string[];
  /** Every tile and the root were computed anew from the leaf hashes (up to 2^20 of them) and are the ones that are served. */
  readonly recomputed: boolean;
  readonly tiles: number;
  /** Leaves of the sample that are in the tree, and those of them whose entry could be read and has that hash. */
  readonly included: number;
  readonly entries: number;
  /** Size of the older checkpoint that the log still holds unchanged. */
  readonly extends?: string;
}

/** What is to be looked at besides the newest checkpoint. */
export interface ReadOptions {
  /** File with an older signed checkpoint of the same log. */
  readonly older?: string;
  /** How many leaves are proved, 100 when not said; and which. */
  readonly sample?: number;
  readonly seed?: number;
}

/**
 * Reads a log from the address or folder that holds its `checkpoint` and `tile/` (C2SP tlog-tiles) with a Go program that shares no code
 * with ours: the Go project's packages for signed notes and tile-based logs. All of the keys (vkeys) must have signed.
 * Throws an error that says what did not hold, or that Go is not here.
 */
export async function readBy(where: string, vkeys: readonly string[], options: ReadOptions = {}): Promise<Reading> {
  const flags = Object.entries(options).flatMap(([name, value]) => [`-${name}`, String(value)]);
  // Not in one go: what is read may be served by this process.
  const { stdout } = await promisify(execFile)(goProgram('tlog'), ['read', ...flags, where, ...vkeys]);
  // Parser: the program's own output; read.go writes these fields and no others.
  return JSON.parse(stdout) as Reading;
}

// node bench/src/readBy.ts WHERE VKEY...
if (import.meta.main) {
  const [where = '', ...vkeys] = process.argv.slice(2);
  process.stdout.write(`${JSON.stringify(await readBy(where, vkeys), undefined, 2)}\n`);
}

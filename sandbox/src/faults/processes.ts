import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { placesFor } from '../../../packages/node/src/postgres/places.ts';

/** What was acknowledged: entries `first` to `first + count - 1` of a row, at `index` and after it, or, when they were staged, somewhere. */
export interface Acknowledged {
  readonly row: string;
  readonly first: number;
  readonly count: number;
  readonly index?: bigint;
}

/** A process of ours that can be ended in any way. */
interface Started {
  /** Ends it and waits until it is gone. It may be gone already. */
  readonly end: (signal: NodeJS.Signals) => Promise<void>;
  /** Resolves with its exit code when it ends by itself, with null when a signal ended it. */
  readonly ended: Promise<number | null>;
}

/** A process that appends to a log until something ends it. */
export interface Writer extends Started {
  /** Grows while it runs. */
  readonly acknowledged: readonly Acknowledged[];
  /** What it said on standard error. */
  readonly said: () => string;
}

/** A private PostgreSQL, owned by a process that is not this one. */
export interface Server extends Started {
  readonly url: (database: string) => string;
  /** The process of PostgreSQL itself, not the one of ours that owns it. */
  readonly pid: number;
  /** Whether that process is there; it may be recovering from the death of one of its own. */
  readonly isUp: () => boolean;
}

/** What a started process may be given. */
export interface StartOptions {
  /** For a faulty disk, for one. */
  readonly env?: Readonly<Record<string, string>>;
  readonly batch?: number;
  readonly atOnce?: number;
}

/** Starts a process that gives entries of a row to the log of a database as fast as it can; resolves when it is about to begin. `heads`: where that log keeps its head outside. */
export async function startWriter(
  { url, heads }: { readonly url: string; readonly heads: string },
  row: string,
  options: StartOptions = {},
): Promise<Writer> {
  const { env, batch = 16, atOnce = 4 } = options;
  const child = start('writer.ts', [row, String(batch), String(atOnce)], { ...env, DATABASE_URL: url, HEADS: heads });
  const acknowledged: Acknowledged[] = [];
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const ready = new Promise<void>((resolve, reject) => {
    child.once('close', () => reject(new Error(`the writer ended before it began: ${said}`)));
    linesOf(child, (line) => {
      if (line === 'ready') return resolve();
      const [name = '', first = '', count = '', index] = line.split(' ');
      const told = { row: name, first: Number(first), count: Number(count) };
      acknowledged.push(index === undefined ? told : { ...told, index: BigInt(index) });
    });
  });
  const started = watched(child);
  await ready;
  return { ...started, acknowledged, said: () => said };
}

/** Starts the private PostgreSQL of a folder in a process of its own. Rejects with what it said when it does not start. */
export async function startServer(dir: string, options: StartOptions = {}): Promise<Server> {
  const child = start('server.ts', [dir], options.env ?? {});
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const address = await new Promise<string>((resolve, reject) => {
    child.once('close', () => reject(new Error(said.trim())));
    linesOf(child, resolve);
  });
  const pid = Number(readFileSync(join(placesFor(dir).data, 'postmaster.pid'), 'utf8').split('\n')[0]);
  return { ...watched(child), url: (database) => address.replace('NAME', database), pid, isUp: () => isAlive(pid) };
}

/** Ends a process at once, as the kernel does when memory runs out, and waits until it is gone. */
export async function killProcess(pid: number): Promise<void> {
  process.kill(pid, 'SIGKILL');
  for (let waited = 0; isAlive(pid); waited += 2) {
    if (waited > 10_000) throw new Error(`process ${pid} does not end`);
    await new Promise((done) => setTimeout(done, 2));
  }
}

/** The processes that a process has started and that are still there (Linux). */
export function childrenOf(pid: number): readonly number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return text === '' ? [] : text.split(' ').map(Number);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A process that nobody has asked after yet is there, and dead.
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}

function start(program: string, args: readonly string[], env: Readonly<Record<string, string>>): ChildProcess {
  return spawn(process.execPath, [join(import.meta.dirname, program), ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function linesOf(child: ChildProcess, take: (line: string) => void): void {
  if (child.stdout !== null) createInterface({ input: child.stdout }).on('line', take);
}

function watched(child: ChildProcess): Started {
  // `close`, not `exit`: what it wrote before it ended has been read then.
  const ended = once(child, 'close').then(([code]) => (typeof code === 'number' ? code : null));
  return {
    ended,
    end: async (signal) => {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      await ended;
    },
  };
}

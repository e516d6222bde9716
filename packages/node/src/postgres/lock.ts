import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Places } from './places.ts';

/** Who owns the running server of a data folder: the process that started it. */
const OWNER = 'comity-owner';

/**
 * Milliseconds for a server to stop in order (SIGINT). One whose recovery failed while its disk did may wait for ever for its own processes
 * (seen with PostgreSQL 18.4): it is then told to stop at once (SIGQUIT), which loses nothing, and recovers at its next start.
 */
export const PATIENCE = 10_000;

/** Thrown when another living Comity holds the data folder. */
export class InUse extends Error {
  constructor(data: string, owner: number) {
    super(`Another Comity (process ${owner}) is using ${data}. Stop it first, or give this one another folder.`);
  }
}

/** Notes that this process owns the server. */
export function writeOwner(data: string): void {
  writeFileSync(join(data, '..', OWNER), String(process.pid));
}

/** Forgets the note, after the server has stopped. */
export function clearOwner(data: string): void {
  rmSync(join(data, '..', OWNER), { force: true });
}

/**
 * Clears what a killed predecessor left. A living owner that is not us: InUse. A server whose owner is dead: stopped, then waited for.
 * A lock file whose process is gone, or is another program that got its number: removed, beside the data and beside the socket.
 */
export async function recoverLock({ data, socket }: Pick<Places, 'data' | 'socket'>): Promise<void> {
  const owner = readNumber(join(data, '..', OWNER));
  if (owner !== undefined && owner !== process.pid && isAlive(owner) && isNode(owner)) throw new InUse(data, owner);
  const server = serverOf(data);
  if (server === undefined) {
    for (const lock of [join(data, 'postmaster.pid'), join(socket, '.s.PGSQL.5432.lock')]) rmSync(lock, { force: true });
    return;
  }
  signal(server, 'SIGINT');
  for (let waited = 0; serverOf(data) !== undefined; waited += 50) {
    if (waited === PATIENCE) signal(server, 'SIGQUIT');
    if (waited > 2 * PATIENCE)
      throw new Error(`The PostgreSQL server of an earlier run (process ${server}) does not stop. End it, then start again.`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** Process id of the PostgreSQL server that runs on a data folder, if one does. */
export function serverOf(data: string): number | undefined {
  const pid = readNumber(join(data, 'postmaster.pid'));
  return pid !== undefined && isAlive(pid) && commandOf(pid)?.includes('postgres') !== false ? pid : undefined;
}

function readNumber(file: string): number | undefined {
  if (!existsSync(file)) return undefined;
  const number = Number(readFileSync(file, 'utf8').split('\n')[0]);
  return Number.isSafeInteger(number) && number > 0 ? number : undefined;
}

function isAlive(pid: number): boolean {
  return signal(pid, 0);
}

function isNode(pid: number): boolean {
  return commandOf(pid)?.includes('node') !== false;
}

/** Command line of a process where the system tells it (Linux); undefined elsewhere. */
function commandOf(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[0];
  } catch {
    return undefined;
  }
}

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch (error) {
    // EPERM: the process is there but is not ours.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

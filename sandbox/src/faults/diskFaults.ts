import { join } from 'node:path';
import { createDatabase, migrateDatabase, readLogState } from '@comity/node';
import { emptyEdge } from '@comity/prove';
import { placesFor } from '../../../packages/node/src/postgres/places.ts';
import { checkOn } from './checkOn.ts';
import { type DiskFault, type FaultyDisk, faultyDisk, type NotHere } from './disk.ts';
import { driveLog, keysOfDrivenLog } from './log.ts';
import { type Server, startServer, startWriter, type Writer } from './processes.ts';

/** What a log met and what was found. `faults` is empty when it kept its word. */
export interface Endured {
  /** Acknowledged before the disk failed or while it did, and after it was mended. */
  readonly before: number;
  readonly after: number;
  /** What the log and the database said while the disk failed. */
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
  /** Whose disk fails: the one under PostgreSQL, or the one with the copy of the head outside it. */
  readonly disk: 'database' | 'heads';
}

const NAME = 'comity_disk';
/** Entries acknowledged before the disk fails, and after it was mended. */
const SOME = 500;

/**
 * Lets a process append to a log as fast as it can, lets a disk fail under it until that is noticed, mends it, waits until the process has found its
 * way back by itself, and compares what was acknowledged with what is there. Gives why not where a disk cannot be made to fail (see faultyDisk).
 */
export async function endure({ dir, fault, disk: which }: Enduring): Promise<Endured | NotHere> {
  const heads = join(dir, 'heads');
  const disk = faultyDisk(which === 'heads' ? heads : placesFor(dir).data);
  if ('why' in disk) return disk;
  let server = await startServer(dir, { env: disk.env });
  try {
    await createDatabase(server.url('postgres'), NAME);
    await migrateDatabase(server.url(NAME));
    const url = server.url(NAME);
    const writer = await startWriter({ url, heads }, 'row', { env: disk.env });
    const { before, said } = await meet(writer, disk, fault);
    const survived = await answers(server, url);
    if (!survived) {
      await server.end('SIGKILL');
      server = await startServer(dir, { env: disk.env });
    }
    await until(() => countOf(writer) >= before + SOME, writer);
    await writer.end('SIGKILL');
    return { before, after: countOf(writer) - before, said, survived, faults: await faultsOf({ url, heads }, writer) };
  } finally {
    disk.mend();
    await server.end('SIGTERM');
    disk.remove();
  }
}

/** Lets the disk fail once enough was acknowledged, and mends it once the writer has said that something is wrong. */
async function meet(
  writer: Writer,
  disk: FaultyDisk,
  fault: DiskFault,
): Promise<{ readonly before: number; readonly said: string }> {
  await until(() => countOf(writer) >= SOME, writer);
  const heard = writer.said().length;
  disk.fail(fault);
  await until(() => writer.said().length > heard, writer);
  await new Promise((done) => setTimeout(done, 300));
  disk.mend();
  return { before: countOf(writer), said: writer.said().slice(heard) };
}

function countOf({ acknowledged }: Writer): number {
  return acknowledged.reduce((sum, { count }) => sum + count, 0);
}

async function until(met: () => boolean, writer: Writer): Promise<void> {
  for (let waited = 0; !met(); waited += 10) {
    if (waited > 60_000) throw new Error(`${countOf(writer)} entries were acknowledged, and then: ${writer.said().slice(-500)}`);
    await new Promise((done) => setTimeout(done, 10));
  }
}

/**
 * Whether the server answers within a time in which it has recovered; not when it has ended, or waits for ever (PostgreSQL 18.4 whose recovery
 * failed while it was restarting).
 */
async function answers(server: Server, url: string): Promise<boolean> {
  for (let tries = 0; tries < 100 && server.isUp(); tries++) {
    const state = readLogState(url);
    try {
      await state.heads();
      return true;
    } catch {
      await new Promise((done) => setTimeout(done, 50));
    } finally {
      await state.close();
    }
  }
  return false;
}

async function faultsOf(
  { url, heads }: { readonly url: string; readonly heads: string },
  { acknowledged }: Writer,
): Promise<readonly string[]> {
  const log = driveLog(url, { heads });
  await log.settle();
  await log.close();
  const state = readLogState(url);
  try {
    return (await checkOn(state, { before: emptyEdge(), keys: keysOfDrivenLog(), acknowledged })).faults;
  } finally {
    await state.close();
  }
}

import { createDatabase, migrateDatabase, readLogState } from '@comity/node';
import { emptyEdge, type TreeEdge } from '@comity/prove';
import { checkOn } from './checkOn.ts';
import { keysOfDrivenLog } from './log.ts';
import { childrenOf, killProcess, type Server, startServer, startWriter, type Writer } from './processes.ts';

/** Whom a kill hits: the process that writes the log, PostgreSQL as a whole, or one of PostgreSQL's own processes. */
export type Victim = 'writer' | 'server' | 'backend';

/** What is to be done to a log, and where. */
export interface Killing {
  /** Folder of the private PostgreSQL; it must be of this run alone. */
  readonly dir: string;
  readonly rounds: number;
  /** From 0 up to 1: when, and whom. The same row of numbers gives the same choices, though not the same moments. */
  readonly random: () => number;
  readonly victims?: readonly Victim[];
  /** Longest time that a writer is left alone, in milliseconds; 250 when not said. */
  readonly patience?: number;
}

/** What was found after all the kills. `faults` is empty when the log kept its word. */
export interface Killed {
  readonly rounds: number;
  readonly acknowledged: number;
  readonly size: bigint;
  readonly faults: readonly string[];
}

const NAME = 'comity_kills';

/**
 * Lets a process append to a log as fast as it can, kills it or its database with kill -9 at a random moment, starts again what is gone, and
 * compares what was acknowledged with what is there; again and again. Stops at the first round with a fault. Linux; needs the bundled
 * PostgreSQL. It says nothing of power cuts: what the operating system has been given outlives a kill.
 */
export async function killAgainAndAgain(killing: Killing): Promise<Killed> {
  let server = await startServer(killing.dir);
  await createDatabase(server.url('postgres'), NAME);
  await migrateDatabase(server.url(NAME));
  let edge = emptyEdge();
  let acknowledged = 0;
  let faults: readonly string[] = [];
  let round = 0;
  try {
    for (; round < killing.rounds && faults.length === 0; round++) {
      const writer = await startWriter(server.url(NAME), `round-${round}`);
      await strike(server, writer, killing);
      if (!server.isUp()) {
        await server.end('SIGKILL');
        server = await startServer(killing.dir);
      }
      const seen = await look(server, edge, writer);
      faults = seen.faults.map((fault) => `round ${round + 1}: ${fault}`);
      edge = seen.edge;
      acknowledged += writer.acknowledged.reduce((sum, { count }) => sum + count, 0);
    }
  } finally {
    await server.end('SIGTERM');
  }
  return { rounds: round, acknowledged, size: edge.size, faults };
}

async function strike(server: Server, writer: Writer, { random, victims, patience = 250 }: Killing): Promise<void> {
  const candidates = victims ?? (['writer', 'server', 'backend'] as const);
  const victim = candidates[Math.floor(random() * candidates.length)] ?? 'writer';
  await new Promise((done) => setTimeout(done, random() * patience));
  if (victim === 'writer') return writer.end('SIGKILL');
  const processes = victim === 'server' ? [] : childrenOf(server.pid);
  await killProcess(processes[Math.floor(random() * processes.length)] ?? server.pid);
  await Promise.race([writer.ended, new Promise((done) => setTimeout(done, 5000).unref())]);
  await writer.end('SIGKILL');
}

async function look(server: Server, before: TreeEdge, writer: Writer): ReturnType<typeof checkOn> {
  for (let tries = 0; ; tries++) {
    const state = readLogState(server.url(NAME));
    try {
      return await checkOn(state, { before, keys: keysOfDrivenLog(), acknowledged: writer.acknowledged });
    } catch (error) {
      // 57P03: the server is starting up or recovering; 57P01, 57P02: it has just told its processes to end.
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (tries > 200 || !['57P03', '57P01', '57P02'].includes(String(code))) throw error;
      await new Promise((done) => setTimeout(done, 50));
    } finally {
      await state.close();
    }
  }
}

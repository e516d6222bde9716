import { join } from 'node:path';
import { createDatabase, type LogState, migrateDatabase, readLogState } from '@comity/node';
import { emptyEdge, type TreeEdge } from '@comity/prove';
import { checkOn, type Seen } from './checkOn.ts';
import { driveLog, keysOfDrivenLog } from './log.ts';
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
 * Lets a process append to a log as fast as it can, and stage entries beside it, kills it or its database with kill -9 at a random moment, starts
 * again what is gone, and compares what was acknowledged with what is there; again and again. A writer whose database was killed is left to find
 * its way back, most times, before it is killed in turn. Stops at the first round with a fault. Linux; needs the bundled PostgreSQL. It says
 * nothing of power cuts: what the operating system has been given outlives a kill.
 */
export async function killAgainAndAgain(killing: Killing): Promise<Killed> {
  const heads = join(killing.dir, 'heads');
  let server = await startServer(killing.dir);
  await createDatabase(server.url('postgres'), NAME);
  await migrateDatabase(server.url(NAME));
  const url = server.url(NAME);
  const found = { edge: emptyEdge(), acknowledged: 0, faults: [] as readonly string[], rounds: 0 };
  try {
    while (found.rounds < killing.rounds && found.faults.length === 0) {
      found.rounds += 1;
      const writer = await startWriter({ url, heads }, `round-${found.rounds}`);
      server = await strike(server, writer, killing);
      const { edge, faults } = await look({ url, heads }, found.edge, writer);
      found.edge = edge;
      found.faults = faults.map((fault) => `round ${found.rounds}: ${fault}`);
      found.acknowledged += writer.acknowledged.reduce((sum, { count }) => sum + count, 0);
    }
  } finally {
    await server.end('SIGTERM');
  }
  return { rounds: found.rounds, acknowledged: found.acknowledged, size: found.edge.size, faults: found.faults };
}

/** Kills somebody, in the end the writer too; gives the server that is there afterwards. */
async function strike(server: Server, writer: Writer, { dir, random, victims, patience = 250 }: Killing): Promise<Server> {
  const candidates = victims ?? (['writer', 'server', 'backend'] as const);
  const victim = candidates[Math.floor(random() * candidates.length)] ?? 'writer';
  await pause(random() * patience);
  if (victim !== 'writer') {
    const processes = victim === 'server' ? [] : childrenOf(server.pid);
    await killProcess(processes[Math.floor(random() * processes.length)] ?? server.pid);
  }
  const living = await alive(server, dir);
  if (victim === 'writer' || random() > 0.7) {
    await writer.end('SIGKILL');
    return living;
  }
  const recovered = await recovery(living, writer, dir);
  await pause(random() * patience);
  await writer.end('SIGKILL');
  return recovered;
}

/** The server, or, when it is gone, the one that is started in its place. */
async function alive(server: Server, dir: string): Promise<Server> {
  if (server.isUp()) return server;
  await server.end('SIGKILL');
  return startServer(dir);
}

/** Waits until the writer has something acknowledged again. A server whose recovery failed ends a little later, and is started again here. */
async function recovery(server: Server, writer: Writer, dir: string): Promise<Server> {
  const before = writer.acknowledged.length;
  let living = server;
  for (let waited = 0; writer.acknowledged.length < before + 3; waited += 10) {
    if (waited > 30_000) throw new Error(`the writer did not find its way back: ${writer.said().slice(-500)}`);
    await pause(10);
    living = await alive(living, dir);
  }
  return living;
}

async function look(
  { url, heads }: { readonly url: string; readonly heads: string },
  before: TreeEdge,
  writer: Writer,
): Promise<Seen> {
  const state = readLogState(url);
  try {
    await awaitServer(state);
    const log = driveLog(url, { heads });
    await log.settle();
    await log.close();
    return await checkOn(state, { before, keys: keysOfDrivenLog(), acknowledged: writer.acknowledged });
  } finally {
    await state.close();
  }
}

/** Waits until a server that is recovering answers again. */
async function awaitServer(state: LogState): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return void (await state.heads());
    } catch (error) {
      if (tries > 600) throw error;
      await pause(50);
    }
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}

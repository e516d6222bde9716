import { createHash, type Hash } from 'node:crypto';
import { type Result, refuse } from '@comity/core';
import type { TrinoTable } from './trinoTable.ts';

export type TrinoRow = readonly unknown[];
export type Ask = (sql: string) => Promise<readonly TrinoRow[]>;

/** A worker that dies takes its queries along; the next try runs on those that are left. */
const TRIES = 6;
const WAIT_MS = 2_000;

/** What went wrong on the way to a cluster or on it. It says nothing of the engine's message, which may quote data. */
class ClusterFailed extends Error {
  /** Whether it is what was left when everything had been tried: nobody tries again. */
  tried = false;
}

/** A statement that failed on the cluster, and of what kind the failure is. */
export class QueryFailed extends ClusterFailed {
  readonly type: string;
  constructor(type: string) {
    super(type);
    this.type = type;
  }
}

/** The coordinator does not answer, or not as one does. */
class EngineAway extends ClusterFailed {}

/** What was asked a second time did not begin with the same rows. */
export class TableChanged extends Error {}

/** Whether an error came from a cluster, so that `refusalOf` reads it. */
export function isOfCluster(error: unknown): boolean {
  return error instanceof ClusterFailed || error instanceof TableChanged;
}

/** The refusal that a failed statement is; throws what is no failure of the cluster. `engine-exhausted`, `engine-unreachable`, `dataset-unreadable`, `preview-stale`. */
export function refusalOf(error: unknown): Result<never> {
  if (error instanceof TableChanged) return refuse('preview-stale');
  if (error instanceof EngineAway) return refuse('engine-unreachable', 'server');
  if (!(error instanceof QueryFailed)) throw error;
  if (error.type === 'USER_ERROR') return refuse('dataset-unreadable');
  return refuse(error.type === 'INSUFFICIENT_RESOURCES' ? 'engine-exhausted' : 'engine-unreachable', 'server');
}

/** How a cluster is asked. Both ask again when a worker was lost; a statement that is wrong is wrong each time, and fails at once. */
export interface Cluster {
  /** All rows of a statement whose answer is small. */
  readonly ask: Ask;
  /** Rows as they come, page by page. The statement must put them in one order: after a loss it is asked from its beginning, and goes on behind what was given. */
  readonly pages: (sql: string) => AsyncGenerator<readonly TrinoRow[]>;
  /** Rows as they come, without an order: a loss ends it, and its caller starts anew. */
  readonly onePass: (sql: string) => AsyncGenerator<readonly TrinoRow[]>;
}

/** Nothing is sent before the first statement. `waitMs`: how long a lost worker is waited for before the next try. */
export async function clusterOf({ server, user, catalog, schema }: TrinoTable, waitMs = WAIT_MS): Promise<Cluster> {
  // Loaded when a cluster is asked: whoever reads files need not wait for it.
  const { BasicAuth, Trino } = await import('trino-client');
  const client = Trino.create({ server, catalog, schema, source: 'comity', auth: new BasicAuth(user) });
  const onePass = (sql: string): AsyncGenerator<readonly TrinoRow[]> => pagesFrom(client, sql);
  const ask: Ask = (sql) =>
    tryAgain(async () => {
      const rows: TrinoRow[] = [];
      for await (const page of onePass(sql)) rows.push(...page);
      return rows;
    }, waitMs);
  return { ask, onePass, pages: (sql) => resumed(() => onePass(sql), waitMs) };
}

type Client = ReturnType<typeof import('trino-client').Trino.create>;

async function* pagesFrom(client: Client, sql: string): AsyncGenerator<readonly TrinoRow[]> {
  const result = await orAway(() => client.query(sql));
  let [id, ended] = ['', false];
  try {
    for (;;) {
      const { value, done } = await orAway(() => result.next());
      const { error, data } = value;
      id = value.id;
      ended = done === true || error !== undefined;
      if (error !== undefined) throw new QueryFailed(error.errorType);
      if (ended) return;
      if (data !== undefined && data.length > 0) yield data;
    }
  } catch (error) {
    ended ||= error instanceof EngineAway;
    throw error;
  } finally {
    // Whoever stops listening does not leave the cluster at work.
    if (!ended && id !== '') await client.cancel(id).catch(() => {});
  }
}

async function orAway<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch {
    // What a server says may quote the statement.
    throw new EngineAway('the engine does not answer');
  }
}

const pause = (waitMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, waitMs));

/** Returns where it is worth while to try once more after so many tries; else throws. */
function lost(error: unknown, tried: number): void {
  const wrong = error instanceof QueryFailed && error.type === 'USER_ERROR';
  if (!(error instanceof ClusterFailed) || error.tried || wrong) throw error;
  if (tried < TRIES) return;
  error.tried = true;
  throw error;
}

/** Does something again, with a pause, as long as it fails for want of a worker. */
export async function tryAgain<T>(work: () => Promise<T>, waitMs = WAIT_MS): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await work();
    } catch (error) {
      lost(error, tried);
      await pause(waitMs);
    }
  }
}

async function* resumed(open: () => AsyncGenerator<readonly TrinoRow[]>, waitMs: number): AsyncGenerator<readonly TrinoRow[]> {
  const given: Given = { rows: 0, hash: createHash('sha256') };
  for (let tried = 1; ; tried++) {
    const before = given.rows;
    try {
      yield* behind(open(), given);
      return;
    } catch (error) {
      if (given.rows > before) tried = 1;
      lost(error, tried);
      await pause(waitMs);
    }
  }
}

interface Given {
  rows: number;
  hash: Hash;
}

/** The rows behind those that were given; the others must be the same ones as before. */
async function* behind(pages: AsyncGenerator<readonly TrinoRow[]>, given: Given): AsyncGenerator<readonly TrinoRow[]> {
  const hash = createHash('sha256');
  const [skip, before] = [given.rows, given.hash.copy().digest('hex')];
  let at = 0;
  const check = (): void => {
    if (hash.copy().digest('hex') !== before) throw new TableChanged('the rows are not those of before');
  };
  for await (const page of pages) {
    const old = Math.max(0, Math.min(page.length, skip - at));
    page.forEach((row, i) => {
      if (i === old && at + i === skip) check();
      hash.update(JSON.stringify(row));
    });
    at += page.length;
    if (at === skip) check();
    if (old === page.length) continue;
    [given.rows, given.hash] = [at, hash.copy()];
    yield old === 0 ? page : page.slice(old);
  }
  if (at < skip) throw new TableChanged('there are fewer rows than before');
}

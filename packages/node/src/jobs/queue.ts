import { sql } from 'kysely';
import type { Jobs } from '../app/house.ts';
import type { Tx } from '../store/database.ts';

/** Puts work into graphile-worker's queue, in the caller's transaction: what is owed is owed exactly when the act that makes it owed is kept. */
export const queue: Jobs = {
  deliver: (tx, party) => add(tx, { task: 'deliver', payload: { party }, key: `deliver:${party}` }),
  fetch: (tx, ciphertext) => add(tx, { task: 'fetch', payload: { ciphertext }, key: `fetch:${ciphertext}` }),
  hi1: (tx, authority) => add(tx, { task: 'hi1', payload: { authority }, key: `hi1:${authority}` }),
  scan: (tx, dataset) => add(tx, { task: 'scan', payload: { dataset }, key: `scan:${dataset}` }),
  prepare: (tx, preparation) => add(tx, { task: 'prepare', payload: { preparation }, key: `prepare:${preparation}` }),
  custody: (tx, job) => add(tx, { task: 'custody', payload: { case: job.case }, key: `custody:${job.case}`, at: job.at }),
  clock: (tx, job) =>
    add(tx, {
      task: 'clock',
      payload: { case: job.case, clock: job.clock, kind: job.kind },
      key: `clock:${job.case}:${job.clock}:${job.kind}`,
      at: job.at,
    }),
};

interface Work {
  readonly task: string;
  readonly payload: object;
  readonly key: string;
  readonly at?: string;
}

async function add(tx: Tx, work: Work): Promise<void> {
  const at = work.at ?? null;
  await sql`select graphile_worker.add_job(${work.task}, payload := ${JSON.stringify(work.payload)}::json, job_key := ${work.key}, run_at := coalesce(${at}::timestamptz, now()))`.execute(
    tx,
  );
}

/** Puts a piece of work off. */
export async function later(
  tx: Tx,
  work: {
    readonly task: 'deliver' | 'fetch' | 'hi1' | 'prepare';
    readonly payload: object;
    readonly key: string;
    readonly seconds: number;
  },
): Promise<void> {
  const at = new Date(Date.now() + work.seconds * 1000).toISOString();
  await add(tx, { task: work.task, payload: work.payload, key: work.key, at });
}

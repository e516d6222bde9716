import { Logger, type Runner, run, type TaskList } from 'graphile-worker';
import type pg from 'pg';
import { noteCopies } from '../app/custody.ts';
import { pushTo } from '../app/hi1/push.ts';
import type { House } from '../app/house.ts';
import { runPreparation } from '../app/prepare/prepare.ts';
import { scanDataset } from '../app/prepare/scanning.ts';
import { takePayload } from '../app/take.ts';
import { PeerRefused, Unreachable } from '../peers/call.ts';
import { listDatasets } from '../store/datasets.ts';
import { owedAuthorities } from '../store/hi1Deliveries.ts';
import { waitingParties } from '../store/outbox.ts';
import { expectedPayloads } from '../store/payloads.ts';
import { openPreparations } from '../store/preparations.ts';
import { noteDue } from './clock.ts';
import { deliverTo } from './deliver.ts';
import { Pauses } from './pause.ts';
import { later, queue } from './queue.ts';

/** A preparation that waits for another is looked at again after so many seconds. */
const WAITS = 5;

/** Starts the jobs of a node: delivery, fetching of payloads, clocks. What was owed when the node last stopped is taken up at once. */
export async function startJobs(house: House, pool: pg.Pool): Promise<Runner> {
  const pauses = new Pauses();
  const tasks: TaskList = {
    deliver: async (payload) => {
      const party = memberOf(payload, 'party');
      const ended = await deliverTo(house, party);
      if (ended === 'all') pauses.forget(party);
      else await retry(house, { task: 'deliver', payload: { party }, key: `deliver:${party}` }, pauses.next(party));
    },
    fetch: async (payload) => {
      const ciphertext = memberOf(payload, 'ciphertext');
      const taken = await fetchOnce(house, ciphertext);
      if (taken) pauses.forget(ciphertext);
      else await retry(house, { task: 'fetch', payload: { ciphertext }, key: `fetch:${ciphertext}` }, pauses.next(ciphertext));
    },
    hi1: async (payload) => {
      const authority = memberOf(payload, 'authority');
      if (await pushTo(house, authority)) pauses.forget(`hi1:${authority}`);
      else await retry(house, { task: 'hi1', payload: { authority }, key: `hi1:${authority}` }, pauses.next(`hi1:${authority}`));
    },
    scan: async (payload) => scanDataset(house, memberOf(payload, 'dataset')),
    prepare: async (payload) => {
      const preparation = memberOf(payload, 'preparation');
      if (!(await runPreparation(house, preparation)))
        await retry(house, { task: 'prepare', payload: { preparation }, key: `prepare:${preparation}` }, WAITS);
    },
    custody: async (payload) => noteCopies(house, memberOf(payload, 'case')),
    clock: async (payload) => {
      const kind = memberOf(payload, 'kind') === 'strict' ? 'strict' : 'formal';
      await noteDue(house, { case: memberOf(payload, 'case'), clock: memberOf(payload, 'clock'), kind });
    },
  };
  await takeUp(house);
  return run({ pgPool: pool, taskList: tasks, concurrency: 4, pollInterval: 2000, noHandleSignals: true, logger: quiet(house) });
}

async function takeUp(house: House): Promise<void> {
  const parties = await waitingParties(house.db);
  const payloads = await expectedPayloads(house.db);
  const owed = await owedAuthorities(house.db);
  const preparations = await openPreparations(house.db);
  const unscanned = (await listDatasets(house.db)).filter(({ scan }) => scan === null);
  await house.db.transaction().execute(async (tx) => {
    for (const { id } of unscanned) await queue.scan(tx, id);
    for (const preparation of preparations) await queue.prepare(tx, preparation);
    for (const party of parties) await queue.deliver(tx, party);
    for (const payload of payloads) await queue.fetch(tx, payload.ciphertext);
    for (const authority of owed) await queue.hi1(tx, authority);
  });
}

/** True when there is nothing more to do for this payload. */
async function fetchOnce(house: House, ciphertext: string): Promise<boolean> {
  try {
    const taken = await takePayload(house, ciphertext);
    // An altered payload or a full disk: the sender or the disk may be mended, so it is tried again; nothing was kept.
    return taken.ok;
  } catch (error) {
    if (error instanceof Unreachable || error instanceof PeerRefused) return false;
    throw error;
  }
}

async function retry(
  house: House,
  work: { readonly task: 'deliver' | 'fetch' | 'hi1' | 'prepare'; readonly payload: object; readonly key: string },
  seconds: number,
): Promise<void> {
  await house.db.transaction().execute((tx) => later(tx, { ...work, seconds }));
}

function memberOf(payload: unknown, name: string): string {
  const value: unknown =
    typeof payload === 'object' && payload !== null ? Object.entries(payload).find(([key]) => key === name)?.[1] : undefined;
  if (typeof value !== 'string') throw new TypeError(`a job has no ${name}`);
  return value;
}

/** The queue tells of failures only, and never with the payload of a job. */
function quiet(house: House): Logger {
  return new Logger(() => (level, message) => {
    if (level === 'error') process.stderr.write(`${house.party.id}: job failed: ${message.slice(0, 200)}\n`);
  });
}

import type { CaseView } from '@comity/node/api';
import { Actor } from '../../../sandbox/src/stories/actor.ts';
import { testSandbox } from '../../../sandbox/src/testing.ts';
import { quantile } from '../measure.ts';
import { type Bench, comparison, type Figure } from '../sheet.ts';
import { machine } from '../versions.ts';

const PEER = { name: 'none', value: null };
const PER_SECOND = 50;
const SECONDS = 6;
const ONE_BY_ONE = 100;

/** From the click in Lisbon to the signed receipt of the court's application, over HTTP, PostgreSQL and both logs. */
export const nodeBench: Bench = {
  about: 'request to receipt between two organisations of the sandbox',
  run: async () => {
    const sandbox = await testSandbox();
    try {
      const investigator = await Actor.signIn(sandbox, 'pt-prosecution', 'investigator-1');
      await oneByOne(investigator, 20);
      const quiet = await oneByOne(investigator, ONE_BY_ONE);
      const busy = await atRate(investigator);
      return {
        input: `${ONE_BY_ONE} orders of three items, each sent when the one before was receipted; then ${PER_SECOND * SECONDS} at ${PER_SECOND} a second`,
        versions: {
          ...machine(),
          PostgreSQL: process.env['DATABASE_URL'] === undefined ? '18 (from npm, fsync on)' : 'by DATABASE_URL',
        },
        figures: [
          ...figures('one by one', quiet),
          ...figures(`${PER_SECOND} cases/s`, busy.times),
          comparison('cases receipted', 'per second', { ours: busy.perSecond, peer: PEER }),
        ],
        notes: [
          'A request is signed, judged, logged and stored here; sealed, sent, opened, checked, judged, logged and stored there; its receipt is stored here. All ten organisations share this machine.',
          'No peer: nothing else does the same.',
        ],
      };
    } finally {
      await sandbox.stop();
    }
  },
};

function figures(name: string, times: readonly number[]): readonly Figure[] {
  return [
    comparison(`${name}, p50`, 'ms', { ours: quantile(times, 0.5), peer: PEER }),
    comparison(`${name}, p99`, 'ms', { ours: quantile(times, 0.99), peer: PEER }),
  ];
}

async function oneByOne(actor: Actor, count: number): Promise<readonly number[]> {
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const sent = Date.now();
    times.push((await receiptOf(actor, await actor.open(ORDER))) - sent);
  }
  return times;
}

/** Requests leave on the beat, whether or not the ones before are through: what waits shows in the times. */
async function atRate(actor: Actor): Promise<{ readonly times: readonly number[]; readonly perSecond: number }> {
  const start = Date.now();
  const waiting = Array.from({ length: PER_SECOND * SECONDS }, async (_, i) => {
    const due = start + (i * 1000) / PER_SECOND;
    await new Promise((done) => setTimeout(done, due - Date.now()));
    return { due, id: await actor.open(ORDER) };
  });
  const opened = await Promise.all(waiting);
  const times: number[] = [];
  let last = start;
  for (const { due, id } of opened) {
    const receipted = await receiptOf(actor, id);
    times.push(receipted - due);
    last = Math.max(last, receipted);
  }
  return { times, perSecond: (times.length * 1000) / (last - start) };
}

/** When the receipt of the case's first act was stored: the node's own note, on the same clock as ours, so that asking late costs nothing. */
async function receiptOf(actor: Actor, id: string): Promise<number> {
  for (let tries = 0; tries < 600; tries++) {
    const { acts } = await actor.get<CaseView>(`/api/cases/${id}`);
    const delivered = acts[0]?.sent[0]?.delivered;
    if (typeof delivered === 'string') return Date.parse(delivered);
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new Error('no receipt came');
}

const PERIOD = { from: '2026-03-01T00:00:00.000Z', until: '2026-04-01T00:00:00.000Z' };

const ORDER = {
  procedure: 'eu.epoc',
  type: 'draft',
  data: {
    seats: { issuing: 'pt-prosecution', validating: 'pt-court', enforcing: 'ie-authority', provider: 'ie-skymail' },
    items: [
      { id: 'i1', identifierType: 'email', category: 'subscriber' },
      { id: 'i2', identifierType: 'email', category: 'traffic', period: PERIOD, zone: 'Europe/Lisbon' },
      { id: 'i3', identifierType: 'email', category: 'identification', period: PERIOD, zone: 'Europe/Lisbon' },
    ],
    purpose: 'criminal-investigation',
    maxPenaltyYears: 5,
    retentionUntil: '2027-06-30T00:00:00.000Z',
    offenceInIssuingState: true,
    personInIssuingState: false,
  },
  sections: {
    identifiers: Object.fromEntries(['i1', 'i2', 'i3'].map((id) => [id, { type: 'email', value: 'm.duarte@skymail.example' }])),
    offence: { statute: 'art. 221', description: 'computer fraud' },
    necessity: { text: 'Measured, not meant.' },
  },
};

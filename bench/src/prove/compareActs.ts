import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ORGANISATIONS } from '../../../sandbox/src/organisations.ts';
import { testSandbox } from '../../../sandbox/src/testing.ts';
import { median } from '../measure.ts';
import { comparison, type Figure } from '../sheet.ts';
import type { Compared } from './compareAppends.ts';
import { machineLimit } from './machineLimit.ts';

const CLIENTS = [1, 8, 32];
/** The row that stands for all. */
const TYPICAL = 8;
const ROUNDS = 3;
const SECONDS = 3;
/** An act is signed by the person and by the organisation. */
const SIGNATURES = 2;
const ORG = 'us-hospital';
const PERSON = 'owner-1';
const IDLE = 'pt-court';

/**
 * The whole act path of a real node over HTTP, beside what the machine allows at most, measured in turn in the same run. The other organisations are
 * off, and the acts concern none of them: nothing is sent.
 */
export async function compareActs(): Promise<Compared> {
  const sandbox = await testSandbox();
  try {
    for (const { id } of ORGANISATIONS) if (id !== ORG) await sandbox.halt(id);
    const url = sandbox.orgs.find(({ id }) => id === ORG)?.url ?? '';
    await clientsAt(url, TYPICAL, 2);
    const figures: Figure[] = [];
    for (const clients of CLIENTS) {
      const rows = await inTurn(url, sandbox.databaseUrl(IDLE), clients);
      figures.push(...(clients === TYPICAL ? [{ ...rows[0], name: 'acts-http' }] : []), ...rows);
    }
    return { figures: figures.sort((a, b) => Number(b.name === 'acts-http') - Number(a.name === 'acts-http')), notes: NOTES };
  } finally {
    await sandbox.stop();
  }
}

const NOTES = [
  `acts-http: clients in a process of their own, each signed in and with one request at a time, open a case (which also states why it is read, an entry of its own) and close it, half of the acts each; an act counts when it is answered 201. Nothing is sent to others: the bench node measures that. The row "acts-http" is that of ${TYPICAL} clients.`,
  'acts-http: the limit is, for each act, two Ed25519 signatures made (the person, the organisation; none is checked in this path) and one durable insert of 500 bytes in a transaction of its own, on as many connections as there are clients: no HTTP, nothing read, judged, folded or logged. The goal is within 2 x of it: a ratio of 0.5.',
  'acts-http is not like for like with append: here each act comes alone over HTTP, is judged and has a transaction of its own.',
];

interface Answered {
  readonly perSecond: number;
  readonly p99: number;
}

async function inTurn(url: string, database: string, clients: number): Promise<readonly [Figure, Figure]> {
  const ours: Answered[] = [];
  const limits: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(await clientsAt(url, clients, SECONDS));
    limits.push(await machineLimit(database, { signatures: SIGNATURES, connections: clients, seconds: 2 }));
  }
  const name = `acts-http, ${clients} client${clients === 1 ? '' : 's'}`;
  const peer = { name: 'sign twice and insert', value: median(limits) };
  return [
    comparison(name, 'acts/s', { ours: median(ours.map(({ perSecond }) => perSecond)), peer }),
    comparison(`${name}, p99`, 'ms', { ours: median(ours.map(({ p99 }) => p99)), peer: { name: 'none', value: null } }),
  ];
}

async function clientsAt(url: string, clients: number, seconds: number): Promise<Answered> {
  const args = [fileURLToPath(import.meta.resolve('./clients.ts')), url, PERSON, String(clients), String(seconds)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  // Parser: the program's own output; clients.ts writes these numbers and no others.
  return JSON.parse(stdout) as Answered;
}

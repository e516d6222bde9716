import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDatabase, dropDatabase, type House, type Keystore, readLogState } from '@comity/node';
import { nodeTreeHasher } from '@comity/node/hasher';
import { mlDsa44SignerOf, newMlDsa44Key, sha256, signatureChecks, signerOf } from '@comity/node/keys';
import {
  checkSignedCheckpoint,
  consistencyProof,
  emptyEdge,
  formatAddCheckpoint,
  formatCheckpoint,
  growTree,
  MLDSA_COSIGNATURE,
  NOTE_SIGNATURE,
  parseNote,
  parsePolicy,
  signCheckpoint,
  type Tile,
  type TreeEdge,
  verifierKey,
} from '@comity/prove';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Actor, RefusedByNode } from './stories/actor.ts';
import { ORDER, testSandbox } from './testing.ts';

let sandbox: Awaited<ReturnType<typeof testSandbox>>;

beforeAll(async () => {
  sandbox = await testSandbox({ only: ORDER });
});

afterAll(() => sandbox.stop());

const urlOf = (id: string): string => sandbox.orgs.find((org) => org.id === id)?.url ?? '';
const keysOf = (id: string): Keystore => sandbox.node(id).house.keystore;

/** A tree that somebody who holds the keys of a log can make: every size of it, signed. */
class Forged {
  readonly #origin: string;
  readonly #keys: Pick<Keystore, 'log' | 'logPostQuantum'>;
  readonly #leaves: Uint8Array[] = [];
  readonly #tiles = new Map<string, Tile>();
  edge: TreeEdge = emptyEdge();

  constructor(origin: string, keys: Pick<Keystore, 'log' | 'logPostQuantum'>) {
    this.#origin = origin;
    this.#keys = keys;
  }

  grow(count: number): void {
    for (let i = 0; i < count; i++) this.#leaves.push(new Uint8Array(randomBytes(32)));
    const grown = growTree(emptyEdge(), Buffer.concat(this.#leaves), nodeTreeHasher);
    for (const tile of grown.tiles) this.#tiles.set(`${tile.level}/${tile.index}`, tile);
    this.edge = grown.edge;
  }

  async checkpoint(size: number, more: { readonly only?: 'ed25519' } = {}): Promise<string> {
    const { root } = growTree(emptyEdge(), Buffer.concat(this.#leaves.slice(0, size)), nodeTreeHasher);
    const text = formatCheckpoint({ origin: this.#origin, size: BigInt(size), root });
    const raw = (key: string): Uint8Array => Buffer.from(key, 'base64url');
    const { log, logPostQuantum } = this.#keys;
    const signers = [
      { key: verifierKey({ name: this.#origin, kind: NOTE_SIGNATURE, publicKey: raw(log.x) }, sha256), sign: signerOf(log) },
      {
        key: verifierKey({ name: this.#origin, kind: MLDSA_COSIGNATURE, publicKey: raw(logPostQuantum.pub) }, sha256),
        sign: mlDsa44SignerOf(logPostQuantum),
      },
    ];
    return signCheckpoint({ text, time: 1_800_000_000n }, more.only === undefined ? signers : signers.slice(0, 1));
  }

  async request(oldSize: number, size: number): Promise<string> {
    const read = async ({ level, index }: { readonly level: number; readonly index: bigint }): Promise<Uint8Array> =>
      this.#tiles.get(`${level}/${index}`)?.bytes ?? new Uint8Array(0);
    const sizes = { oldSize: BigInt(oldSize), newSize: BigInt(size) };
    return formatAddCheckpoint({
      oldSize: sizes.oldSize,
      proof: await consistencyProof(sizes, read, sha256),
      checkpoint: await this.checkpoint(size),
    });
  }
}

const ask = (witness: string, body: string): Promise<Response> =>
  fetch(`${urlOf(witness)}/peer/witness/add-checkpoint`, { method: 'POST', headers: { 'content-type': 'text/plain' }, body });

const LOG = 'pt-prosecution.sandbox.comity.example/log';

describe('a node as a witness', () => {
  it('loses nothing when two requests race: one of N and N + K is cosigned, and the head never goes back', async () => {
    const tree = new Forged(`${LOG}/2031`, keysOf('pt-prosecution'));
    tree.grow(400);
    let at = 0;
    for (let round = 0; round < 12; round++) {
      const bodies = await Promise.all([5, 17, 9, 30].map((more) => tree.request(at, at + more)));
      const answers = await Promise.all(bodies.map((body) => ask('eu-overseer', body)));
      const won = answers.findIndex(({ status }) => status === 200);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
      at += [5, 17, 9, 30][won] ?? 0;
      const [lost] = answers.filter(({ status }) => status === 409);
      expect(lost?.headers.get('content-type')).toBe('text/x.tlog.size');
      expect(await lost?.text()).toBe(`${at}\n`);
    }
    const stored = await sandbox
      .node('eu-overseer')
      .house.db.selectFrom('witnessed_logs')
      .select('size')
      .where('origin', '=', `${LOG}/2031`)
      .execute();
    expect(stored).toEqual([{ size: String(at) }]);
  });

  it('answers 400, 403, 404, 409 and 422 as the specification says', async () => {
    const tree = new Forged(`${LOG}/2032`, keysOf('pt-prosecution'));
    tree.grow(30);
    const status = async (body: string): Promise<number> => (await ask('nv-venue', body)).status;
    expect(await status('old 00\n\nx')).toBe(400);
    expect(await status(`old 99999999999999999999\n\n${await tree.checkpoint(3)}`)).toBe(400);
    expect(await status(`old 4\n\n${await tree.checkpoint(3)}`)).toBe(400);
    expect(await status(await new Forged('nobody.example/log/2032', keysOf('pt-prosecution')).request(0, 0))).toBe(404);
    const thief = { log: keysOf('ie-skymail').log, logPostQuantum: newMlDsa44Key() };
    expect(await status(`old 0\n\n${await withLeaves(new Forged(`${LOG}/2032`, thief)).checkpoint(3)}`)).toBe(403);
    expect(await status(`old 0\n\n${await tree.checkpoint(3, { only: 'ed25519' })}`)).toBe(403);
    expect(await status(await tree.request(7, 9))).toBe(409);
    expect(await status(await tree.request(0, 20))).toBe(200);
    expect(await status(`old 20\n\n${await tree.checkpoint(25)}`)).toBe(422);
    expect(await status(await tree.request(20, 20))).toBe(200);
    const own = new Forged('nv-venue.sandbox.comity.example/log/2032', keysOf('nv-venue'));
    own.grow(1);
    expect(await status(await own.request(0, 1))).toBe(404);
  });

  it('catches a split view: the second head of one size is refused and both notes are kept', async () => {
    const [one, other] = [
      new Forged(`${LOG}/2033`, keysOf('pt-prosecution')),
      new Forged(`${LOG}/2033`, keysOf('pt-prosecution')),
    ];
    one.grow(12);
    other.grow(12);
    expect((await ask('eu-overseer', await one.request(0, 12))).status).toBe(200);
    expect((await ask('eu-overseer', `old 12\n\n${await other.checkpoint(12)}`)).status).toBe(422);
    const evidence = await sandbox
      .node('eu-overseer')
      .house.db.selectFrom('log_evidence')
      .select(['kind', 'first', 'second'])
      .where('origin', '=', `${LOG}/2033`)
      .execute();
    expect(evidence).toMatchObject([{ kind: 'split-view' }]);
    const [first, second] = [evidence[0]?.first ?? '', evidence[0]?.second ?? ''].map((note) => parseNote(note));
    expect(first?.ok && second?.ok && first.value.text !== second.value.text).toBe(true);
    const shown: { kind: string }[] = JSON.parse(await (await fetch(`${urlOf('eu-overseer')}/public/evidence`)).text());
    expect(shown.map(({ kind }) => kind)).toContain('split-view');
  });

  it('remembers what it cosigned over a restart', async () => {
    const tree = new Forged(`${LOG}/2034`, keysOf('pt-prosecution'));
    tree.grow(20);
    expect((await ask('nv-venue', await tree.request(0, 10))).status).toBe(200);
    await sandbox.halt('nv-venue');
    await sandbox.resume('nv-venue');
    expect((await ask('nv-venue', await tree.request(0, 12))).status).toBe(409);
    expect((await ask('nv-venue', await tree.request(10, 12))).status).toBe(200);
  });
});

function withLeaves(tree: Forged): Forged {
  tree.grow(5);
  return tree;
}

const DRAFT = {
  procedure: 'eu.epoc',
  type: 'draft',
  data: {
    seats: { issuing: 'pt-prosecution', validating: 'pt-court', enforcing: 'ie-authority', provider: 'ie-skymail' },
    items: [{ id: 'i1', identifierType: 'email', category: 'subscriber' }],
    purpose: 'criminal-investigation',
    maxPenaltyYears: 5,
    retentionUntil: '2027-06-30T00:00:00.000Z',
    offenceInIssuingState: true,
    personInIssuingState: false,
  },
  sections: {
    identifiers: { i1: { type: 'email', value: 'a@skymail.example' } },
    offence: { statute: 'x' },
    necessity: { text: 'y' },
  },
};

async function open(more: object = {}): Promise<string> {
  const investigator = await Actor.signIn(sandbox, 'pt-prosecution', 'investigator-1');
  try {
    await investigator.open({ ...DRAFT, data: { ...DRAFT.data, ...more } });
    return 'opened';
  } catch (error) {
    if (error instanceof RefusedByNode) return error.problem.code;
    throw error;
  }
}

const head = async (id: string) =>
  sandbox
    .node(id)
    .house.db.selectFrom('log_heads')
    .select(['year', 'size', 'witnessed_size', 'witnessed', 'checkpoint'])
    .executeTakeFirstOrThrow();

async function eventually(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 150; tries++) {
    if (await holds()) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error('it did not come about');
}

describe('a log with witnesses', () => {
  it('has its heads cosigned by a counterparty, an overseer and a neutral venue', async () => {
    expect(await open()).toBe('opened');
    await eventually(async () => (await head('pt-prosecution')).witnessed_size === (await head('pt-prosecution')).size);
    const { witnessed } = await head('pt-prosecution');
    const text = await (await fetch(`${urlOf('pt-prosecution')}/public/policy`)).text();
    const policy = parsePolicy(text, sha256);
    if (!policy.ok) throw new Error(policy.detail);
    expect(policy.value.groups.map(({ name }) => name).sort()).toEqual(['counterparties', 'every-role', 'neutral', 'oversight']);
    const year = new Date().getUTCFullYear();
    const logs = [{ origin: `${LOG}/${year}`, keys: logKeys(`${LOG}/${year}`) }];
    const signed = checkSignedCheckpoint(witnessed ?? '', { logs, quorum: policy.value, sha256, checks: signatureChecks });
    expect(signed.ok).toBe(true);
  });

  it('whose witnesses are silent for too long begins no transfer, and goes on as soon as they answer', async () => {
    await sandbox.halt('eu-overseer');
    expect(await open()).toBe('opened');
    const { db } = sandbox.node('pt-prosecution').house;
    const { year, witnessed_size } = await head('pt-prosecution');
    const age = (hours: number): Promise<unknown> =>
      db
        .updateTable('log_index')
        .set({ at: new Date(Date.now() - hours * 3_600_000).toISOString() })
        .where('year', '=', year)
        .where('index', '=', witnessed_size)
        .execute();
    await age(3);
    expect(await open()).toBe('opened');
    const { house } = sandbox.node('pt-prosecution');
    await eventually(async () => (await lastMarks(house.db)).includes('"marks":["unwitnessed"]'));
    await age(5);
    expect(await open()).toBe('log-unwitnessed');
    // Lives do not wait for witnesses; that these were silent stands in the entry for good.
    expect(await open({ emergency: true, danger: 'life' })).toBe('opened');
    await eventually(async () => (await lastMarks(house.db)).includes('"marks":["emergency","unwitnessed"]'));
    expect(await open({ emergency: false })).toBe('log-unwitnessed');
    await sandbox.resume('eu-overseer');
    await eventually(async () => (await head('pt-prosecution')).witnessed_size !== witnessed_size);
    expect(await open()).toBe('opened');
  });

  it('that was set back, its second head too, is stopped by its witnesses: nothing is signed, nothing is done', async () => {
    await sandbox.halt('pt-prosecution');
    const headFile = join(sandbox.dir, 'orgs', 'pt-prosecution', 'heads', `log-${new Date().getUTCFullYear()}`);
    const [name, url] = ['comity_pt_prosecution', sandbox.databaseUrl('pt-prosecution')];
    const admin = url.replace(name, 'postgres');
    const backup = readFileSync(headFile);
    await createDatabase(admin, 'backup', name);
    await sandbox.resume('pt-prosecution');
    expect(await open()).toBe('opened');
    await eventually(async () => (await head('pt-prosecution')).witnessed_size === (await head('pt-prosecution')).size);
    const lost = (await head('pt-prosecution')).size;
    await eventually(async () => (await copied()) === lost);
    await sandbox.halt('pt-prosecution');
    await dropDatabase(admin, name);
    await createDatabase(admin, name, 'backup');
    writeFileSync(headFile, backup);
    await sandbox.halt('eu-overseer');
    await sandbox.resume('pt-prosecution');
    await eventually(async () => sandbox.node('pt-prosecution').house.log.standing() === 'behind');
    expect(BigInt((await head('pt-prosecution')).size)).toBeLessThan(BigInt(lost));
    expect(await open()).toBe('log-behind');
    expect(BigInt((await head('pt-prosecution')).size)).toBeLessThan(BigInt(lost));
  });

  it('catches up from the overseer’s copy, and goes on in one and the same tree', async () => {
    await sandbox.resume('eu-overseer');
    await eventually(async () => sandbox.node('pt-prosecution').house.log.standing() === 'writing');
    expect(await open()).toBe('opened');
    await eventually(async () => (await head('pt-prosecution')).witnessed_size === (await head('pt-prosecution')).size);
    const log = readLogState(sandbox.databaseUrl('pt-prosecution'));
    const { lost, unlogged } = await log.unmatched();
    await log.close();
    // The act that was made after the backup: its entry is back, what it said is not.
    expect([lost.length, unlogged.length]).toEqual([1, 0]);
    const evidence = await sandbox
      .node('eu-overseer')
      .house.db.selectFrom('log_evidence')
      .select('kind')
      .where('origin', 'like', `${LOG}/202%`)
      .execute();
    expect(evidence).toEqual([]);
  });

  it('whose second head is lost signs nothing, and goes on once the head that a witness saw is put back', async () => {
    const year = new Date().getUTCFullYear();
    const heads = join(sandbox.dir, 'orgs', 'pt-prosecution', 'heads');
    await eventually(async () => (await head('pt-prosecution')).witnessed_size === (await head('pt-prosecution')).size);
    await sandbox.halt('pt-prosecution');
    rmSync(heads, { recursive: true });
    await sandbox.resume('pt-prosecution');
    await eventually(async () => sandbox.node('pt-prosecution').house.log.standing() === 'behind');
    expect(await open()).toBe('log-behind');
    await sandbox.halt('pt-prosecution');
    const hash = createHash('sha256').update(`${LOG}/${year}`).digest('hex');
    const seen = await (await fetch(`${urlOf('eu-overseer')}/peer/witness/${hash}/checkpoint`)).text();
    mkdirSync(heads);
    writeFileSync(join(heads, `log-${year}`), seen);
    await sandbox.resume('pt-prosecution');
    await eventually(async () => sandbox.node('pt-prosecution').house.log.standing() === 'writing');
    expect(await open()).toBe('opened');
  });
});

/** How far the overseer's copy of this year's log goes. */
async function copied(): Promise<string | undefined> {
  const found = sandbox.node('eu-overseer').house.db.selectFrom('mirrors').select('size');
  return (await found.where('origin', '=', `${LOG}/${new Date().getUTCFullYear()}`).executeTakeFirst())?.size;
}

/** The bytes of the newest entries, as text. */
async function lastMarks(db: House['db']): Promise<string> {
  const rows = await db.selectFrom('log_tail').select('bytes').orderBy('index', 'desc').limit(5).execute();
  return rows.map(({ bytes }) => Buffer.from(bytes).toString()).join();
}

function logKeys(origin: string) {
  const { log, logPostQuantum } = keysOf('pt-prosecution');
  return [
    verifierKey({ name: origin, kind: NOTE_SIGNATURE, publicKey: Buffer.from(log.x, 'base64url') }, sha256),
    verifierKey({ name: origin, kind: MLDSA_COSIGNATURE, publicKey: Buffer.from(logPostQuantum.pub, 'base64url') }, sha256),
  ];
}

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Party, SignedDirectory } from '@comity/core';
import {
  createDatabase,
  type Keystore,
  machineSecret,
  migrateDatabase,
  NODE_PERSON,
  openKeystore,
  openPostgres,
  type PostgresServer,
  type PrivateJwk,
  personCards,
  publicKeysOf,
  type RunningNode,
  SIGNATURES,
  signDirectory,
  signerOf,
  signLawIndex,
  startNode,
} from '@comity/node';
import { PACKS } from '../places.ts';
import { type Answered, fileIn } from './run.ts';

const BIN = join(import.meta.dirname, '..', '..', 'bin', 'comity.js');
const FROM = '2026-01-01T00:00:00.000Z';
const people = [{ id: 'officer-1', name: 'N.N.', roles: ['privacy_officer'] }];

/** Two parties with keys and configuration files, a PostgreSQL, and the node of the first one. */
export class TestNodes {
  readonly dir: string;
  readonly party = 'pt-court';
  readonly overseer = 'eu-overseer';
  #postgres: PostgresServer | undefined;
  #keystores = new Map<string, Keystore>();
  #directory: SignedDirectory | undefined;
  #keeper = newKey();
  #port = 0;
  node: RunningNode | undefined;

  constructor(dir: string) {
    this.dir = dir;
  }

  get databaseUrl(): string {
    return this.#postgres?.url('comity') ?? '';
  }

  async open(): Promise<void> {
    this.#postgres = await openPostgres(this.dir, undefined);
    await createDatabase(this.#postgres.url('postgres'), 'comity');
    await migrateDatabase(this.databaseUrl);
    this.#port = await freePort();
    const parties = [await this.#partyOf(this.party, 'court'), await this.#partyOf(this.overseer, 'overseer')];
    const until = new Date(Date.now() + 86_400_000).toISOString();
    const directory = { v: 1, env: 'sandbox', issued: FROM, until, parties } as const;
    this.#directory = signDirectory(directory, signerOf(this.#keeper));
    this.#publishLaw();
    fileIn(this.dir, 'directory.json', this.#directory);
    fileIn(this.dir, 'keeper.json', this.#keeper);
    for (const party of [this.party, this.overseer]) fileIn(this.dir, `${party}.json`, this.#configOf(party));
  }

  async start(): Promise<RunningNode> {
    const keystore = this.#keystores.get(this.party);
    if (keystore === undefined || this.#directory === undefined) throw new Error('open comes first');
    this.node = await startNode({
      ...{ env: 'sandbox', party: this.party, port: this.#port, host: '127.0.0.1', databaseUrl: this.databaseUrl },
      ...{ dir: join(this.dir, this.party), keystore, directory: this.#directory, directoryKey: this.#keeper.x, people },
      ...{ lawDir: join(this.dir, 'packs'), lawSigners: [this.#keeper.x] },
    });
    return this.node;
  }

  async stop(): Promise<void> {
    await this.node?.stop();
    await this.#postgres?.stop();
  }

  /** Starts the node as its operator does, a process of its own, and waits until it is up. Whoever starts it kills it. */
  async spawn(): Promise<ChildProcess> {
    const args = [BIN, 'node', 'start', '--config', `${this.party}.json`];
    const env = { ...process.env, DATABASE_URL: this.databaseUrl };
    const child = spawn(process.execPath, args, { cwd: this.dir, env, stdio: ['ignore', 'pipe', 'pipe'] });
    await new Promise<void>((up, failed) => {
      child.stdout.once('data', () => up());
      child.once('exit', () => failed(new Error('the node did not start')));
    });
    return child;
  }

  /** What the node answers at a path. */
  async ask(path: string): Promise<unknown> {
    return (await fetch(`http://127.0.0.1:${this.#port}${path}`)).json();
  }

  /** Runs the program beside the node, as a person would. */
  run(...args: readonly string[]): Promise<Answered> {
    return this.runWith({}, ...args);
  }

  /** The same, with more in its environment. */
  runWith(more: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Answered> {
    const env = { ...process.env, DATABASE_URL: this.databaseUrl, ...more };
    return new Promise((done) => {
      execFile(process.execPath, [BIN, ...args], { cwd: this.dir, env }, (error, out, err) => {
        done({ code: error === null ? 0 : Number(error.code), out, err });
      });
    });
  }

  /** Verifier keys of the node's log. */
  get vkeys(): readonly string[] {
    return this.node?.house.party.keys.flatMap((key) => (key.use === 'log' ? [key.public] : [])) ?? [];
  }

  async #partyOf(id: string, kind: string): Promise<Party> {
    const persons = ['officer-1', NODE_PERSON];
    const secret = await machineSecret(join(this.dir, 'machine-secret'), join(this.dir, this.party));
    const request = { env: 'sandbox', party: id, persons, passphrase: 'x', workFactor: 10, secret } as const;
    const store = await openKeystore(join(this.dir, `${id}-keys.json`), request);
    this.#keystores.set(id, store);
    const logOrigin = `${id}.test/log`;
    return {
      ...{ id, name: id, country: 'PT', zone: 'Europe/Lisbon', kind, endpoint: `http://127.0.0.1:${this.#port}` },
      ...{ powers: [], logOrigin, from: FROM, keys: publicKeysOf(store, FROM, logOrigin) },
      persons: personCards(store, [...people, { id: NODE_PERSON, roles: [NODE_PERSON] }], FROM),
    };
  }

  #configOf(party: string): object {
    return {
      ...{ env: 'sandbox', party, port: this.#port, dir: party, keystore: `${party}-keys.json`, directory: 'directory.json' },
      keystoreSecret: 'machine-secret',
      ...{ directoryKey: this.#keeper.x, people, lawDir: 'packs' },
    };
  }

  #publishLaw(): void {
    const packs = join(this.dir, 'packs');
    mkdirSync(packs);
    cpSync(PACKS, packs, { recursive: true });
    const signed = signLawIndex(readFileSync(join(packs, 'index.json'), 'utf8'), this.#keeper);
    writeFileSync(join(packs, SIGNATURES), JSON.stringify([signed]));
  }
}

function newKey(): PrivateJwk {
  const { x = '', d = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  return { kty: 'OKP', crv: 'Ed25519', x, d };
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type Party, type SignedDirectory, toInstant } from '@comity/core';
import type { Catalogue } from '@comity/prepare';
import { MLDSA_COSIGNATURE, NOTE_SIGNATURE, signCheckpoint, verifierKey } from '@comity/prove';
import type { FastifyInstance } from 'fastify';
import { type FactCards, type House, NODE_PERSON, type Person } from './app/house.ts';
import { policyByRole, readNodePolicy } from './app/policy.ts';
import { startMirroring } from './jobs/mirror.ts';
import { queue } from './jobs/queue.ts';
import { startJobs } from './jobs/run.ts';
import { startSweeping } from './jobs/sweep.ts';
import { consultWitnesses, startWitnessing } from './jobs/witness.ts';
import { type BookSource, DirectoryBook } from './keys/book.ts';
import { mlDsa44SignerOf, sha256, signerOf } from './keys/crypto.ts';
import { evidenceSealer, stampsFrom } from './keys/evidence.ts';
import { FOREIGN_CLOCK, type ForeignAuthority } from './keys/foreign.ts';
import { noteIssued } from './keys/issued.ts';
import { signersOf } from './keys/signers.ts';
import { type SubjectKeys, subjectKeys } from './keys/subjects.ts';
import { nodeTreeHasher } from './keys/treeHasher.ts';
import { loadLaw } from './law.ts';
import { withArchive } from './lawArchive.ts';
import { httpPeers } from './peers/client.ts';
import { buildServer } from './serve.ts';
import { type Connection, connect } from './store/database.ts';
import { headFile } from './store/headFile.ts';
import type { LogWriter } from './store/logWriter.ts';
import { openLog } from './store/sequencer.ts';
import { settleSubjects } from './store/settle.ts';
import { tileFiles } from './store/tileFiles.ts';
import { keepApart } from './vault/apart.ts';
import { openBuckets } from './vault/buckets.ts';
import { openDatasetFiles } from './vault/datasetFiles.ts';
import { openObjects } from './vault/objects.ts';
import { openPartials } from './vault/partial.ts';
import type { S3VaultPlace } from './vault/s3.ts';

/** What one organisation's node is started with. */
export interface NodeConfig extends BookSource {
  readonly port: number;
  readonly host: string;
  /** A database that is migrated (`migrateDatabase`). */
  readonly databaseUrl: string;
  /** Holds the vault. */
  readonly dir: string;
  /** Where the second copy of the log's head is kept, best on another disk than the database; `heads` in `dir` by default. */
  readonly headDir?: string;
  /** Where the keys of cases are kept, never in a backup together with the database; `subjects` in `dir` by default. */
  readonly subjectsDir?: string;
  /** A bucket of an S3 service that holds sealed payloads; the folder `vault` in `dir` by default. */
  readonly vault?: S3VaultPlace;
  /** Buckets from which data that are prepared here may be taken. */
  readonly buckets?: readonly S3VaultPlace[];
  /** Where the headers of sealed files are kept, never in a backup together with the vault; `headers` in `dir` by default. */
  readonly headersDir?: string;
  /** The suite that is sealed with (`packages/seal/src/suites.ts`); the current one when left out. */
  readonly suite?: string;
  /** Address of a time stamp authority (RFC 3161) for evidence containers; none when left out. */
  readonly stampUrl?: string;
  /** How many overseers must have ordered that an entry is blanked; 1 when left out. */
  readonly redactionOrders?: number;
  readonly people: readonly Person[];
  /** Offices to which no network leads: their post is given out and taken in as files. */
  readonly byFile?: readonly string[];
  /** Who must have cosigned this node's checkpoints (C2SP tlog-policy), each witness with its URL; by role from the directory when left out. */
  readonly witnessPolicy?: string;
  /** For how many hours transfers may begin without a quorum of witnesses; 4 when left out. */
  readonly unwitnessedHours?: number;
  /** Compiled packs. */
  readonly lawDir: string;
  /** base64url Ed25519 keys of the publishers whose packs this node applies. */
  readonly lawSigners: readonly string[];
  readonly catalogue?: Catalogue;
  readonly restrictedZip3?: readonly string[];
  readonly factCards?: FactCards;
  /** Authorities without a node of their own that this organisation knows, by number and key. */
  readonly foreign?: readonly ForeignAuthority[];
  /** How many minutes a message of theirs may be ahead of our clock; 5 when left out. */
  readonly foreignAheadMinutes?: number;
  /** How many hours old a message of theirs may be; 24 when left out. */
  readonly foreignBehindHours?: number;
  readonly webDir?: string;
  readonly lobby?: string;
  /** Milliseconds since 1970; the machine's clock unless a test brings its own. */
  readonly clock?: () => number;
}

/** A node that runs. */
export interface RunningNode {
  readonly house: House;
  readonly url: string;
  readonly server: FastifyInstance;
  /** Puts a newer directory in force while the node runs: its keys verify, sign and are sealed to from now on. Throws, in words, on one that cannot be used; then nothing changes. */
  readonly takeDirectory: (signed: SignedDirectory) => Promise<'taken' | 'older'>;
  readonly stop: () => Promise<void>;
}

/** Wires a node and starts it: database, keys, law, jobs, server. Only this file knows all of them. */
export async function startNode(config: NodeConfig): Promise<RunningNode> {
  const connection = connect(config.databaseUrl);
  const undo: (() => Promise<void>)[] = [connection.close];
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const book = new DirectoryBook(config, instantOf(config));
    await noteIssued(config.dir, book.directory.issued);
    const house = await buildHouse({ config, book, connection }, undo);
    const server = await buildServer({
      house,
      port: config.port,
      ...optional('webDir', config.webDir),
      ...optional('lobby', config.lobby),
    });
    undo.push(() => server.close());
    await server.listen({ port: config.port, host: config.host });
    const jobs = await startJobs(house, connection.pool);
    undo.push(() => jobs.stop());
    const sweeping = startSweeping(house);
    undo.push(() => sweeping.stop());
    const mirroring = startMirroring(house);
    undo.push(() => mirroring.stop());
    const takeDirectory = async (signed: SignedDirectory): Promise<'taken' | 'older'> => {
      const taken = await book.take(signed, house.now());
      if (taken === 'taken') await noteIssued(config.dir, book.directory.issued);
      return taken;
    };
    return { house, url: `http://${config.host}:${config.port}`, server, takeDirectory, stop };
  } catch (error) {
    await stop();
    throw portTaken(error)
      ? new Error(`Port ${config.port} is taken by another program. Stop it, or choose another port.`)
      : error;
  }
}

interface Wiring {
  readonly config: NodeConfig;
  readonly book: DirectoryBook;
  readonly connection: Connection;
}

async function buildHouse({ config, book, connection }: Wiring, undo: (() => Promise<void>)[]): Promise<House> {
  const now = (): string => instantOf(config);
  const { party, directory } = book;
  if (config.keystore.env !== config.env) throw new Error('The keys belong to another environment (sandbox or production).');
  const policy =
    config.witnessPolicy === undefined
      ? policyByRole(directory, { now: now(), except: party.id })
      : readNodePolicy(config.witnessPolicy);
  const signers = signersOf(book);
  const peers = httpPeers(inForce(book, { env: config.env, now, signers }));
  const log = openLog(config.databaseUrl, {
    ...logWriter(config, party),
    consult: (db) => consultWitnesses({ party, peers, now }, policy, db),
  });
  undo.push(() => log.stop());
  const witnesses = startWitnessing({ party, now, db: connection.db, log, peers }, policy);
  undo.push(() => witnesses.stop());
  return inForce<Omit<House, keyof InForce>>(book, {
    env: config.env,
    now,
    witnesses,
    unwitnessedLimit: (config.unwitnessedHours ?? UNWITNESSED_HOURS) * 3_600_000,
    directoryKey: config.directoryKey,
    people: [...config.people, { id: NODE_PERSON, name: party.name, roles: [NODE_PERSON] }],
    byFile: config.byFile ?? [],
    law: await withArchive(connection.db, loadLaw(config.lawDir, config.lawSigners)),
    db: connection.db,
    log,
    tiles: tileFiles(join(config.dir, 'public', 'log')),
    logOrigin: (year) => `${party.logOrigin}/${year}`,
    signers,
    evidence: await evidenceSealer(book, { dir: config.dir, now: now(), random }),
    ...optional('stamp', stampsFrom(config.stampUrl, random)),
    subjects: await openSubjects(config, connection, undo),
    vault: keepApart(await openObjects(config), config.headersDir ?? join(config.dir, 'headers')),
    ...optional('suite', config.suite),
    partials: openPartials(join(config.dir, 'partial')),
    datasets: openDatasetFiles(join(config.dir, 'datasets')),
    jobs: queue,
    peers,
    ...knowledgeOf(config),
    random,
  });
}

type Known = 'catalogue' | 'buckets' | 'restrictedZip3' | 'factCards' | 'foreign' | 'foreignClock';

/** What the operator has told the node of its data, its partners, and authorities elsewhere. */
function knowledgeOf(config: NodeConfig): Pick<House, Known> {
  const { catalogue = [], restrictedZip3, factCards = {}, foreign = [] } = config;
  const { foreignAheadMinutes: ahead, foreignBehindHours: behind } = config;
  const foreignClock = {
    ahead: ahead === undefined ? FOREIGN_CLOCK.ahead : ahead * 60_000,
    behind: behind === undefined ? FOREIGN_CLOCK.behind : behind * 3_600_000,
  };
  const buckets = openBuckets(config.buckets ?? []);
  return { catalogue, buckets, restrictedZip3, factCards, foreign, foreignClock };
}

function random(count: number): Uint8Array {
  return Uint8Array.from(randomBytes(count));
}

type InForce = Pick<House, 'party' | 'directory' | 'signedDirectory' | 'keystore'>;

/** Adds what the directory says at the moment of asking. Never spread what this gives: a copy stands still. */
function inForce<T extends object>(book: DirectoryBook, rest: T): T & InForce {
  return {
    ...rest,
    get party() {
      return book.party;
    },
    get directory() {
      return book.directory;
    },
    get signedDirectory() {
      return book.signed;
    },
    get keystore() {
      return book.keystore;
    },
  };
}

function instantOf({ clock = Date.now }: Pick<NodeConfig, 'clock'>): string {
  return toInstant(clock());
}

/** As long as X-Road lets its message log go without time stamps. */
const UNWITNESSED_HOURS = 4;

async function openSubjects(config: NodeConfig, { db }: Connection, undo: (() => Promise<void>)[]): Promise<SubjectKeys> {
  const subjects = subjectKeys(config.subjectsDir ?? join(config.dir, 'subjects'));
  undo.push(() => subjects.close());
  const missing = await settleSubjects(db, subjects);
  if (missing > 0) process.stderr.write(`${config.party}: the keys of ${missing} cases are not in their folder\n`);
  return subjects;
}

function logWriter(config: NodeConfig, party: Party): Omit<LogWriter, 'consult'> {
  const { keystore } = config;
  const clock = config.clock ?? Date.now;
  const raw = (text: string): Uint8Array => Buffer.from(text, 'base64url');
  const [log, logPostQuantum] = [signerOf(keystore.log), mlDsa44SignerOf(keystore.logPostQuantum)];
  return {
    originOf: (year) => `${party.logOrigin}/${year}`,
    hasher: nodeTreeHasher,
    sign: (text) => {
      const [name = ''] = text.split('\n');
      const ed25519 = verifierKey({ name, kind: NOTE_SIGNATURE, publicKey: raw(keystore.log.x) }, sha256);
      const mlDsa44 = verifierKey({ name, kind: MLDSA_COSIGNATURE, publicKey: raw(keystore.logPostQuantum.pub) }, sha256);
      const time = BigInt(Math.floor(clock() / 1000));
      return signCheckpoint({ text, time }, [
        { key: ed25519, sign: log },
        { key: mlDsa44, sign: logPostQuantum },
      ]);
    },
    headFileOf: (year) => headFile(join(config.headDir ?? join(config.dir, 'heads'), `log-${year}`)),
    clock,
    report: (why) => void process.stderr.write(`${party.id}: log: ${why}\n`),
  };
}

function optional<K extends string, V>(name: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [name]: value } as { [P in K]?: V });
}

function portTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

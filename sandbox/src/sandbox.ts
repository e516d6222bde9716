import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Facts } from '@comity/core';
import {
  createDatabase,
  dropDatabase,
  type ForeignAuthority,
  migrateDatabase,
  openPostgres,
  type PostgresServer,
  policyByRole,
  policyText,
  type RunningNode,
  SIGNATURES,
  signLawIndex,
  startNode,
} from '@comity/node';
import type { Catalogue } from '@comity/prepare';
import { buildDatasets, cataloguesFor, RESTRICTED_ZIP3 } from './datasets/index.ts';
import { openSandboxKeystore, type SandboxKeys, sandboxKeys } from './directory.ts';
import { countedFacts } from './facts.ts';
import { type Lobby, startLobby } from './lobby.ts';
import { ORGANISATIONS, type Organisation, WITNESSES } from './organisations.ts';
import { buildPages } from './pages.ts';

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');
const HOST = '127.0.0.1';

export interface SandboxOptions {
  /** Holds everything; `.comity` in the project by default. */
  readonly dir: string;
  /** Port of the lobby; the organisations take the next ones. */
  readonly port: number;
  /** Forgets everything first. */
  readonly fresh?: boolean;
  /** Without pages: for stories and tests that speak HTTP only. */
  readonly pages?: boolean;
  /** The suite that deliveries are sealed with; the current one when left out. */
  readonly suite?: string;
  /** Changes the folder of packs before the sandbox's publisher signs it: for tests of law that none of ours has. */
  readonly changeLaw?: (dir: string) => void;
  /** What organisations may be in procedures that `changeLaw` brings. */
  readonly powers?: Readonly<Record<string, Organisation['powers']>>;
  /** With the organisations that only some routes need. */
  readonly routes?: boolean;
  /** Starts these organisations alone, and whoever a quorum of witnesses needs; name two at least, so that each has a third. The directory has all. */
  readonly only?: readonly string[];
  /** What time it is for every organisation, in milliseconds since 1970; the machine's when left out: for stories in which days pass. */
  readonly clock?: () => number;
  /** Authorities without a node that an organisation knows, by the organisation's id. */
  readonly foreign?: Readonly<Record<string, readonly ForeignAuthority[]>>;
  /** Called with a key of the sandbox's catalogue as each step is done. */
  readonly step?: (step: string) => void;
}

/** A sandbox that runs. */
export interface Sandbox {
  /** Holds everything. */
  readonly dir: string;
  readonly lobby: string;
  readonly orgs: readonly { readonly id: string; readonly url: string }[];
  /** The running node of an organisation, for tests that look inside. */
  readonly node: (id: string) => RunningNode;
  /** Address of an organisation's database. */
  readonly databaseUrl: (id: string) => string;
  readonly directoryKey: string;
  /** Stops one organisation, as a power cut would stop its machine. */
  readonly halt: (id: string) => Promise<void>;
  /** Starts a stopped organisation again. */
  readonly resume: (id: string) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Brings up all organisations of the sandbox on this machine: one private PostgreSQL, and for each organisation its own database, keys, log and port. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const dir = resolve(options.dir);
  if (options.fresh === true)
    for (const name of ['orgs', 'directory-keeper.json', 'machine-secret', 'trust.json'])
      rmSync(join(dir, name), { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  const postgres = await openPostgres(dir, process.env['DATABASE_URL']);
  const undo: (() => Promise<void>)[] = [postgres.stop];
  try {
    const wiring = await prepare(options, { dir, url: postgres.url });
    options.step?.('data-ready');
    const nodes = new Map<string, RunningNode>();
    const begin = async (org: Organisation): Promise<void> =>
      void nodes.set(org.id, await startOrganisation(org, ORGANISATIONS.indexOf(org), wiring));
    undo.push(async () => void (await Promise.all([...nodes.values()].map((node) => node.stop()))));
    await allOrFirstFault(wiring.present.map(begin));
    const lobby = await startLobby({
      host: HOST,
      port: options.port,
      trust: readFileSync(join(dir, 'trust.json'), 'utf8'),
      portOf: wiring.portOf,
    });
    return running({ dir, lobby, nodes, begin, postgres, wiring });
  } catch (error) {
    for (const step of undo.reverse()) await step();
    throw error;
  }
}

/** Pages, keys, data and databases: whatever is there already is kept. */
async function prepare(options: SandboxOptions, at: Pick<Wiring, 'dir' | 'url'>): Promise<Wiring> {
  const portOf = (index: number): number => options.port + 1 + index;
  const present = ORGANISATIONS.filter((org) => isPresent(org, options));
  const fresh = options.fresh === true || !existsSync(join(at.dir, 'trust.json'));
  const [pages, keys, datasets] = await Promise.all([
    options.pages === false ? undefined : buildPages(ROOT),
    sandboxKeys(at.dir, { host: HOST, portOf, ...(options.powers === undefined ? {} : { powers: options.powers }) }),
    buildDatasets(join(at.dir, 'data')),
    prepareDatabases(at.url, { present, fresh }),
  ]);
  const policy = policyText(policyByRole(keys.directory.directory, { now: new Date().toISOString() }));
  const trust = { v: 1, env: 'sandbox', directoryKey: keys.directoryKey, policy };
  writeFileSync(join(at.dir, 'trust.json'), JSON.stringify(trust, null, 2));
  publishLaw(join(at.dir, 'law'), keys.keeper, options.changeLaw);
  const { claims, ...others } = cataloguesFor(datasets);
  const holdings: Readonly<Record<string, Catalogue>> = { ...others, claims };
  const lobby = `http://${HOST}:${options.port}`;
  const factCards = await countedFacts(claims, datasets.claims);
  return {
    ...at,
    keys,
    present,
    holdings,
    factCards,
    portOf,
    lobby,
    foreign: options.foreign ?? {},
    ...clockOf(options),
    ...(pages === undefined ? {} : { pages }),
    ...suiteOf(options),
  };
}

function isPresent({ id, kind, route }: Organisation, { only, routes }: SandboxOptions): boolean {
  return only === undefined ? route !== true || routes !== false : only.includes(id) || WITNESSES.includes(kind);
}

function clockOf({ clock }: Pick<SandboxOptions, 'clock'>): Pick<SandboxOptions, 'clock'> {
  return clock === undefined ? {} : { clock };
}

function suiteOf({ suite }: Pick<SandboxOptions, 'suite'>): Pick<SandboxOptions, 'suite'> {
  return suite === undefined ? {} : { suite };
}

/** The packs as the sandbox's own publisher gives them out: copied, and signed by whoever keeps its directory. */
function publishLaw(dir: string, keeper: SandboxKeys['keeper'], change?: SandboxOptions['changeLaw']): void {
  rmSync(dir, { recursive: true, force: true });
  cpSync(join(ROOT, 'law', 'packs'), dir, { recursive: true });
  change?.(dir);
  const signed = signLawIndex(readFileSync(join(dir, 'index.json'), 'utf8'), keeper);
  writeFileSync(join(dir, SIGNATURES), JSON.stringify([signed], null, 2));
}

/** Waits for every piece of work, also when one fails, so that nothing starts behind the back of whoever cleans up; then throws the first fault. */
async function allOrFirstFault(work: readonly Promise<void>[]): Promise<void> {
  const ended = await Promise.allSettled(work);
  const fault = ended.find((end) => end.status === 'rejected');
  if (fault !== undefined) throw fault.reason;
}

interface Wiring {
  readonly dir: string;
  readonly keys: SandboxKeys;
  readonly present: readonly Organisation[];
  readonly holdings: Readonly<Record<string, Catalogue>>;
  readonly factCards: Readonly<Record<string, Facts>>;
  readonly portOf: (index: number) => number;
  readonly lobby: string;
  readonly url: (database: string) => string;
  readonly pages?: string;
  readonly suite?: string;
  readonly clock?: () => number;
  readonly foreign: NonNullable<SandboxOptions['foreign']>;
}

function startOrganisation(org: Organisation, index: number, wiring: Wiring): Promise<RunningNode> {
  const keystore = wiring.keys.keystores.get(org.id);
  if (keystore === undefined) throw new Error(`${org.id} has no keys`);
  return startNode({
    env: 'sandbox',
    party: org.id,
    port: wiring.portOf(index),
    host: HOST,
    databaseUrl: wiring.url(databaseOf(org.id)),
    dir: join(wiring.dir, 'orgs', org.id),
    keystore,
    reopenKeystore: () => openSandboxKeystore(wiring.dir, org.id),
    directory: wiring.keys.directory,
    directoryKey: wiring.keys.directoryKey,
    people: org.people,
    byFile: org.byFile ?? [],
    lawDir: join(wiring.dir, 'law'),
    lawSigners: [wiring.keys.directoryKey],
    catalogue: wiring.holdings[org.holds ?? ''] ?? [],
    factCards: wiring.factCards,
    foreign: wiring.foreign[org.id] ?? org.foreign ?? [],
    restrictedZip3: RESTRICTED_ZIP3,
    lobby: wiring.lobby,
    ...(wiring.pages === undefined ? {} : { webDir: wiring.pages }),
    ...suiteOf(wiring),
    ...clockOf(wiring),
  });
}

function databaseOf(id: string): string {
  return `comity_${id.replaceAll('-', '_')}`;
}

const TEMPLATE = 'comity_template';

/** A database for each organisation. Tables are made once, in a template, and copied. */
async function prepareDatabases(
  url: (database: string) => string,
  { present, fresh }: { readonly present: readonly Organisation[]; readonly fresh: boolean },
): Promise<void> {
  const admin = url('postgres');
  const names = present.map((org) => databaseOf(org.id));
  const all = ORGANISATIONS.map((org) => databaseOf(org.id));
  if (fresh) for (const name of [...all, TEMPLATE]) await dropDatabase(admin, name);
  await createDatabase(admin, TEMPLATE);
  await migrateDatabase(url(TEMPLATE));
  for (const name of names) {
    const made = await createDatabase(admin, name, TEMPLATE);
    if (!made) await migrateDatabase(url(name));
  }
}

interface Parts {
  readonly dir: string;
  readonly lobby: Lobby;
  readonly nodes: Map<string, RunningNode>;
  readonly begin: (org: Organisation) => Promise<void>;
  readonly postgres: PostgresServer;
  readonly wiring: Wiring;
}

function running({ dir, lobby, nodes, begin, postgres, wiring }: Parts): Sandbox {
  const halt = async (id: string): Promise<void> => {
    await nodes.get(id)?.stop();
    nodes.delete(id);
  };
  const orgs = wiring.present.map(({ id }) => ({ id, url: nodes.get(id)?.url ?? '' }));
  return {
    dir,
    lobby: lobby.url,
    orgs,
    node: (id) => {
      const node = nodes.get(id);
      if (node === undefined) throw new Error(`${id} is not running`);
      return node;
    },
    databaseUrl: (id) => postgres.url(databaseOf(id)),
    directoryKey: wiring.keys.directoryKey,
    halt,
    resume: async (id) => {
      const org = ORGANISATIONS.find((candidate) => candidate.id === id);
      if (org !== undefined) await begin(org);
    },
    stop: async () => {
      await lobby.stop();
      await Promise.all([...nodes.keys()].map(halt));
      await postgres.stop();
    },
  };
}

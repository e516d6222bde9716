import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import {
  type Env,
  fromBase64Url,
  isJsonObject,
  type JsonObject,
  ok,
  type Result,
  refuse,
  type SignedDirectory,
} from '@comity/core';
import type { ForeignAuthority, S3VaultPlace } from '@comity/node';
import { SUITES } from '@comity/seal/manifest';
import { readDirectory } from '../directory/read.ts';
import { readJson, readText } from '../output.ts';
import { PACKS } from '../places.ts';
import { type HeldData, readData } from './dataConfig.ts';
import { type ConfiguredDevice, readDevice } from './deviceConfig.ts';
import { readForeign } from './foreignConfig.ts';
import { isEndpoint, readStores } from './vaultConfig.ts';

/** What a node is started with, read and checked before anything is opened. */
export interface NodeSettings {
  readonly env: Env;
  readonly party: string;
  readonly host: string;
  readonly port: number;
  /** Holds the vault and, where no database is named, a private PostgreSQL. */
  readonly dir: string;
  readonly databaseUrl?: string;
  readonly keystore: string;
  /** File with the secret of the machine that the keystore is sealed with; in the home of the node's user when left out. */
  readonly keystoreSecret?: string;
  /** Opens the keystore where it is sealed with a passphrase instead. */
  readonly keystorePassphrase?: string;
  /** Folder in which systemd hands in secrets. */
  readonly credentials?: string;
  /** Opens the office's identity; needed when the keystore is made. */
  readonly passphrase?: string;
  readonly directory: SignedDirectory;
  /** Where it was read; a newer one that is put there is taken up while the node runs. */
  readonly directoryFile: string;
  /** Where a newer one is looked for: the keeper's address, or `/public/directory` of another node. */
  readonly directoryUrl?: string;
  readonly directoryKey: string;
  readonly people: readonly { readonly id: string; readonly name: string; readonly roles: readonly string[] }[];
  /** Offices whose post is carried as files. */
  readonly byFile?: readonly string[];
  readonly lawDir: string;
  readonly lawSigners: readonly string[];
  readonly webDir?: string;
  /** Holds the keys of cases; `subjects` in `dir` when left out. */
  readonly subjectsDir?: string;
  /** Holds the headers of sealed files; `headers` in `dir` when left out. */
  readonly headersDir?: string;
  /** A bucket of an S3 service that holds sealed payloads; `vault` in `dir` when left out. */
  readonly vault?: S3VaultPlace;
  /** What the office holds, and what is known of it and of its partners. */
  readonly data?: HeldData;
  /** Buckets from which data that are prepared on this node may be taken. */
  readonly buckets?: readonly S3VaultPlace[];
  /** Holds signing keys that the keystore only names, and may open the keystore. */
  readonly device?: ConfiguredDevice;
  /** The suite to seal with; the current one when left out. */
  readonly suite?: string;
  /** Address of a time stamp authority (RFC 3161) for evidence containers. */
  readonly stampUrl?: string;
  /** How many overseers must have ordered that an entry is blanked. */
  readonly redactionOrders?: number;
  /** Holds the second copy of the log's head, best on another disk than the database; `heads` in `dir` when left out. */
  readonly headDir?: string;
  /** Text of the policy whose witnesses must have cosigned (C2SP tlog-policy); the configuration names its file. By role from the directory when left out. */
  readonly witnessPolicy?: string;
  /** For how many hours transfers may begin without a quorum of witnesses. */
  readonly unwitnessedHours?: number;
  /** Authorities without a node of their own, with the number at which each is called back; the configuration names the file. */
  readonly foreign?: readonly ForeignAuthority[];
  /** How many minutes a message of theirs may be ahead of this node's clock. */
  readonly foreignAheadMinutes?: number;
  /** How many hours old a message of theirs may be. */
  readonly foreignBehindHours?: number;
}

const MEMBERS = [
  'env',
  'party',
  'host',
  'port',
  'dir',
  'databaseUrl',
  'keystore',
  'keystoreSecret',
  'directory',
  'directoryKey',
  'directoryUrl',
  'people',
  'byFile',
  'lawDir',
  'lawSigners',
  'webDir',
  'subjectsDir',
  'headersDir',
  'suite',
  'stampUrl',
  'vault',
  'buckets',
  'data',
  'device',
  'redactionOrders',
  'headDir',
  'witnessPolicy',
  'unwitnessedHours',
  'foreign',
  'foreignAheadMinutes',
  'foreignBehindHours',
];
type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Reads a node's configuration file. Paths in it are relative to it. DATABASE_URL and COMITY_PASSPHRASE come from the environment, so that no secret need
 * stand in a file. Errors name the field: `field-missing`, `field-invalid`, `field-unknown`, or `not-found` for a file.
 */
export function readConfig(file: string, variables: Variables): Result<NodeSettings> {
  const json = readJson(file);
  if (!json.ok) return json;
  const config = json.value;
  if (!isJsonObject(config)) return refuse('field-invalid', file, { kind: 'object' });
  const unknown = Object.keys(config).find((member) => !MEMBERS.includes(member));
  if (unknown !== undefined) return refuse('field-unknown', unknown);
  const wrong = firstWrong(config);
  if (wrong !== undefined)
    return refuse(config[wrong] === undefined ? 'field-missing' : 'field-invalid', wrong, { kind: FORMS[wrong]?.kind ?? '' });
  return settingsOf(config, { home: dirname(resolve(file)), variables });
}

interface Form {
  readonly kind: string;
  readonly needed: boolean;
  readonly test: (value: unknown) => boolean;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.length > 0;
const text = { kind: 'text', needed: true, test: isText };

const FORMS: Readonly<Record<string, Form>> = {
  env: { kind: 'sandbox, production', needed: true, test: (value) => value === 'sandbox' || value === 'production' },
  party: text,
  host: { ...text, needed: false },
  port: {
    kind: '1-65535',
    needed: true,
    test: (value) => Number.isInteger(value) && Number(value) > 0 && Number(value) < 65_536,
  },
  dir: text,
  databaseUrl: { kind: 'postgres://', needed: false, test: (value) => isText(value) && /^postgres(ql)?:\/\//.test(value) },
  keystore: text,
  keystoreSecret: { ...text, needed: false },
  directory: text,
  directoryUrl: { kind: 'https://', needed: false, test: (value) => isText(value) && URL.parse(value) !== null },
  directoryKey: { kind: '32 bytes, base64url', needed: true, test: isKey },
  people: { kind: '[{id, name, roles}]', needed: true, test: (value) => Array.isArray(value) && value.every(isPerson) },
  lawDir: { ...text, needed: false },
  lawSigners: { kind: '[32 bytes, base64url]', needed: false, test: (value) => Array.isArray(value) && value.every(isKey) },
  webDir: { ...text, needed: false },
  subjectsDir: { ...text, needed: false },
  headersDir: { ...text, needed: false },
  vault: { kind: '{kind, endpoint, bucket, region, credentials}', needed: false, test: isJsonObject },
  buckets: { kind: '[{kind, endpoint, bucket, region, credentials}]', needed: false, test: Array.isArray },
  data: { ...text, needed: false },
  device: { kind: '{kind, …}', needed: false, test: isJsonObject },
  suite: { kind: Object.keys(SUITES).join(', '), needed: false, test: (value) => isText(value) && Object.hasOwn(SUITES, value) },
  stampUrl: { kind: 'https://', needed: false, test: (value) => isText(value) && /^https?:\/\//.test(value) },
  redactionOrders: {
    kind: '1-16',
    needed: false,
    test: (value) => Number.isInteger(value) && Number(value) > 0 && Number(value) <= 16,
  },
  headDir: { ...text, needed: false },
  witnessPolicy: { ...text, needed: false },
  byFile: {
    kind: '[party]',
    needed: false,
    test: (value) => Array.isArray(value) && value.every((id) => typeof id === 'string'),
  },
  foreign: { ...text, needed: false },
  foreignAheadMinutes: { kind: '0-60', needed: false, test: (value) => typeof value === 'number' && value >= 0 && value <= 60 },
  foreignBehindHours: { kind: '1-168', needed: false, test: (value) => typeof value === 'number' && value >= 1 && value <= 168 },
  unwitnessedHours: { kind: '0-168', needed: false, test: (value) => typeof value === 'number' && value >= 0 && value <= 168 },
};

function firstWrong(config: JsonObject): string | undefined {
  return Object.entries(FORMS).find(([name, form]) => {
    const value = config[name];
    return value === undefined ? form.needed : !form.test(value);
  })?.[0];
}

function settingsOf(
  config: JsonObject,
  { home, variables }: { readonly home: string; readonly variables: Variables },
): Result<NodeSettings> {
  // Parser: firstWrong has checked the form of every member.
  const checked = config as unknown as Checked;
  const directoryFile = resolve(home, checked.directory);
  const directory = readDirectory(directoryFile);
  if (!directory.ok)
    return directory.refusal.code === 'field-invalid' ? directory : refuse('not-found', `directory: ${checked.directory}`);
  const lawDir = checked.lawDir === undefined ? PACKS : resolve(home, checked.lawDir);
  if (!existsSync(lawDir)) return refuse('not-found', `lawDir: ${lawDir}`);
  const policy = checked.witnessPolicy === undefined ? undefined : readText(resolve(home, checked.witnessPolicy));
  if (policy?.ok === false) return refuse('not-found', `witnessPolicy: ${checked.witnessPolicy}`);
  const stores = readStores(config, { home, env: checked.env });
  if (!stores.ok) return stores;
  if (checked.directoryUrl !== undefined && !isEndpoint(checked.directoryUrl, checked.env))
    return refuse('field-invalid', 'directoryUrl', { kind: 'https://' });
  const device = config['device'] === undefined ? ok(undefined) : readDevice(config['device'], { home, env: checked.env });
  if (!device.ok) return device;
  const { foreign: foreignFile, data: dataFile, ...plain } = checked;
  const data = dataFile === undefined ? ok(undefined) : readData(resolve(home, dataFile), lawDir);
  if (!data.ok) return data;
  const foreign = foreignFile === undefined ? ok(undefined) : readForeign(resolve(home, foreignFile), checked.env);
  if (!foreign.ok) return foreign;
  return ok({
    ...without(plain, ['vault', 'buckets', 'device']),
    ...pathsOf(checked, home),
    host: checked.host ?? '127.0.0.1',
    lawDir,
    // Whoever keeps the directory is trusted beforehand; other publishers are named.
    lawSigners: checked.lawSigners ?? [checked.directoryKey],
    directory: directory.value,
    directoryFile,
    ...stores.value,
    ...fromEnvironment(checked, variables),
    ...(data.value === undefined ? {} : { data: data.value }),
    ...(device.value === undefined ? {} : { device: device.value }),
    ...(foreign.value === undefined ? {} : { foreign: foreign.value }),
    ...(policy === undefined ? {} : { witnessPolicy: policy.value }),
  });
}

/** What comes from the environment, so that no secret need stand in a file. */
function fromEnvironment({ databaseUrl }: Checked, variables: Variables): Partial<NodeSettings> {
  const named = {
    databaseUrl: variables['DATABASE_URL'] ?? databaseUrl,
    passphrase: variables['COMITY_PASSPHRASE'],
    keystorePassphrase: variables['COMITY_KEYSTORE_PASSPHRASE'],
    credentials: variables['CREDENTIALS_DIRECTORY'],
  };
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined));
}

/** The configuration as it stands in its file. */
type Checked = Omit<NodeSettings, 'directory' | 'directoryFile' | 'vault' | 'buckets' | 'data' | 'device' | 'foreign'> & {
  readonly directory: string;
  readonly foreign?: string;
  readonly data?: string;
};

const PATHS = ['dir', 'keystore', 'keystoreSecret', 'webDir', 'subjectsDir', 'headersDir', 'headDir'] as const;

/** The paths in a configuration, which are relative to its file. */
function pathsOf(checked: Checked, home: string): Pick<NodeSettings, (typeof PATHS)[number]> {
  const named = PATHS.flatMap((name) => {
    const path = checked[name];
    return path === undefined ? [] : [[name, resolve(home, path)] as const];
  });
  return { dir: '', keystore: '', ...Object.fromEntries(named) };
}

function without<T extends object>(object: T, names: readonly string[]): T {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !names.includes(key))) as T; // parser: the rest of the same members
}

function isKey(value: unknown): boolean {
  try {
    return isText(value) && fromBase64Url(value).length === 32;
  } catch {
    // fromBase64Url throws on every other spelling.
    return false;
  }
}

function isPerson(value: unknown): boolean {
  return (
    isJsonObject(value) &&
    isText(value['id']) &&
    isText(value['name']) &&
    Array.isArray(value['roles']) &&
    value['roles'].every(isText)
  );
}

import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDays, type Party, type SignedDirectory } from '@comity/core';
import {
  type Keystore,
  type KeystoreRequest,
  type KeystoreSecret,
  machineSecret,
  NODE_PERSON,
  openKeystore,
  type PrivateJwk,
  personCards,
  publicKeysOf,
  signDirectory,
  signerOf,
} from '@comity/node';
import { ORGANISATIONS, type Organisation } from './organisations.ts';

/** Opens every office of the sandbox. It protects nothing: everything here is invented, and the lobby shows it. */
export const PASSPHRASE = 'sandbox';
/** Cheap on purpose, so that a story does not wait for scrypt; a real node uses 18. */
const WORK_FACTOR = 10;

export interface SandboxKeys {
  readonly keystores: ReadonlyMap<string, Keystore>;
  readonly directory: SignedDirectory;
  /** base64url public key of the directory's keeper. */
  readonly directoryKey: string;
  /** The keeper's private key: it signs the sandbox's directory and its packs of law. */
  readonly keeper: PrivateJwk;
}

interface Ports {
  /** What organisations may be besides: in procedures that a test brings. */
  readonly powers?: Readonly<Record<string, Organisation['powers']>>;
  readonly host: string;
  readonly portOf: (index: number) => number;
}

/** Keys of all organisations and the signed directory that lists them; made at the first start, then kept. */
export async function sandboxKeys(dir: string, ports: Ports): Promise<SandboxKeys> {
  const keeper = openKeeper(dir);
  const keystores = new Map<string, Keystore>();
  // Made once, before all of them look for it.
  await sandboxSecret(dir);
  await Promise.all(ORGANISATIONS.map(async ({ id }) => void keystores.set(id, await openSandboxKeystore(dir, id))));
  const today = new Date().toISOString().slice(0, 10);
  const parties = ORGANISATIONS.map((org, index) =>
    partyOf(
      { ...org, powers: [...org.powers, ...(ports.powers?.[org.id] ?? [])] },
      { keystores, from: keeper.from, endpoint: `http://${ports.host}:${ports.portOf(index)}` },
    ),
  );
  const directory = {
    v: 1 as const,
    env: 'sandbox' as const,
    issued: new Date().toISOString(),
    until: `${addDays(today, 365)}T00:00:00.000Z`,
    parties,
  };
  return { keystores, directory: signDirectory(directory, signerOf(keeper.jwk)), directoryKey: keeper.jwk.x, keeper: keeper.jwk };
}

/** The keystore of an organisation of the sandbox; made where there is none. */
export async function openSandboxKeystore(dir: string, org: string): Promise<Keystore> {
  return openKeystore(keystoreFile(dir, org), { ...keystoreRequest(org), secret: await sandboxSecret(dir) });
}

/** All keystores of a sandbox are sealed with one secret, which lies beside their folder. */
export function sandboxSecret(dir: string): Promise<KeystoreSecret> {
  return machineSecret(join(dir, 'machine-secret'), join(dir, 'orgs'));
}

export function keystoreFile(dir: string, org: string): string {
  return join(dir, 'orgs', org, 'keys.json');
}

/** Whose keystore it is, and the passphrase of its office. */
export function keystoreRequest(org: string): Omit<KeystoreRequest, 'secret'> {
  const people = ORGANISATIONS.find(({ id }) => id === org)?.people ?? [];
  const persons = [...people.map((person) => person.id), NODE_PERSON];
  return { env: 'sandbox', party: org, persons, passphrase: PASSPHRASE, workFactor: WORK_FACTOR };
}

function partyOf(
  org: Organisation,
  about: { readonly keystores: ReadonlyMap<string, Keystore>; readonly from: string; readonly endpoint: string },
): Party {
  const store = about.keystores.get(org.id);
  if (store === undefined) throw new Error(`${org.id} has no keys`);
  const { id, name, country, zone, kind, powers, card } = org;
  const logOrigin = `${id}.sandbox.comity.example/log`;
  const persons = personCards(store, [...org.people, { id: NODE_PERSON, roles: [NODE_PERSON] }], about.from);
  return {
    id,
    name,
    country,
    zone,
    kind,
    powers,
    endpoint: about.endpoint,
    keys: publicKeysOf(store, about.from, logOrigin),
    persons,
    logOrigin,
    from: about.from,
    ...(card === undefined ? {} : { card }),
  };
}

interface Keeper {
  readonly jwk: PrivateJwk;
  /** Since when the sandbox's keys are valid. */
  readonly from: string;
}

/** The keeper of the sandbox's directory; its key is made at the first start. */
export function openKeeper(dir: string): Keeper {
  const file = join(dir, 'directory-keeper.json');
  if (!existsSync(file)) {
    mkdirSync(dir, { recursive: true });
    const { x = '', d = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
    const keeper: Keeper = { jwk: { kty: 'OKP', crv: 'Ed25519', x, d }, from: new Date().toISOString() };
    writeFileSync(file, JSON.stringify(keeper), { mode: 0o600 });
  }
  // Parser: written by the lines above.
  return JSON.parse(readFileSync(file, 'utf8')) as Keeper;
}

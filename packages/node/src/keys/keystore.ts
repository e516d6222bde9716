import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Env, PartyKey, PersonCard } from '@comity/core';
import { formatVerifierKey, NOTE_SIGNATURE, verifierKey } from '@comity/prove';
import { generateOfficeIdentity, protectIdentity } from '@comity/seal';
import { type PrivateJwk, sha256, signerOf } from './crypto.ts';

/** The private keys of one node. The office's identity is there only in a form that its passphrase opens: the node itself cannot. */
export interface Keystore {
  readonly env: Env;
  readonly party: string;
  readonly sign: PrivateJwk;
  readonly messages: PrivateJwk;
  readonly log: PrivateJwk;
  readonly persons: Readonly<Record<string, PrivateJwk>>;
  readonly office: { readonly recipient: string; readonly protected: string };
}

export interface KeystoreRequest {
  readonly env: Env;
  readonly party: string;
  readonly persons: readonly string[];
  /** Opens the office's identity; whoever unseals must know it. */
  readonly passphrase: string;
  /** log2 of the scrypt work; 18 in production. */
  readonly workFactor: number;
}

/** Reads the keystore, or makes one at the first start. The file is readable by its owner alone. Refuses a keystore of another environment or party. */
export async function openKeystore(file: string, request: KeystoreRequest): Promise<Keystore> {
  if (!existsSync(file)) writeKeystore(file, await makeKeystore(request));
  // Parser: written by us; the two members that must fit are compared.
  const store = JSON.parse(readFileSync(file, 'utf8')) as Keystore;
  if (store.env !== request.env || store.party !== request.party) {
    throw new Error(`The keys in ${file} belong to ${store.party} (${store.env}), not to ${request.party} (${request.env}).`);
  }
  return store;
}

async function makeKeystore(request: KeystoreRequest): Promise<Keystore> {
  const office = await generateOfficeIdentity();
  return {
    env: request.env,
    party: request.party,
    sign: newKey('Ed25519'),
    messages: newKey('X25519'),
    log: newKey('Ed25519'),
    persons: Object.fromEntries(request.persons.map((person) => [person, newKey('Ed25519')])),
    office: {
      recipient: office.recipient,
      protected: await protectIdentity(office.identity, request.passphrase, request.workFactor),
    },
  };
}

function writeKeystore(file: string, store: Keystore): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, JSON.stringify(store), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

function newKey(crv: 'Ed25519' | 'X25519'): PrivateJwk {
  const { privateKey } = crv === 'Ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('x25519');
  const { x, d } = privateKey.export({ format: 'jwk' });
  if (x === undefined || d === undefined) throw new Error('the machine made a key without its parts');
  return { kty: 'OKP', crv, x, d };
}

/** Public halves of the keystore as the directory lists them. */
export function publicKeysOf(store: Keystore, from: string, logOrigin: string): readonly PartyKey[] {
  const vkey = formatVerifierKey(
    verifierKey({ name: logOrigin, kind: NOTE_SIGNATURE, publicKey: Buffer.from(store.log.x, 'base64url') }, sha256),
  );
  return [
    { id: `${store.party}#sign-1`, use: 'sign', public: store.sign.x, from },
    { id: `${store.party}#messages-1`, use: 'messages', public: store.messages.x, from },
    { id: `${store.party}#office-1`, use: 'office', public: store.office.recipient, from },
    { id: `${store.party}#log-1`, use: 'log', public: vkey, from },
  ];
}

/** Cards of the node's people for the directory: pseudonym, roles and public key; names stay at home. */
export function personCards(
  store: Keystore,
  people: readonly { readonly id: string; readonly roles: readonly string[] }[],
  from: string,
): readonly PersonCard[] {
  return people.flatMap(({ id, roles }) => {
    const jwk = store.persons[id];
    return jwk === undefined
      ? []
      : [{ id, roles, key: { id: `${store.party}#${id}-1`, use: 'sign' as const, public: jwk.x, from } }];
  });
}

export interface Signers {
  readonly party: (message: Uint8Array) => Uint8Array;
  readonly log: (message: Uint8Array) => Uint8Array;
  readonly person: (id: string) => ((message: Uint8Array) => Uint8Array) | undefined;
}

/** Signing functions over a keystore. */
export function signersOf(store: Keystore): Signers {
  const persons = new Map(Object.entries(store.persons).map(([id, jwk]) => [id, signerOf(jwk)]));
  return { party: signerOf(store.sign), log: signerOf(store.log), person: (id) => persons.get(id) };
}

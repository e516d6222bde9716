import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Env, PartyKey, PersonCard } from '@comity/core';
import { formatVerifierKey, type KeyKind, MLDSA_COSIGNATURE, NOTE_SIGNATURE, verifierKey } from '@comity/prove';
import { generateOfficeIdentity, protectIdentity } from '@comity/seal';
import { type MlDsa44Jwk, mlDsa44SignerOf, newMlDsa44Key, type PrivateJwk, sha256, signerOf } from './crypto.ts';

/** The private keys of one node. The office's identity is there only in a form that its passphrase opens: the node itself cannot. */
export interface Keystore {
  readonly env: Env;
  readonly party: string;
  readonly sign: PrivateJwk;
  /** The party's second key: what must hold for longer than Ed25519 may is signed with both. */
  readonly signPostQuantum: MlDsa44Jwk;
  readonly messages: PrivateJwk;
  readonly log: PrivateJwk;
  /** The log's second key: each checkpoint is signed with both. */
  readonly logPostQuantum: MlDsa44Jwk;
  /** With it this node cosigns the checkpoints of others. */
  readonly witness: MlDsa44Jwk;
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
  const missing = LATER_KEYS.filter((name) => store[name] === undefined);
  if (missing.length === 0) return store;
  // A keystore of an earlier version gains the keys that came later; none that it has is changed.
  const grown = { ...store, ...Object.fromEntries(missing.map((name) => [name, newMlDsa44Key()])) };
  writeKeystore(file, grown);
  return grown;
}

const LATER_KEYS = ['signPostQuantum', 'logPostQuantum', 'witness'] as const;

async function makeKeystore(request: KeystoreRequest): Promise<Keystore> {
  const office = await generateOfficeIdentity();
  return {
    env: request.env,
    party: request.party,
    sign: newKey('Ed25519'),
    signPostQuantum: newMlDsa44Key(),
    messages: newKey('X25519'),
    log: newKey('Ed25519'),
    logPostQuantum: newMlDsa44Key(),
    witness: newMlDsa44Key(),
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

/**
 * Public halves of the keystore as the directory lists them. A party's log of a year is named `<logOrigin>/<year>` and signed with the two log keys; here they
 * stand under the name that all years share. The witness's key bears the name `<host of logOrigin>/witness`.
 */
export function publicKeysOf(store: Keystore, from: string, logOrigin: string): readonly PartyKey[] {
  const vkey = (name: string, kind: KeyKind, key: string): string =>
    formatVerifierKey(verifierKey({ name, kind, publicKey: Buffer.from(key, 'base64url') }, sha256));
  const keys = [
    { use: 'sign', id: 'sign-1', public: store.sign.x },
    { use: 'sign-pq', id: 'sign-pq-1', public: store.signPostQuantum.pub },
    { use: 'messages', id: 'messages-1', public: store.messages.x },
    { use: 'office', id: 'office-1', public: store.office.recipient },
    { use: 'log', id: 'log-1', public: vkey(logOrigin, NOTE_SIGNATURE, store.log.x) },
    { use: 'log', id: 'log-2', public: vkey(logOrigin, MLDSA_COSIGNATURE, store.logPostQuantum.pub) },
    { use: 'witness', id: 'witness-1', public: vkey(witnessName(logOrigin), MLDSA_COSIGNATURE, store.witness.pub) },
  ] as const;
  return keys.map((key) => ({ ...key, id: `${store.party}#${key.id}`, from }));
}

/** The name under which the node with this log cosigns. */
export function witnessName(logOrigin: string): string {
  return `${logOrigin.split('/')[0]}/witness`;
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
  readonly partyPostQuantum: (message: Uint8Array) => Uint8Array;
  readonly log: (message: Uint8Array) => Uint8Array;
  readonly logPostQuantum: (message: Uint8Array) => Uint8Array;
  readonly witness: (message: Uint8Array) => Uint8Array;
  readonly person: (id: string) => ((message: Uint8Array) => Uint8Array) | undefined;
}

/** Signing functions over a keystore. */
export function signersOf(store: Keystore): Signers {
  const persons = new Map(Object.entries(store.persons).map(([id, jwk]) => [id, signerOf(jwk)]));
  return {
    party: signerOf(store.sign),
    partyPostQuantum: mlDsa44SignerOf(store.signPostQuantum),
    log: signerOf(store.log),
    logPostQuantum: mlDsa44SignerOf(store.logPostQuantum),
    witness: mlDsa44SignerOf(store.witness),
    person: (id) => persons.get(id),
  };
}

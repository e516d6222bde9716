import { randomBytes } from 'node:crypto';
import { type Env, toBase64Url } from '@comity/core';
import { type MlDsa44Jwk, newMlDsa44Key, type PrivateJwk } from './crypto.ts';
import { firstGenerations, type Generations, newKey, type OfficeSecret } from './generations.ts';
import { growKeystore } from './growKeystore.ts';
import type { KeystoreSecret } from './keystoreSecret.ts';
import { readSealed, writeSealed } from './sealedKeystore.ts';

/** The private keys of one node. The office's identities are there only in a form that their passphrase opens: the node itself cannot. */
export interface Keystore {
  readonly v: 2;
  readonly env: Env;
  readonly party: string;
  /** Keys that follow each other: earlier ones verify, and open what was sealed to them. */
  readonly keys: Generations;
  readonly log: PrivateJwk;
  /** The log's second key: each checkpoint is signed with both. */
  readonly logPostQuantum: MlDsa44Jwk;
  /** With it this node cosigns the checkpoints of others. */
  readonly witness: MlDsa44Jwk;
  /** 32 bytes, base64url: what identifiers in a delivery are replaced by is made with it. It outlives the other keys, so that the same person stays the same token. */
  readonly tokens: string;
  readonly persons: Readonly<Record<string, PrivateJwk>>;
}

/** Whose keystore it is, what its office's passphrase is, and what its file is sealed with. */
export interface KeystoreRequest extends OfficeSecret {
  readonly env: Env;
  readonly party: string;
  readonly persons: readonly string[];
  readonly secret: KeystoreSecret;
}

/**
 * Reads the keystore, or makes one at the first start. Its file is sealed and readable by its owner alone; one that an earlier version left in clear is sealed now, and what lay in
 * clear is overwritten. Throws, in words for the operator, when it does not open, or is of another environment or party.
 */
export async function openKeystore(file: string, request: KeystoreRequest): Promise<Keystore> {
  const read = await readSealed(file, request.secret);
  const store = read === undefined ? await makeKeystore(request) : growKeystore(read.content);
  if (store.env !== request.env || store.party !== request.party) {
    throw new Error(`The keys in ${file} belong to ${store.party} (${store.env}), not to ${request.party} (${request.env}).`);
  }
  if (store !== read?.content || read.clear) await writeKeystore(file, store, request.secret);
  return store;
}

async function makeKeystore(request: KeystoreRequest): Promise<Keystore> {
  return {
    v: 2,
    env: request.env,
    party: request.party,
    keys: await firstGenerations(request.party, request),
    log: newKey('Ed25519'),
    logPostQuantum: newMlDsa44Key(),
    witness: newMlDsa44Key(),
    tokens: toBase64Url(randomBytes(32)),
    persons: Object.fromEntries(request.persons.map((person) => [person, newKey('Ed25519')])),
  };
}

/** Puts a keystore in its file's place, sealed, whole or not at all. */
export function writeKeystore(file: string, store: Keystore, secret: KeystoreSecret): Promise<void> {
  return writeSealed(file, store, secret);
}

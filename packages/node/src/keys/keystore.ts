import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Env, toBase64Url } from '@comity/core';
import type { EvidenceJwk } from '@comity/formats/container';
import { type MlDsa44Jwk, newEvidenceKey, newMlDsa44Key, type PrivateJwk } from './crypto.ts';
import { firstGenerations, type Generations, newKey, type OfficeSecret } from './generations.ts';
import { growKeystore } from './growKeystore.ts';

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
  /** With it this party signs evidence containers. */
  readonly evidence: EvidenceJwk;
  /** 32 bytes, base64url: what identifiers in a delivery are replaced by is made with it. It outlives the other keys, so that the same person stays the same token. */
  readonly tokens: string;
  readonly persons: Readonly<Record<string, PrivateJwk>>;
}

/** Whose keystore it is, and what its office's passphrase is. */
export interface KeystoreRequest extends OfficeSecret {
  readonly env: Env;
  readonly party: string;
  readonly persons: readonly string[];
}

/** Reads the keystore, or makes one at the first start. The file is readable by its owner alone. Refuses a keystore of another environment or party. */
export async function openKeystore(file: string, request: KeystoreRequest): Promise<Keystore> {
  if (!existsSync(file)) writeKeystore(file, await makeKeystore(request));
  const read: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const store = growKeystore(read);
  if (store.env !== request.env || store.party !== request.party) {
    throw new Error(`The keys in ${file} belong to ${store.party} (${store.env}), not to ${request.party} (${request.env}).`);
  }
  if (store !== read) writeKeystore(file, store);
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
    evidence: newEvidenceKey(),
    tokens: toBase64Url(randomBytes(32)),
    persons: Object.fromEntries(request.persons.map((person) => [person, newKey('Ed25519')])),
  };
}

/** Puts a keystore in its file's place, whole or not at all. */
export function writeKeystore(file: string, store: Keystore): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, JSON.stringify(store), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

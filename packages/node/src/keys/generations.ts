import { generateKeyPairSync } from 'node:crypto';
import { type Instant, toBase64Url } from '@comity/core';
import { type EvidenceJwk, evidencePublicKey } from '@comity/formats/container';
import { generateOfficeIdentity, protectIdentity } from '@comity/seal';
import { type MlDsa44Jwk, newEvidenceKey, newMlDsa44Key, type PrivateJwk } from './crypto.ts';

/** One key of a use, in the order in which they followed each other. Which of them holds when, the directory says; these dates are what its keeper was asked for. */
export interface Generation<K> {
  /** As in the directory: `<party>#<use>-<number>`. */
  readonly id: string;
  /** Left out for the first one, which holds from when the party was listed. */
  readonly from?: Instant;
  /** From this instant on it makes nothing new. What it made before is still verified, and what was sealed to it still opened. */
  readonly until?: Instant;
  readonly key: K;
}

/** An office's key: the identity is there only in a form that the office's passphrase opens. */
export interface OfficeKey {
  readonly recipient: string;
  readonly protected: string;
}

/** A signing key that a device holds: its public half, and the name it has there. */
export interface HeldKey {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly x: string;
  readonly held: string;
}

/** The keys of a party that follow each other, oldest first. Each use has at least one. */
export interface Generations {
  readonly sign: readonly Generation<PrivateJwk | HeldKey>[];
  readonly 'sign-pq': readonly Generation<MlDsa44Jwk>[];
  readonly messages: readonly Generation<PrivateJwk>[];
  readonly office: readonly Generation<OfficeKey>[];
  readonly evidence: readonly Generation<EvidenceJwk>[];
}

/** A use whose keys can be rotated. */
export type RotatedUse = keyof Generations;
export const ROTATED_USES: readonly RotatedUse[] = ['sign', 'sign-pq', 'messages', 'office', 'evidence'];

/** What the office's identity is protected with. */
export interface OfficeSecret {
  readonly passphrase: string;
  /** log2 of the scrypt work; 18 in production. */
  readonly workFactor: number;
}

/** A new Ed25519 or X25519 key. */
export function newKey(crv: 'Ed25519' | 'X25519'): PrivateJwk {
  const { privateKey } = crv === 'Ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('x25519');
  const { x, d } = privateKey.export({ format: 'jwk' });
  if (x === undefined || d === undefined) throw new Error('the machine made a key without its parts');
  return { kty: 'OKP', crv, x, d };
}

/** A new identity for an office, protected by its passphrase. */
export async function newOfficeKey({ passphrase, workFactor }: OfficeSecret): Promise<OfficeKey> {
  const { identity, recipient } = await generateOfficeIdentity();
  return { recipient, protected: await protectIdentity(identity, passphrase, workFactor) };
}

/** The first key of each use. */
export async function firstGenerations(party: string, office: OfficeSecret): Promise<Generations> {
  return {
    sign: [{ id: idOf(party, 'sign', 1), key: newKey('Ed25519') }],
    'sign-pq': [{ id: idOf(party, 'sign-pq', 1), key: newMlDsa44Key() }],
    messages: [{ id: idOf(party, 'messages', 1), key: newKey('X25519') }],
    office: [{ id: idOf(party, 'office', 1), key: await newOfficeKey(office) }],
    evidence: [{ id: idOf(party, 'evidence', 1), key: newEvidenceKey() }],
  };
}

/** The id of a party's key in the directory. */
export function idOf(party: string, use: RotatedUse, number: number): string {
  return `${party}#${use}-${number}`;
}

/** The public half of each key of a use, as the directory lists it. */
export function publicHalves(keys: Generations, use: RotatedUse): readonly Generation<string>[] {
  if (use === 'sign-pq') return keys[use].map((one) => ({ ...one, key: one.key.pub }));
  if (use === 'evidence') return keys[use].map((one) => ({ ...one, key: toBase64Url(evidencePublicKey(one.key)) }));
  if (use === 'office') return keys[use].map((one) => ({ ...one, key: one.key.recipient }));
  return keys[use].map((one) => ({ ...one, key: one.key.x }));
}

/** A key by its id, of the uses that sign and open messages. */
export function keyWithId<K>(generations: readonly Generation<K>[], id: string): K | undefined {
  return generations.find((one) => one.id === id)?.key;
}

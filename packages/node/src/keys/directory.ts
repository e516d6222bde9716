import {
  type Directory,
  directoryBytes,
  type Env,
  type Instant,
  keyInTwoRoles,
  openDirectory,
  type Party,
  type SignedDirectory,
  toBase64Url,
} from '@comity/core';
import { ed25519Verify } from './crypto.ts';

/** Signs a directory with the key of whoever keeps it. */
export function signDirectory(directory: Directory, sign: (message: Uint8Array) => Uint8Array): SignedDirectory {
  return { directory, signature: toBase64Url(sign(directoryBytes(directory))) };
}

/** What a node knows about the directory before it has read one. */
export interface DirectoryTrust {
  readonly env: Env;
  readonly party: string;
  /** base64url Ed25519 key of whoever keeps the directory. */
  readonly directoryKey: string;
}

/** A directory that was opened, and the card of the node's party in it. */
export interface Entered {
  readonly directory: Directory;
  readonly party: Party;
}

/** Opens the directory that a node is configured with and finds the node's party in it. Throws, in words for its operator, when either cannot be. */
export function enterDirectory(config: DirectoryTrust & { readonly directory: SignedDirectory }, now: Instant): Entered {
  const opened = openDirectory(config.directory, config.directoryKey, { verify: ed25519Verify, now });
  if (!opened.ok)
    throw new Error(`The directory cannot be used: ${opened.refusal.code}. Get the present one from whoever keeps it.`);
  if (opened.value.env !== config.env) throw new Error('The directory belongs to another environment (sandbox or production).');
  const party = opened.value.parties.find((candidate) => candidate.id === config.party);
  if (party === undefined) throw new Error(`${config.party} is not in the directory.`);
  const shared = keyInTwoRoles(opened.value);
  if (shared !== undefined)
    throw new Error(`The directory lists one key twice, as ${shared.join(' and ')}. Tell whoever keeps it; use none of the two.`);
  return { directory: opened.value, party };
}

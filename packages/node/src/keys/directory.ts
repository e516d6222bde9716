import {
  type Directory,
  directoryBytes,
  type Env,
  type Instant,
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

/** Opens the directory that a node is configured with and finds the node's party in it. Throws, in words for its operator, when either cannot be. */
export function enterDirectory(
  config: { readonly env: Env; readonly party: string; readonly directory: SignedDirectory; readonly directoryKey: string },
  now: Instant,
): { readonly directory: Directory; readonly party: Party } {
  const opened = openDirectory(config.directory, config.directoryKey, { verify: ed25519Verify, now });
  if (!opened.ok)
    throw new Error(`The directory cannot be used: ${opened.refusal.code}. Get the present one from whoever keeps it.`);
  if (opened.value.env !== config.env) throw new Error('The directory belongs to another environment (sandbox or production).');
  const party = opened.value.parties.find((candidate) => candidate.id === config.party);
  if (party === undefined) throw new Error(`${config.party} is not in the directory.`);
  return { directory: opened.value, party };
}

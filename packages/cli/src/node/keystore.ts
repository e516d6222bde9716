import { type Keystore, type KeystoreRequest, NODE_PERSON, openKeystore } from '@comity/node';
import type { NodeSettings } from './config.ts';

/** log2 of the scrypt work that guards the office's identity. */
const WORK_FACTOR = 18;

/** The keystore that a node is configured with; made where there is none. */
export function openConfigured(settings: NodeSettings): Promise<Keystore> {
  return openKeystore(settings.keystore, requestOf(settings));
}

/** Whose keystore it is, and with what it is opened. */
export function requestOf({ env, party, people, passphrase = '' }: NodeSettings): KeystoreRequest {
  return { env, party, persons: [...people.map(({ id }) => id), NODE_PERSON], passphrase, workFactor: WORK_FACTOR };
}

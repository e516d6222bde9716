import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import {
  type Keystore,
  type KeystoreRequest,
  type KeystoreSecret,
  machineSecret,
  NODE_PERSON,
  openKeystore,
} from '@comity/node/beside';
import type { NodeSettings } from './config.ts';

/** log2 of the scrypt work that guards the office's identity. */
const WORK_FACTOR = 18;
/** What systemd calls the machine's secret, where the node's unit loads it (LoadCredential=, systemd.exec(5)). */
const CREDENTIAL = 'comity-machine-secret';

/** The keystore that a node is configured with; made where there is none. */
export async function openConfigured(settings: NodeSettings): Promise<Keystore> {
  return openKeystore(settings.keystore, await requestOf(settings));
}

/** Whose keystore it is, and with what it is opened. */
export async function requestOf(settings: NodeSettings): Promise<KeystoreRequest> {
  const { env, party, people, passphrase = '' } = settings;
  const persons = [...people.map(({ id }) => id), NODE_PERSON];
  return { env, party, persons, passphrase, workFactor: WORK_FACTOR, secret: await secretOf(settings) };
}

/** The key of the device that the configuration names; else the passphrase that was given; else the secret that systemd hands in; else the file that the configuration names, or one in the home of the node's user. */
async function secretOf({ device, keystorePassphrase, keystoreSecret, credentials, dir }: NodeSettings): Promise<KeystoreSecret> {
  if (device?.wrapKey !== undefined) return { kind: 'device', device: await device.open(), key: device.wrapKey };
  if (keystorePassphrase !== undefined) return { kind: 'passphrase', passphrase: keystorePassphrase };
  const handed = credentials === undefined ? undefined : join(credentials, CREDENTIAL);
  if (handed !== undefined && existsSync(handed)) return machineSecret(handed, dir);
  return machineSecret(keystoreSecret ?? join(homedir(), '.config', 'comity', 'machine-secret'), dir);
}

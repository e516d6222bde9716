import { existsSync } from 'node:fs';
import { ok, type Result, refuse } from '@comity/core';
import { NODE_PERSON, openKeystore, startNode } from '@comity/node';
import type { NodeSettings } from './config.ts';
import { openDatabase } from './database.ts';

/** log2 of the scrypt work that guards the office's identity. */
const WORK_FACTOR = 18;

/** Starts a node: database, keys, server. Errors: `field-missing` for the passphrase when keys have to be made. */
export async function start(
  settings: NodeSettings,
): Promise<Result<{ readonly url: string; readonly stop: () => Promise<void> }>> {
  const { env, party, passphrase } = settings;
  if (!existsSync(settings.keystore) && passphrase === undefined) return refuse('field-missing', 'COMITY_PASSPHRASE');
  const persons = [...settings.people.map((person) => person.id), NODE_PERSON];
  const keystore = await openKeystore(settings.keystore, {
    env,
    party,
    persons,
    passphrase: passphrase ?? '',
    workFactor: WORK_FACTOR,
  });
  const database = await openDatabase(settings);
  try {
    const { databaseUrl: _named, passphrase: _secret, ...rest } = settings;
    const node = await startNode({ ...rest, keystore, databaseUrl: database.url });
    const stop = async (): Promise<void> => {
      await node.stop();
      await database.stop();
    };
    return ok({ url: node.url, stop });
  } catch (error) {
    await database.stop();
    throw error;
  }
}

import { existsSync } from 'node:fs';
import { ok, type Result, refuse } from '@comity/core';
import { startNode } from '@comity/node';
import type { NodeSettings } from './config.ts';
import { openDatabase } from './database.ts';
import { keepOutOfDumps } from './dumps.ts';
import { followDirectory } from './followDirectory.ts';
import { openConfigured } from './keystore.ts';

/** Starts a node: database, keys, server; from then on a newer directory in its file is taken up as it comes. Errors: `field-missing` for the passphrase when keys have to be made. */
export async function start(
  settings: NodeSettings,
): Promise<Result<{ readonly url: string; readonly stop: () => Promise<void> }>> {
  if (!existsSync(settings.keystore) && settings.passphrase === undefined) return refuse('field-missing', 'COMITY_PASSPHRASE');
  keepOutOfDumps();
  const keystore = await openConfigured(settings);
  const reopenKeystore = (): ReturnType<typeof openConfigured> => openConfigured(settings);
  const database = await openDatabase(settings);
  try {
    const {
      databaseUrl: _named,
      passphrase: _office,
      keystorePassphrase: _keystore,
      directoryFile,
      device: named,
      ...rest
    } = settings;
    const device = await named?.open();
    const node = await startNode({
      ...rest,
      keystore,
      reopenKeystore,
      databaseUrl: database.url,
      ...(device === undefined ? {} : { device }),
    });
    const following = followDirectory(directoryFile, node.takeDirectory);
    const stop = async (): Promise<void> => {
      following.stop();
      await node.stop();
      await database.stop();
      await device?.close();
    };
    return ok({ url: node.url, stop });
  } catch (error) {
    await database.stop();
    throw error;
  }
}

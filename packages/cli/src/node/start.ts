import { existsSync } from 'node:fs';
import { ok, type Result, refuse } from '@comity/core';
import { type NodeConfig, type RunningNode, startNode } from '@comity/node';
import type { NodeSettings } from './config.ts';
import { openDatabase } from './database.ts';
import { keepOutOfDumps } from './dumps.ts';
import { fetchDirectory } from './fetchDirectory.ts';
import { followDirectory } from './followDirectory.ts';
import { openConfigured } from './keystore.ts';

/** Starts a node: database, keys, server; from then on a newer directory is taken up as it comes. Errors: `field-missing` for the passphrase when keys have to be made. */
export async function start(
  settings: NodeSettings,
): Promise<Result<{ readonly url: string; readonly stop: () => Promise<void> }>> {
  if (!existsSync(settings.keystore) && settings.passphrase === undefined) return refuse('field-missing', 'COMITY_PASSPHRASE');
  keepOutOfDumps();
  const keystore = await openConfigured(settings);
  const database = await openDatabase(settings);
  try {
    const device = await settings.device?.open();
    const node = await startNode({
      ...settingsOfNode(settings),
      keystore,
      reopenKeystore: () => openConfigured(settings),
      databaseUrl: database.url,
      ...(device === undefined ? {} : { device }),
    });
    const following = followNewer(settings, node);
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

/** What of the settings a node takes as it is: no secret, and nothing that was opened for it. */
function settingsOfNode(settings: NodeSettings): Omit<NodeConfig, 'keystore' | 'databaseUrl'> {
  const { databaseUrl: _url, passphrase: _office, keystorePassphrase: _secret, device: _device, data, ...rest } = settings;
  return { ...rest, ...data };
}

/** Looks for a newer directory: in its file, and where the configuration says that one may be found. */
function followNewer(settings: NodeSettings, node: RunningNode): { readonly stop: () => void } {
  const { env, directoryKey, directoryUrl: url, directoryFile: file } = settings;
  const following = followDirectory(file, node.takeDirectory);
  const fetching = url === undefined ? undefined : fetchDirectory({ url, file, env, directoryKey });
  return {
    stop: () => {
      fetching?.stop();
      following.stop();
    },
  };
}

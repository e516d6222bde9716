import { existsSync } from 'node:fs';
import { ok, type Result, refuse } from '@comity/core';
import { keyWithId, type RewrapCount } from '@comity/node/beside';
import { recoverIdentity } from '@comity/seal';
import type { NodeSettings } from './config.ts';
import { openConfigured } from './keystore.ts';
import { asOperator } from './operator.ts';

/**
 * Gives received payloads headers for the present office key. The earlier identities are opened here, with the office's passphrase, and by nobody else. Errors: `not-found` for the
 * keystore, `field-missing` for the passphrase.
 */
export async function rewrap(settings: NodeSettings): Promise<Result<RewrapCount>> {
  const { passphrase } = settings;
  if (!existsSync(settings.keystore)) return refuse('not-found', `keystore: ${settings.keystore}`);
  if (passphrase === undefined) return refuse('field-missing', 'COMITY_PASSPHRASE');
  const { keys } = await openConfigured(settings);
  const opened = new Map<string, Promise<string | undefined>>();
  const open = async (id: string): Promise<string | undefined> => {
    const key = keyWithId(keys.office, id);
    const identity = key === undefined ? undefined : await recoverIdentity(key.protected, passphrase);
    return identity?.ok === true ? identity.value : undefined;
  };
  const identityOf = (id: string): Promise<string | undefined> => {
    const known = opened.get(id) ?? open(id);
    opened.set(id, known);
    return known;
  };
  return ok(await asOperator(settings, (operator) => operator.rewrap(identityOf)));
}

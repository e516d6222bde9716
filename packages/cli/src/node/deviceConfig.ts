import { resolve } from 'node:path';
import { isJsonObject, type JsonObject, ok, type Result, refuse } from '@comity/core';
import type { KeyDevice } from '@comity/node/beside';
import { readText } from '../output.ts';
import { isEndpoint, type Surroundings } from './vaultConfig.ts';

/** A key device that a configuration names, and the key in it that the keystore is sealed with, if it is. */
export interface ConfiguredDevice {
  /** Opens it, once: whoever asks again gets the same. */
  readonly open: () => Promise<KeyDevice>;
  readonly wrapKey?: string;
}

const NEEDED: Readonly<Record<string, readonly string[]>> = {
  transit: ['endpoint', 'token'],
  pkcs11: ['binding', 'module', 'token', 'pin'],
};
const MAY: Readonly<Record<string, readonly string[]>> = { transit: ['mount', 'wrapKey'], pkcs11: ['wrapKey'] };

/**
 * The device in a configuration: `{kind: "transit", endpoint, token, mount, wrapKey}` with the token in a file, or `{kind: "pkcs11", binding, module, token, pin, wrapKey}` with
 * the label of the token, the pin in a file, and the folder of pkcs11js, which the operator has installed. Errors name the field.
 */
export function readDevice(value: unknown, about: Surroundings): Result<ConfiguredDevice> {
  const kind = isJsonObject(value) ? String(value['kind']) : '';
  const needed = NEEDED[kind];
  if (!isJsonObject(value) || needed === undefined) return refuse('field-invalid', 'device.kind', { kind: 'transit, pkcs11' });
  const known = ['kind', ...needed, ...(MAY[kind] ?? [])];
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  if (unknown !== undefined) return refuse('field-unknown', `device.${unknown}`);
  const missing = needed.find((name) => typeof value[name] !== 'string' || value[name] === '');
  if (missing !== undefined) return refuse('field-missing', `device.${missing}`);
  const secret = readText(resolve(about.home, String(value[kind === 'transit' ? 'token' : 'pin'])));
  if (!secret.ok) return secret;
  const wrap = typeof value['wrapKey'] === 'string' ? { wrapKey: value['wrapKey'] } : {};
  if (kind === 'pkcs11') return ok({ open: once(() => openModule(value, secret.value.trim(), about.home)), ...wrap });
  const endpoint = String(value['endpoint']);
  if (!isEndpoint(endpoint, about.env)) return refuse('field-invalid', 'device.endpoint', { kind: 'https://' });
  const mount = typeof value['mount'] === 'string' ? { mount: value['mount'] } : {};
  const place = { endpoint, token: secret.value.trim(), ...mount };
  // Loaded when asked for: most commands need no device.
  return ok({ open: once(async () => (await import('@comity/node/beside')).transitDevice(place)), ...wrap });
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

async function openModule(value: JsonObject, pin: string, home: string): Promise<KeyDevice> {
  const { pkcs11Device } = await import('@comity/node/beside');
  const [binding, module] = [resolve(home, String(value['binding'])), resolve(home, String(value['module']))];
  return pkcs11Device({ binding, module, token: String(value['token']), pin });
}

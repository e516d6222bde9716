import { isJsonObject, type Json, type JsonObject } from '@comity/core';
import { DeviceFailed, type KeyDevice } from './device.ts';

/** A key service with the API of the transit engine of HashiCorp Vault and OpenBao, and who may use it. */
export interface TransitPlace {
  readonly endpoint: string;
  readonly token: string;
  /** Path of the engine; `transit` when left out. */
  readonly mount?: string;
}

/** Patience with one call, in milliseconds. */
const TIMEOUT = 10_000;

/**
 * Keys in a transit engine. A signing key (type ed25519) is named with its version, `office-sign@2`, for another version is another key; the first one when none is named. A
 * wrapping key (type aes256-gcm96) is named without: what it wrapped says its version.
 */
export function transitDevice(place: TransitPlace): KeyDevice {
  return {
    publicKey: async (name) => {
      const { key, version } = partsOf(name);
      const keys = (await call(place, 'GET', `keys/${key}`))['keys'];
      const one = isJsonObject(keys) ? keys[String(version)] : undefined;
      return bytesOf(isJsonObject(one) ? one['public_key'] : undefined, 32);
    },
    sign: async (name, message) => {
      const { key, version } = partsOf(name);
      const input = Buffer.from(message).toString('base64');
      const { signature } = await call(place, 'POST', `sign/${key}`, { input, key_version: version });
      const [, made, text] = /^vault:v(\d+):(.+)$/.exec(String(signature)) ?? [];
      if (made !== String(version)) throw new DeviceFailed('it signed with another version of the key');
      return bytesOf(text, 64);
    },
    wrap: async (name, secret) => {
      const plaintext = Buffer.from(secret).toString('base64');
      const { ciphertext } = await call(place, 'POST', `encrypt/${name}`, { plaintext });
      if (typeof ciphertext !== 'string') throw new DeviceFailed('it wrapped nothing');
      return ciphertext;
    },
    unwrap: async (name, wrapped) => {
      const { plaintext } = await call(place, 'POST', `decrypt/${name}`, { ciphertext: wrapped });
      return bytesOf(plaintext);
    },
    close: async () => undefined,
  };
}

function partsOf(name: string): { readonly key: string; readonly version: number } {
  const [, key, version = '1'] = /^([A-Za-z0-9._-]+)(?:@([1-9]\d{0,5}))?$/.exec(name) ?? [];
  if (key === undefined) throw new DeviceFailed('it has no key of this name');
  return { key, version: Number(version) };
}

function bytesOf(text: Json | undefined, length?: number): Uint8Array {
  const bytes = typeof text === 'string' ? new Uint8Array(Buffer.from(text, 'base64')) : undefined;
  if (bytes === undefined || (length !== undefined && bytes.length !== length))
    throw new DeviceFailed('its answer has another form');
  return bytes;
}

async function call(
  { endpoint, token, mount = 'transit' }: TransitPlace,
  method: string,
  path: string,
  body?: JsonObject,
): Promise<JsonObject> {
  const url = new URL(`/v1/${mount}/${path}`, endpoint);
  const posted = body === undefined ? {} : { body: JSON.stringify(body) };
  let answer: Response;
  try {
    const headers = { 'x-vault-token': token, 'content-type': 'application/json' };
    answer = await fetch(url, { method, headers, ...posted, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT) });
  } catch {
    throw new DeviceFailed('it cannot be reached');
  }
  const told: unknown = answer.ok ? await answer.json().catch(() => undefined) : undefined;
  const data = isJsonObject(told) ? told['data'] : undefined;
  if (!isJsonObject(data)) throw new DeviceFailed(`it answered ${answer.status}`);
  return data;
}

import { resolve } from 'node:path';
import { type Env, isJsonObject, type JsonObject, ok, type Result, refuse } from '@comity/core';
import type { S3VaultPlace } from '@comity/node';
import { readJson } from '../output.ts';

/** What a part of a configuration is read in: its folder, and which environment the node is of. */
export interface Surroundings {
  readonly home: string;
  readonly env: Env;
}

const NEEDED = ['endpoint', 'bucket', 'region', 'credentials'];
const MEMBERS = ['kind', ...NEEDED, 'prefix'];
const SECRETS = ['accessKeyId', 'secretAccessKey', 'sessionToken'];

/**
 * The vault that a configuration names: `{kind: "s3", endpoint, bucket, region, credentials, prefix}`. `credentials` is a file `{accessKeyId, secretAccessKey}`, so that no
 * secret stands in the configuration. Errors name the field: `field-missing`, `field-unknown`, `field-invalid`, `not-found`, `body-not-json`.
 */
export function readVault(value: unknown, about: Surroundings): Result<S3VaultPlace> {
  if (!isJsonObject(value) || value['kind'] !== 's3') return refuse('field-invalid', 'vault.kind', { kind: 's3' });
  const unknown = Object.keys(value).find((name) => !MEMBERS.includes(name));
  if (unknown !== undefined) return refuse('field-unknown', `vault.${unknown}`);
  const missing = NEEDED.find((name) => !isText(value[name]));
  if (missing !== undefined) return refuse('field-missing', `vault.${missing}`);
  if (value['prefix'] !== undefined && !/^[A-Za-z0-9._/-]{0,200}$/.test(String(value['prefix'])))
    return refuse('field-invalid', 'vault.prefix', { kind: 'A-Z a-z 0-9 . _ / -' });
  if (!isEndpoint(String(value['endpoint']), about.env)) return refuse('field-invalid', 'vault.endpoint', { kind: 'https://' });
  const credentials = readCredentials(resolve(about.home, String(value['credentials'])));
  if (!credentials.ok) return credentials;
  const { endpoint, bucket, region, prefix = '' } = value;
  const place = { endpoint: String(endpoint), bucket: String(bucket), region: String(region), prefix: String(prefix) };
  return ok({ ...place, ...credentials.value });
}

/** Without TLS only on this machine: whoever listens sees what is asked for. */
export function isEndpoint(text: string, env: Env): boolean {
  const url = URL.parse(text);
  if (url === null || url.search !== '' || url.username !== '') return false;
  const near = env === 'sandbox' || ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  return url.protocol === 'https:' || (url.protocol === 'http:' && near);
}

function readCredentials(file: string): Result<Pick<S3VaultPlace, 'accessKeyId' | 'secretAccessKey' | 'sessionToken'>> {
  const json = readJson(file);
  if (!json.ok) return json;
  const secrets = json.value;
  const sound =
    isJsonObject(secrets) && Object.entries(secrets).every(([name, value]) => SECRETS.includes(name) && isText(value));
  if (!sound || !isWhole(secrets))
    return refuse('field-invalid', 'vault.credentials', { kind: '{accessKeyId, secretAccessKey}' });
  const { accessKeyId, secretAccessKey, sessionToken } = secrets;
  const session = sessionToken === undefined ? {} : { sessionToken: String(sessionToken) };
  return ok({ accessKeyId: String(accessKeyId), secretAccessKey: String(secretAccessKey), ...session });
}

function isWhole(secrets: JsonObject): boolean {
  return isText(secrets['accessKeyId']) && isText(secrets['secretAccessKey']);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0;
}

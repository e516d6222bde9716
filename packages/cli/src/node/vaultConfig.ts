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

/** The vault and the buckets that a configuration names, if it does. Errors as readVault and readBuckets. */
export function readStores(
  { vault, buckets }: JsonObject,
  about: Surroundings,
): Result<{ readonly vault?: S3VaultPlace; readonly buckets?: readonly S3VaultPlace[] }> {
  const kept = vault === undefined ? ok(undefined) : readVault(vault, about);
  if (!kept.ok) return kept;
  const taken = Array.isArray(buckets) ? readBuckets(buckets, about) : ok(undefined);
  if (!taken.ok) return taken;
  return ok({
    ...(kept.value === undefined ? {} : { vault: kept.value }),
    ...(taken.value === undefined ? {} : { buckets: taken.value }),
  });
}

/**
 * The vault that a configuration names: `{kind: "s3", endpoint, bucket, region, credentials, prefix}`. `credentials` is a file `{accessKeyId, secretAccessKey}`, so that no
 * secret stands in the configuration. Errors name the field: `field-missing`, `field-unknown`, `field-invalid`, `not-found`, `body-not-json`.
 */
export function readVault(value: unknown, about: Surroundings): Result<S3VaultPlace> {
  return readBucket(value, 'vault', about);
}

/** Buckets from which a node takes its own data, each as the vault is named. Errors as those of the vault, by the place in the list. */
export function readBuckets(values: readonly unknown[], about: Surroundings): Result<readonly S3VaultPlace[]> {
  const places: S3VaultPlace[] = [];
  for (const [i, value] of values.entries()) {
    const place = readBucket(value, `buckets.${i}`, about);
    if (!place.ok) return place;
    places.push(place.value);
  }
  return ok(places);
}

function readBucket(value: unknown, at: string, about: Surroundings): Result<S3VaultPlace> {
  if (!isJsonObject(value) || value['kind'] !== 's3') return refuse('field-invalid', `${at}.kind`, { kind: 's3' });
  const unknown = Object.keys(value).find((name) => !MEMBERS.includes(name));
  if (unknown !== undefined) return refuse('field-unknown', `${at}.${unknown}`);
  const missing = NEEDED.find((name) => !isText(value[name]));
  if (missing !== undefined) return refuse('field-missing', `${at}.${missing}`);
  if (value['prefix'] !== undefined && !/^[A-Za-z0-9._/-]{0,200}$/.test(String(value['prefix'])))
    return refuse('field-invalid', `${at}.prefix`, { kind: 'A-Z a-z 0-9 . _ / -' });
  if (!isEndpoint(String(value['endpoint']), about.env)) return refuse('field-invalid', `${at}.endpoint`, { kind: 'https://' });
  const credentials = readCredentials(resolve(about.home, String(value['credentials'])), at);
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

function readCredentials(
  file: string,
  at: string,
): Result<Pick<S3VaultPlace, 'accessKeyId' | 'secretAccessKey' | 'sessionToken'>> {
  const json = readJson(file);
  if (!json.ok) return json;
  const secrets = json.value;
  const sound =
    isJsonObject(secrets) && Object.entries(secrets).every(([name, value]) => SECRETS.includes(name) && isText(value));
  if (!sound || !isWhole(secrets))
    return refuse('field-invalid', `${at}.credentials`, { kind: '{accessKeyId, secretAccessKey}' });
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

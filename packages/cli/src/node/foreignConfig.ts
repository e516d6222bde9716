import { type Env, isJsonObject, type Json, type JsonObject, ok, type Result, refuse } from '@comity/core';
import type { ForeignAuthority } from '@comity/node';
import { readJson } from '../output.ts';
import { isEndpoint } from './vaultConfig.ts';

const MEMBERS = ['id', 'name', 'country', 'phone', 'endpoint', 'keys', 'url'];
/** Members of a JWK that are secret: in a list of public keys they are somebody's mistake. */
const SECRET = ['d', 'p', 'q', 'k', 'dp', 'dq', 'qi'];

/**
 * The list of authorities without a node: `[{id, name, country, phone, endpoint: {CountryCode, UniqueIdentifier}, keys: {"<kid>": JWK}, url}]`. `phone` is the number at which the authority is
 * called back, found out apart from anything it sends; `url` is where its system takes deliveries. Errors name the place: `field-missing`, `field-unknown`, `field-invalid`, `not-found`, `body-not-json`.
 */
export function readForeign(file: string, env: Env): Result<readonly ForeignAuthority[]> {
  const json = readJson(file);
  if (!json.ok) return json;
  const list = json.value;
  if (!Array.isArray(list)) return refuse('field-invalid', 'foreign', { kind: '[{id, name, country, phone}]' });
  const fault = list
    .map((one: Json, index) => faultIn(one, `foreign.${index}`) ?? faultInUrl(one, { at: `foreign.${index}`, env }))
    .find((found) => found !== undefined);
  if (fault !== undefined) return fault;
  const authorities = list as unknown as readonly ForeignAuthority[]; // parser: faultIn has checked every member
  const ids = authorities.map(({ id }) => id);
  const kids = authorities.flatMap(({ keys }) => Object.keys(keys ?? {}));
  const twice = firstTwice(ids) ?? firstTwice(kids);
  return twice === undefined ? ok(authorities) : refuse('field-invalid', `foreign: ${twice}`, { kind: 'once' });
}

function firstTwice(names: readonly string[]): string | undefined {
  return names.find((name, index) => names.indexOf(name) !== index);
}

function faultIn(one: Json, at: string): Result<never> | undefined {
  if (!isJsonObject(one)) return refuse('field-invalid', at, { kind: '{id, name, country, phone}' });
  const unknown = Object.keys(one).find((name) => !MEMBERS.includes(name));
  if (unknown !== undefined) return refuse('field-unknown', `${at}.${unknown}`);
  const missing = ['id', 'name', 'country', 'phone'].find((name) => !isText(one[name]));
  if (missing !== undefined) return refuse('field-missing', `${at}.${missing}`);
  if (!/^[a-z0-9][a-z0-9-]{0,60}$/.test(String(one['id']))) return refuse('field-invalid', `${at}.id`, { kind: 'a-z 0-9 -' });
  if (!/^[A-Z]{2}$/.test(String(one['country']))) return refuse('field-invalid', `${at}.country`, { kind: 'DE' });
  if (!/^\+[0-9][0-9 ]{4,24}$/.test(String(one['phone']))) return refuse('field-invalid', `${at}.phone`, { kind: '+49 30 1234' });
  return faultInKeys(one, at);
}

function faultInUrl(one: Json, { at, env }: { readonly at: string; readonly env: Env }): Result<never> | undefined {
  const url = isJsonObject(one) ? one['url'] : undefined;
  if (url === undefined || (isText(url) && isEndpoint(url, env))) return undefined;
  return refuse('field-invalid', `${at}.url`, { kind: 'https://' });
}

function faultInKeys({ endpoint, keys }: JsonObject, at: string): Result<never> | undefined {
  if (
    endpoint !== undefined &&
    !(isJsonObject(endpoint) && isText(endpoint['CountryCode']) && isText(endpoint['UniqueIdentifier']))
  )
    return refuse('field-invalid', `${at}.endpoint`, { kind: '{CountryCode, UniqueIdentifier}' });
  if (keys === undefined) return undefined;
  const sound =
    isJsonObject(keys) &&
    Object.values(keys).every((key) => isJsonObject(key) && SECRET.every((name) => key[name] === undefined));
  return sound ? undefined : refuse('field-invalid', `${at}.keys`, { kind: '{"<kid>": public JWK}' });
}

function isText(value: Json | undefined): value is string {
  return typeof value === 'string' && value !== '';
}

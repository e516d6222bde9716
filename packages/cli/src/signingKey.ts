import { isJsonObject, ok, type Result, refuse } from '@comity/core';
import type { PrivateJwk } from '@comity/node/keys';
import { readJson } from './output.ts';

/** An Ed25519 key in a file, as JWK. Errors: `not-found`, `body-not-json`, `field-invalid`. */
export function readSigningKey(file: string): Result<PrivateJwk> {
  const json = readJson(file);
  if (!json.ok) return json;
  const jwk = json.value;
  const sound =
    isJsonObject(jwk) &&
    jwk['kty'] === 'OKP' &&
    jwk['crv'] === 'Ed25519' &&
    typeof jwk['x'] === 'string' &&
    typeof jwk['d'] === 'string';
  // Checked above, member by member.
  return sound ? ok(jwk as unknown as PrivateJwk) : refuse('field-invalid', '--key', { kind: 'Ed25519 JWK' });
}

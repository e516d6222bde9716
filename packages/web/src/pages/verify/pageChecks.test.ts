import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { expect, test } from 'vitest';
import { pageChecks } from './pageChecks.ts';

const message = Buffer.from('what is signed');

function rawOf(key: KeyObject): Uint8Array {
  const jwk = key.export({ format: 'jwk' }) as { readonly x?: string; readonly pub?: string };
  return new Uint8Array(Buffer.from(jwk.x ?? jwk.pub ?? '', 'base64url'));
}

test.each([
  ['ed25519', generateKeyPairSync('ed25519')],
  ['mlDsa44', generateKeyPairSync('ml-dsa-44')],
] as const)('the page and the machine agree on %s', (kind, { publicKey, privateKey }) => {
  const raw = rawOf(publicKey);
  const signature = new Uint8Array(sign(null, message, privateKey));
  expect(pageChecks[kind](raw, message, signature)).toBe(true);
  expect(pageChecks[kind](raw, Buffer.from('something else'), signature)).toBe(false);
  expect(pageChecks[kind](raw, message, signature.with(9, (signature[9] ?? 0) ^ 1))).toBe(false);
  expect(pageChecks[kind](raw.with(0, (raw[0] ?? 0) ^ 1), message, signature)).toBe(false);
  expect(pageChecks[kind](raw.slice(1), message, signature)).toBe(false);
  expect(pageChecks[kind](raw, message, signature.slice(1))).toBe(false);
});

import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { chunkSealer } from './chunks.ts';
import { makeHeader } from './index.ts';
import { agree, hkdf, hmac, openBytes, publicOf, sealBytes } from './primitives.ts';
import { payloadKey } from './stream.ts';
import { encodeBech32 } from './testing/encodeBech32.ts';
import { wrapFor } from './wrap.ts';

const folder = resolve(import.meta.dirname, '../../../../shared/vectors/wycheproof');
const present = existsSync(folder);
const title = (name: string): string => (present ? name : `${name} (skipped: vectors not present)`);

interface Vector {
  readonly tcId: number;
  readonly flags: readonly string[];
  readonly result: 'valid' | 'invalid' | 'acceptable';
  readonly [field: string]: unknown;
}

interface Group {
  readonly tests: readonly Vector[];
  readonly [field: string]: unknown;
}

/** Vectors of a file, each with the fields of its group. */
function read(file: string): readonly Vector[] {
  const { testGroups } = JSON.parse(readFileSync(resolve(folder, file), 'utf8')) as { readonly testGroups: readonly Group[] }; // parser of test vectors
  return testGroups.flatMap(({ tests, ...group }) => tests.map((vector) => ({ ...group, ...vector })));
}

const bytes = (vector: Vector, field: string): Buffer => Buffer.from(String(vector[field]), 'hex');

test.skipIf(!present)(
  title('ChaCha20-Poly1305 as chunks and file keys use it: sealed to the byte, opened only when authentic'),
  () => {
    // Of the nonces only those of age. The wrapper has no additional data: to it, whatever was sealed with some is not authentic.
    const vectors = read('chacha20_poly1305_test.json').filter((vector) => vector['ivSize'] === 96);
    const good = vectors.filter((vector) => vector['aad'] === '' && vector.result === 'valid');
    expect([vectors.length, good.length]).toEqual([316, 45]);
    for (const vector of vectors) {
      const [key, nonce, plain] = [bytes(vector, 'key'), bytes(vector, 'iv'), bytes(vector, 'msg')];
      const sealed = Buffer.concat([bytes(vector, 'ct'), bytes(vector, 'tag')]);
      const opened = openBytes(sealed, key, nonce);
      expect([vector.tcId, opened && Buffer.from(opened)]).toEqual([vector.tcId, good.includes(vector) ? plain : undefined]);
      if (!good.includes(vector)) continue;
      expect(Buffer.concat(sealBytes(plain, key, nonce)).equals(sealed)).toBe(true);
      sealed[vector.tcId % sealed.length] = (sealed[vector.tcId % sealed.length] ?? 0) ^ 0x10;
      expect(openBytes(sealed, key, nonce)).toBeUndefined();
    }
  },
);

test.skipIf(!present)(title('HKDF-SHA-256'), () => {
  const vectors = read('hkdf_sha256_test.json');
  for (const vector of vectors) {
    const ask = { salt: bytes(vector, 'salt'), info: bytes(vector, 'info'), length: Number(vector['size']) };
    if (vector.result === 'valid') expect(Buffer.from(hkdf(bytes(vector, 'ikm'), ask)).toString('hex')).toBe(vector['okm']);
    else expect(() => hkdf(bytes(vector, 'ikm'), ask)).toThrow();
  }
  expect(vectors.length).toBe(86);
});

test.skipIf(!present)(title('HMAC-SHA-256'), () => {
  const vectors = read('hmac_sha256_test.json');
  for (const vector of vectors) {
    const whole = Buffer.from(hmac(bytes(vector, 'key'), bytes(vector, 'msg')));
    const fits = whole.subarray(0, Number(vector['tagSize']) / 8).equals(bytes(vector, 'tag'));
    expect([vector.tcId, fits]).toEqual([vector.tcId, vector.result === 'valid']);
  }
  expect(vectors.length).toBe(174);
});

test.skipIf(!present)(title('X25519, and a point of low order agrees with nobody'), () => {
  const vectors = read('x25519_test.json');
  const low = vectors.filter(({ flags }) => flags.includes('ZeroSharedSecret'));
  expect(low.length).toBeGreaterThan(20);
  for (const vector of vectors) {
    const agreed = agree(bytes(vector, 'private'), bytes(vector, 'public'));
    const expected = low.includes(vector) ? undefined : vector['shared'];
    expect([vector.tcId, agreed && Buffer.from(agreed).toString('hex')]).toEqual([vector.tcId, expected]);
  }
});

test('keys of other lengths agree on nothing', () => {
  const key = Buffer.alloc(32, 9);
  expect(agree(key, publicOf(key))?.length).toBe(32);
  for (const [one, other] of [
    [key.subarray(1), publicOf(key)],
    [key, publicOf(key).subarray(1)],
    [Buffer.alloc(33, 9), publicOf(key)],
  ] as const)
    expect(agree(one, other)).toBeUndefined();
});

test('nothing is sealed to a recipient whose point is of low order, or whose lattice key is out of range', async () => {
  for (const first of [0, 1]) {
    const point = new Uint8Array(32);
    point[0] = first;
    const recipient = encodeBech32('age', point);
    expect(wrapFor(recipient, new Uint8Array(16))).toBeUndefined();
    expect(await makeHeader([recipient])).toMatchObject({ refusal: { code: 'recipient-unknown', field: 'recipients.0' } });
  }
  const broken = encodeBech32('age1pq', new Uint8Array(1216).fill(0xff));
  expect(await makeHeader([broken])).toMatchObject({ refusal: { code: 'recipient-unknown' } });
});

test('the payload’s key and the first chunk are those of RFC 5869 and RFC 8439', () => {
  const [fileKey, nonce] = [Buffer.alloc(16, 1), Buffer.alloc(16, 2)];
  const key = payloadKey(fileKey, nonce);
  expect(Buffer.from(key)).toEqual(Buffer.from(hkdf(fileKey, { salt: nonce, info: Buffer.from('payload'), length: 32 })));
  const last = Buffer.concat([Buffer.alloc(11), Buffer.of(1)]);
  expect(Buffer.concat(chunkSealer(key)(Buffer.from('x'), true))).toEqual(Buffer.concat(sealBytes(Buffer.from('x'), key, last)));
});

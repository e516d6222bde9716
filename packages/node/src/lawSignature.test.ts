import { generateKeyPairSync } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PrivateJwk } from './keys/crypto.ts';
import { loadLaw } from './law.ts';
import { SIGNATURES, signerOfLaw, signLawIndex } from './lawSignature.ts';

let dir = '';
beforeEach(() => {
  dir = join(mkdtempSync(join(tmpdir(), 'law-signed-')), 'packs');
  cpSync(resolve(import.meta.dirname, '../../../law/packs'), dir, { recursive: true });
});
afterEach(() => rmSync(resolve(dir, '..'), { recursive: true }));

function makeKey(): PrivateJwk {
  const { x = '', d = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  return { kty: 'OKP', crv: 'Ed25519', x, d };
}

function sign(...keys: readonly PrivateJwk[]): void {
  const index = readFileSync(join(dir, 'index.json'), 'utf8');
  writeFileSync(join(dir, SIGNATURES), JSON.stringify(keys.map((key) => signLawIndex(index, key))));
}

describe('packs of law and their publisher', () => {
  const publisher = makeKey();
  const stranger = makeKey();

  test('packs that a trusted publisher signed are applied', () => {
    sign(stranger, publisher);
    expect(signerOfLaw(dir, [publisher.x])).toBe(publisher.x);
    expect(loadLaw(dir, [publisher.x]).assess.packs.length).toBeGreaterThan(30);
  });

  test('packs that nobody signed, or only a stranger, are not', () => {
    expect(() => loadLaw(dir, [publisher.x])).toThrow(/signer-unknown/);
    sign(stranger);
    expect(() => loadLaw(dir, [publisher.x])).toThrow(/signer-unknown/);
    expect(() => loadLaw(dir, [])).toThrow(/signer-unknown/);
  });

  test('an index that was changed after it was signed is nobody’s', () => {
    sign(publisher);
    const index = join(dir, 'index.json');
    writeFileSync(index, readFileSync(index, 'utf8').replace('"version":1', '"version":2'));
    expect(() => loadLaw(dir, [publisher.x])).toThrow(/signer-unknown/);
  });

  test('a pack that was changed under a signed index stops the start', () => {
    sign(publisher);
    const pack = join(dir, 'us.dsp.json');
    writeFileSync(pack, readFileSync(pack, 'utf8').replace('10000', '99999'));
    expect(() => loadLaw(dir, [publisher.x])).toThrow(/us\.dsp/);
  });

  test('half a file of signatures vouches for nothing', () => {
    sign(publisher);
    const file = join(dir, SIGNATURES);
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, 40));
    expect(() => loadLaw(dir, [publisher.x])).toThrow(/signer-unknown/);
  });

  test('what is no signature is passed over', () => {
    sign(publisher);
    const file = join(dir, SIGNATURES);
    writeFileSync(file, JSON.stringify([7, {}, { signer: '!', signature: '!' }, ...JSON.parse(readFileSync(file, 'utf8'))]));
    expect(signerOfLaw(dir, [publisher.x])).toBe(publisher.x);
  });
});

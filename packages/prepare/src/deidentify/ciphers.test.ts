import { fromHex, toHex } from '@comity/core';
import { aessiv } from '@noble/ciphers/aes.js';
import { FF1 as otherFf1 } from '@noble/ciphers/ff1.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ff1, ff1Cipher } from './ff1.ts';
import { cipherOf, keyFor } from './keys.ts';
import { sivCipher } from './siv.ts';

const NIST = '2b7e151628aed2a6abf7158809cf4f3cef4359d8d580aa4f7f036d6f04fc6a94';
const DIGITS = '0123456789';
const LETTERS = '0123456789abcdefghijklmnopqrstuvwxyz';

function numerals(text: string): readonly number[] {
  return [...text].map((one) => LETTERS.indexOf(one));
}

function written(list: readonly number[]): string {
  return list.map((one) => LETTERS[one]).join('');
}

describe('FF1', () => {
  // The nine samples that NIST publishes for SP 800-38G: bytes of the key, radix, tweak, plaintext, ciphertext.
  test.each([
    [16, 10, '', '0123456789', '2433477484'],
    [16, 10, '39383736353433323130', '0123456789', '6124200773'],
    [16, 36, '3737373770717273373737', '0123456789abcdefghi', 'a9tv40mll9kdu509eum'],
    [24, 10, '', '0123456789', '2830668132'],
    [24, 10, '39383736353433323130', '0123456789', '2496655549'],
    [24, 36, '3737373770717273373737', '0123456789abcdefghi', 'xbj3kv35jrawxv32ysr'],
    [32, 10, '', '0123456789', '6657667009'],
    [32, 10, '39383736353433323130', '0123456789', '1001623463'],
    [32, 36, '3737373770717273373737', '0123456789abcdefghi', 'xs8a0azh2avyalyzuwd'],
  ])('gives the published ciphertext under a key of %i bytes, radix %i, tweak "%s"', (bytes, radix, tweak, plain, cipher) => {
    const one = ff1(radix, fromHex(NIST.slice(0, bytes * 2)), fromHex(tweak));
    expect(written(one.encrypt(numerals(plain)))).toBe(cipher);
    expect(written(one.decrypt(numerals(cipher)))).toBe(plain);
  });

  test('agrees with another implementation on any radix, length, key and tweak', () => {
    const any = fc.record({
      radix: fc.integer({ min: 2, max: 36 }),
      more: fc.integer({ min: 0, max: 40 }),
      key: fc.constantFrom(16, 24, 32).chain((length) => fc.uint8Array({ minLength: length, maxLength: length })),
      tweak: fc.uint8Array({ maxLength: 40 }),
      seed: fc.array(fc.nat(), { minLength: 64, maxLength: 64 }),
    });
    fc.assert(
      fc.property(any, ({ radix, more, key, tweak, seed }) => {
        const length = Math.ceil(Math.log(1_000_000) / Math.log(radix)) + 1 + more;
        const text = Array.from({ length }, (_, i) => (seed[i % seed.length] ?? 0) % radix);
        const made = ff1(radix, key, tweak).encrypt(text);
        expect(made).toEqual(otherFf1(radix, key, tweak).encrypt(text));
        expect(ff1(radix, key, tweak).decrypt(made)).toEqual(text);
      }),
      { numRuns: 60 },
    );
  });

  test('ciphers no text of a domain smaller than a million', () => {
    const cipher = ff1Cipher(new Uint8Array(32).fill(1), 'ssn', DIGITS);
    expect(cipher.encrypt('12345')).toBeUndefined();
    expect(cipher.encrypt('123456')).toMatch(/^\d{6}$/);
    expect(() => ff1(10, new Uint8Array(16), new Uint8Array()).encrypt([1, 2, 3, 4, 5])).toThrow();
  });

  test('keeps the grouping of a number, and reads no other character', () => {
    const cipher = ff1Cipher(new Uint8Array(32).fill(1), 'ssn', DIGITS);
    const made = cipher.encrypt('078-05-1120') ?? '';
    expect(made).toMatch(/^\d{3}-\d{2}-\d{4}$/);
    expect(made).not.toBe('078-05-1120');
    expect(cipher.decrypt(made)).toBe('078-05-1120');
    expect(cipher.encrypt('078-05-112O')).toBeUndefined();
    expect(ff1Cipher(new Uint8Array(32).fill(1), 'other', DIGITS).encrypt('078-05-1120')).not.toBe(made);
  });
});

describe('AES-SIV', () => {
  test('is that of RFC 5297, appendix A', () => {
    const deterministic = aessiv(
      fromHex('fffefdfcfbfaf9f8f7f6f5f4f3f2f1f0f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff'),
      fromHex('101112131415161718191a1b1c1d1e1f2021222324252627'),
    );
    expect(toHex(deterministic.encrypt(fromHex('112233445566778899aabbccddee')))).toBe(
      '85632d07c6e8f37f950acd320a2ecc9340c02b9690c4dc04daef7f6afe5c',
    );
    const nonce = aessiv(
      fromHex('7f7e7d7c7b7a79787776757473727170404142434445464748494a4b4c4d4e4f'),
      fromHex('00112233445566778899aabbccddeeffdeaddadadeaddadaffeeddccbbaa99887766554433221100'),
      fromHex('102030405060708090a0'),
      fromHex('09f911029d74e35bd84156c5635688c0'),
    );
    expect(toHex(nonce.encrypt(new TextEncoder().encode('this is some plaintext to encrypt using SIV-AES')))).toBe(
      '7bdb6e3b432667eb06f4d14bff2fbd0fcb900f2fddbe404326601965c889bf17dba77ceb094fa663b7a3f748ba8af829ea64ad544a272e9c485b62a3fd5c0d',
    );
  });

  test('turns every text back under the key and the column, and under no other', () => {
    const key = new Uint8Array(64).fill(3);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
        const cipher = sivCipher(key, 'email');
        const made = cipher.encrypt(text) ?? '';
        expect(cipher.encrypt(text)).toBe(made);
        expect(cipher.decrypt(made)).toBe(text);
        expect(sivCipher(key, 'phone').decrypt(made)).toBeUndefined();
        expect(sivCipher(new Uint8Array(64).fill(4), 'email').decrypt(made)).toBeUndefined();
      }),
      { numRuns: 50 },
    );
    expect(sivCipher(key, 'email').decrypt('not a token')).toBeUndefined();
  });

  test('no two uses of one key share their keys', () => {
    const key = new Uint8Array(32).fill(5);
    expect(new Set((['token', 'siv', 'ff1'] as const).map((use) => toHex(keyFor(use, key).slice(0, 32)))).size).toBe(3);
    expect(cipherOf({ name: 'a', operation: { op: 'keep' } }, key)).toBeUndefined();
  });
});

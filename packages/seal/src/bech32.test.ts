import { expect, test } from 'vitest';
import { decodeBech32 } from './bech32.ts';
import { generateOfficeIdentity, makeHeader, openHeader } from './index.ts';
import { encodeBech32 } from './testing/encodeBech32.ts';

test.each(['a12uel5l', 'abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw', '?1ezyfcl'])('%s is Bech32 as BIP 173 has it', (text) => {
  expect(decodeBech32(text)).toBeDefined();
});

test.each([
  ['no prefix', '1pzry9x0s0muk'],
  ['no separator', 'pzry9x0s0muk'],
  ['another letter', 'x1b4n0q5v'],
  ['a short checksum', 'li1dgmt3'],
  ['a wrong checksum', 'a12uel5q'],
  ['upper case', 'A12UEL5L'],
  ['nothing', ''],
])('%s is refused', (_, text) => {
  expect(decodeBech32(text)).toBeUndefined();
});

test('what was written is read, and bits that are left over are refused', () => {
  for (const length of [0, 1, 2, 5, 32, 33, 1216]) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 37) & 0xff);
    expect(decodeBech32(encodeBech32('age', bytes))).toEqual({ prefix: 'age', bytes });
  }
  // BIP 173: the last group of "abcdef" above ends in bits that stand for nothing.
  expect(decodeBech32('abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw')?.bytes.length).toBe(20);
});

test('one letter changed anywhere in a key makes it no key', async () => {
  const { identity, recipient } = await generateOfficeIdentity();
  const header = await makeHeader([recipient]);
  if (!header.ok) throw new Error(header.refusal.code);
  for (const at of [7, 500, 1900, recipient.length - 1]) {
    const changed = `${recipient.slice(0, at)}${recipient[at] === 'q' ? 'p' : 'q'}${recipient.slice(at + 1)}`;
    expect(await makeHeader([changed])).toMatchObject({ refusal: { code: 'recipient-unknown' } });
  }
  const other = `${identity.slice(0, 30)}${identity[30] === 'Q' ? 'P' : 'Q'}${identity.slice(31)}`;
  expect((await openHeader(header.value.header, identity)).ok).toBe(true);
  expect((await openHeader(header.value.header, other)).ok).toBe(false);
});

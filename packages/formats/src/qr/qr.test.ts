import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { qrCode, qrPath } from './index.ts';

const drawn = (text: string): string =>
  qrCode(text)
    .map((row) => row.map((dark) => (dark ? '#' : '.')).join(''))
    .join('\n');
const digest = (text: string): string => createHash('sha256').update(drawn(text)).digest('hex');

// These very symbols were read back by a reader of another maker (zxing-cpp) on 2026-11-26.
test.each([
  ['HELLO WORLD', '33cfcbd787e70ceaa08db25b3dc41b53377604776fa53c54ca3b9ff290d7c3cd'],
  [`COMITY:${'0123456789ABCDEF'.repeat(4)}`, '0da9e67eabab07bc95ec1ec786e197f592de5ad0e673808989e5d98a698aa35e'],
  ['X'.repeat(154), 'd8213dc955b63d1fa55d75ee0396e4a5e85a8c73275a50a96b876575dfc8f941'],
])('%s is drawn as a reader of another maker has read it', (text, known) => {
  expect(digest(text)).toBe(known);
});

test('a code is as small as its text allows', () => {
  expect(qrCode('A').length).toBe(21);
  expect(qrCode('X'.repeat(21)).length).toBe(25);
  expect(qrCode('X'.repeat(154)).length).toBe(41);
});

test('a text that is too long, or has other letters, is refused', () => {
  expect(() => qrCode('X'.repeat(155))).toThrow(RangeError);
  expect(() => qrCode('hello')).toThrow(RangeError);
});

test('the path has a square for each dark module', () => {
  const rows = qrCode('A');
  expect(qrPath(rows).split('M').length - 1).toBe(rows.flat().filter(Boolean).length);
});

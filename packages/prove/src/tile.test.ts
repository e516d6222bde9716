import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bundlePath, decodeBundle, encodeBundle, MAX_SIZE, parseTilePath, tilePath } from './index.ts';

test('paths are those of the standard', () => {
  expect(tilePath({ level: 0, index: 1234067n, width: 256 })).toBe('tile/0/x001/x234/067');
  expect(tilePath({ level: 2, index: 0n, width: 1 })).toBe('tile/2/000.p/1');
  expect(bundlePath({ index: 999n, width: 255 })).toBe('tile/entries/999.p/255');
  expect(bundlePath({ index: 1000n, width: 256 })).toBe('tile/entries/x001/000');
});

test('every address comes back from its path', () => {
  const places = fc.record({ level: fc.nat(63), index: fc.bigInt(0n, MAX_SIZE), width: fc.integer({ min: 1, max: 256 }) });
  fc.assert(
    fc.property(places, (address) => {
      expect(parseTilePath(tilePath(address))).toEqual({ ok: true, value: { kind: 'tile', address } });
      const bundle = { index: address.index, width: address.width };
      expect(parseTilePath(bundlePath(bundle))).toEqual({ ok: true, value: { kind: 'bundle', address: bundle } });
    }),
  );
});

test.each([
  'tile/0/1',
  'tile/00/001',
  'tile/64/001',
  'tile/0/x000/001',
  'tile/0/001/002',
  'tile/0/x001',
  'tile/0/001.p/0',
  'tile/0/001.p/256',
  'tile/0/001.p/01',
  'tile/0/001.p/',
  '/tile/0/001',
  'tile/0/001/',
  'tile/-1/001',
  'tile/0/../001',
  'tile/entries/001\n',
  'tile/0/x999/x999/x999/x999/x999/x999/999',
])('%s names no tile', (path) => {
  expect(parseTilePath(path)).toMatchObject({ ok: false, code: 'malformed-path' });
});

test('entries come back from their bundle', () => {
  const entries = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 256 });
  fc.assert(
    fc.property(entries, (list) => {
      const back = decodeBundle(encodeBundle(list));
      expect(back.ok && back.value.map((entry) => [...entry])).toEqual(list.map((entry) => [...entry]));
    }),
    { numRuns: 40 },
  );
});

test('a bundle that is cut off anywhere but between entries is refused', () => {
  const bundle = encodeBundle([Uint8Array.of(1, 2, 3), Uint8Array.of(4)]);
  for (const length of [1, 2, 3, 4, 6, 7])
    expect(decodeBundle(bundle.subarray(0, length))).toMatchObject({ code: 'malformed-bundle' });
  expect(decodeBundle(bundle.subarray(0, 5)).ok).toBe(true);
});

test('a bundle never holds more than 256 entries or one of more than 65,535 bytes', () => {
  expect(decodeBundle(new Uint8Array(2 * 256)).ok).toBe(true);
  expect(decodeBundle(new Uint8Array(2 * 257))).toMatchObject({ code: 'malformed-bundle' });
  expect(() => encodeBundle(Array.from({ length: 257 }, () => new Uint8Array(0)))).toThrow(RangeError);
  expect(() => encodeBundle([new Uint8Array(65_536)])).toThrow(RangeError);
  expect(decodeBundle(encodeBundle([new Uint8Array(65_535)])).ok).toBe(true);
});

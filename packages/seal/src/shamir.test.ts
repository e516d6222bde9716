import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joinSecret, multiply, splitSecret } from './shamir.ts';

const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));

test('products are those of FIPS 197', () => {
  // Section 4.2 and 4.2.1.
  expect(multiply(0x57, 0x83)).toBe(0xc1);
  expect([0x02, 0x04, 0x08, 0x10, 0x13].map((by) => multiply(0x57, by))).toEqual([0xae, 0x47, 0x8e, 0x07, 0xfe]);
});

test('the field is one: every product is in it, and every element but 0 has exactly one inverse', () => {
  for (let a = 1; a < 256; a++) {
    const products = new Set(Array.from({ length: 256 }, (_, b) => multiply(a, b)));
    expect(products.size).toBe(256);
    expect(multiply(a, 1)).toBe(a);
  }
});

test('points lie on the polynomial, by hand: 0x2a + 0x07 x', () => {
  const points = splitSecret(Uint8Array.of(0x2a), { needed: 2, count: 3 }, () => Uint8Array.of(0x07));
  expect(points.map(({ index, data }) => [index, data[0]])).toEqual([
    [1, 0x2a ^ 0x07],
    [2, 0x2a ^ 0x0e],
    [3, 0x2a ^ 0x09],
  ]);
});

const sharings = fc
  .record({ secret: fc.uint8Array({ minLength: 1, maxLength: 40 }), count: fc.integer({ min: 2, max: 16 }) })
  .chain(({ secret, count }) =>
    fc.record({
      secret: fc.constant(secret),
      count: fc.constant(count),
      needed: fc.integer({ min: 2, max: count }),
      order: fc.shuffledSubarray(
        Array.from({ length: count }, (_, i) => i),
        { minLength: count },
      ),
    }),
  );

test('any points that are enough give the secret, in any order', () => {
  fc.assert(
    fc.property(sharings, ({ secret, needed, count, order }) => {
      const points = splitSecret(secret, { needed, count }, random);
      const some = order.slice(0, needed).flatMap((i) => points[i] ?? []);
      expect(joinSecret(some)).toEqual(secret);
      expect(joinSecret(points)).toEqual(secret);
    }),
    { numRuns: 60 },
  );
});

test('one point fewer leaves every secret as likely as any other', () => {
  // For each value that the secret byte may have, exactly one value of the missing point leads there.
  const points = splitSecret(Uint8Array.of(0x5a), { needed: 3, count: 3 }, random).slice(0, 2);
  const reached = Array.from({ length: 256 }, (_, value) => joinSecret([...points, { index: 3, data: Uint8Array.of(value) }])[0]);
  expect(new Set(reached).size).toBe(256);
});

test('what is no sharing is refused loudly', () => {
  for (const [needed, count] of [
    [1, 3],
    [4, 3],
    [2, 256],
    [2.5, 3],
  ] as const)
    expect(() => splitSecret(Uint8Array.of(1), { needed, count }, random)).toThrow(RangeError);
  const one = { index: 1, data: Uint8Array.of(1) };
  for (const points of [[], [one, one], [one, { index: 2, data: Uint8Array.of(1, 2) }], [{ ...one, index: 0 }]])
    expect(() => joinSecret(points)).toThrow(RangeError);
});

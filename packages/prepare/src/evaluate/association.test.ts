import { describe, expect, test } from 'vitest';
import { associationGap, cramersV } from './association.ts';

const column = (length: number, value: (i: number) => number): Uint16Array => Uint16Array.from({ length }, (_, i) => value(i));

describe('how closely two columns go together', () => {
  test('is 1 where one tells the other, 0 where it tells nothing or has one value only', () => {
    const [even, thirds, one] = [column(6000, (i) => i % 2), column(6000, (i) => i % 3), column(6000, () => 0)];
    expect(cramersV([even, even], [0, 1], [2, 2])).toBeCloseTo(1, 6);
    expect(cramersV([even, thirds], [0, 1], [2, 3])).toBe(0);
    expect(cramersV([even, one], [0, 1], [2, 4])).toBe(0);
  });

  test('of the four-fold table 30 10 / 20 40 is what a hand reckons', () => {
    const a = column(100, (i) => (i < 40 ? 0 : 1));
    const b = column(100, (i) => (i < 30 || (i >= 40 && i < 60) ? 0 : 1));
    // χ² = 100 · (30·40 − 10·20)² / (40 · 60 · 50 · 50) = 16.667, so φ² = 0.16667; less 1/99, over 1 − 1/99.
    expect(cramersV([a, b], [0, 1], [2, 2])).toBeCloseTo(Math.sqrt((1 / 6 - 1 / 99) / (1 - 1 / 99)), 9);
  });

  test('differs most for the pair that was torn apart', () => {
    const [even, thirds] = [column(6000, (i) => i % 2), column(6000, (i) => i % 3)];
    const gap = associationGap([even, even, thirds], [even, thirds.map((value) => value % 2), thirds], [2, 2, 3]);
    expect(gap.worst).toEqual([0, 1]);
    expect(gap.pairs).toBe(3);
    expect(gap.greatest).toBeCloseTo(1, 2);
  });
});

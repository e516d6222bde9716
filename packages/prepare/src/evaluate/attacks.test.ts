import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededDice } from '../testing/seeded.ts';
import { attacksOn } from './attacks.ts';
import { distanceIn } from './fidelity.ts';
import { areaUnder, beyondControl, caughtAt, meanGap, wilson } from './intervals.ts';

const SIZES = [12, 9, 7, 11, 8, 6];

function rows(count: number, seed: number): readonly Uint16Array[] {
  const dice = seededDice(seed);
  return SIZES.map((size) => Uint16Array.from({ length: count }, () => dice.below(size)));
}

describe('attacks', () => {
  test('find out that a copy is a copy', () => {
    const inside = rows(2_000, 1);
    const found = attacksOn({ inside, outside: rows(2_000, 2), synthetic: inside, sizes: SIZES, dice: seededDice(3) });
    expect(found.membership.low).toBeGreaterThan(0.9);
    expect(found.exact.attack.value).toBe(1);
    for (const tried of [found.caught, found.exact, found.singlingOut, found.linkability])
      expect(tried.beyond.low).toBeGreaterThan(0.05);
    expect(found.nearest.inside).toBe(0);
    expect(found.nearest.contrast.low).toBeGreaterThan(0.5);
  });

  test('get nothing out of rows that have nothing to do with anybody', () => {
    const found = attacksOn({
      inside: rows(2_000, 1),
      outside: rows(2_000, 2),
      synthetic: rows(2_000, 4),
      sizes: SIZES,
      dice: seededDice(3),
    });
    expect([found.membership.low < 0.5, found.membership.high > 0.5]).toEqual([true, true]);
    for (const tried of [found.caught, found.exact, found.singlingOut, found.linkability, ...found.inference])
      expect(tried.beyond.low).toBeLessThan(0.01);
    expect([found.nearest.contrast.low < 0, found.nearest.contrast.high > 0]).toEqual([true, true]);
  });
});

test('distances are nothing between a data set and itself, and all between two that share no value', () => {
  const own = rows(500, 5);
  const [low, high] = [own.map((list) => list.map(() => 0)), own.map((list) => list.map(() => 1))];
  for (const ways of [1, 2, 3]) {
    expect(distanceIn(own, own, { sizes: SIZES, ways })).toMatchObject({ mean: 0, greatest: 0 });
    expect(distanceIn(low, high, { sizes: SIZES, ways })).toMatchObject({ mean: 1, greatest: 1 });
  }
  expect(distanceIn(own, own, { sizes: SIZES, ways: 2 }).tables).toBe(15);
});

test('what an attack gets beyond its control lies between -1 and 1 and within its interval, also where the control gets all', () => {
  expect(beyondControl([280, 280], [280, 280])).toEqual({ value: 0, low: -1, high: 1 });
  const tries = fc
    .integer({ min: 0, max: 2_000 })
    .chain((most) => fc.tuple(fc.integer({ min: 0, max: most }), fc.constant(most)));
  fc.assert(
    fc.property(tries, tries, (attack, control) => {
      const { value, low, high } = beyondControl(attack, control);
      return -1 <= low && low <= value && value <= high && high <= 1;
    }),
  );
});

test('of those inside are caught as many as lie nearer than one in a hundred of those outside, lots drawn where many lie equally far', () => {
  const list = (...counts: readonly number[]) =>
    Uint16Array.from(counts.flatMap((count, distance) => Array(count).fill(distance)));
  // Half of those outside at distance 1: of these a fiftieth may be taken, and of those inside with them.
  expect(caughtAt(0.01, list(30, 50, 20), list(0, 50, 50))).toEqual([
    [31, 100],
    [1, 100],
  ]);
  expect(caughtAt(0.01, list(0, 50, 50), list(0, 50, 50))).toEqual([
    [1, 100],
    [1, 100],
  ]);
  expect(caughtAt(0.01, list(0, 40), list(0, 0, 100))[0]).toEqual([40, 40]);
  expect(caughtAt(0.01, list(), list())).toEqual([
    [0, 0],
    [0, 0],
  ]);
});

test('the gap of two means has the interval that a hand reckons', () => {
  const gap = meanGap(Uint16Array.of(2, 4, 6, 8), Uint16Array.of(1, 1, 3, 3), 9);
  // 5 - 2; errors 20/3/4 and 4/3/4.
  expect(gap.value).toBe(3);
  expect(gap.high - gap.value).toBeCloseTo(1.959964 * Math.sqrt(2), 5);
  expect(meanGap(Uint16Array.of(1), Uint16Array.of(1), 4)).toEqual({
    value: 0,
    low: -4,
    high: 4,
  });
});

test('intervals hold what they measure, and are honest where there is nothing', () => {
  expect(wilson(50, 100).low).toBeCloseTo(0.4038, 3);
  expect(wilson(0, 0)).toEqual({ value: 0, low: 0, high: 1 });
  expect(areaUnder(Float64Array.from([2, 3, 4]), Float64Array.from([1, 2, 0])).value).toBeCloseTo(8.5 / 9, 6);
  expect(areaUnder(new Float64Array(0), Float64Array.of(1))).toEqual({ value: 0.5, low: 0, high: 1 });
  const same = beyondControl([30, 100], [30, 100]);
  expect(same.value).toBe(0);
  expect([same.low < 0, same.high > 0]).toEqual([true, true]);
});

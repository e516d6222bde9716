import { describe, expect, test } from 'vitest';
import { seededDice } from '../testing/seeded.ts';
import { attacksOn } from './attacks.ts';
import { distanceIn } from './fidelity.ts';
import { areaUnder, beyondControl, wilson } from './intervals.ts';

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
    for (const tried of [found.exact, found.singlingOut, found.linkability]) expect(tried.beyond.low).toBeGreaterThan(0.05);
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
    for (const tried of [found.exact, found.singlingOut, found.linkability, ...found.inference])
      expect(tried.beyond.low).toBeLessThan(0.01);
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

test('intervals hold what they measure, and are honest where there is nothing', () => {
  expect(wilson(50, 100).low).toBeCloseTo(0.4038, 3);
  expect(wilson(0, 0)).toEqual({ value: 0, low: 0, high: 1 });
  expect(areaUnder(Float64Array.from([2, 3, 4]), Float64Array.from([1, 2, 0])).value).toBeCloseTo(8.5 / 9, 6);
  expect(areaUnder(new Float64Array(0), Float64Array.of(1))).toEqual({ value: 0.5, low: 0, high: 1 });
  const same = beyondControl([30, 100], [30, 100]);
  expect(same.value).toBe(0);
  expect([same.low < 0, same.high > 0]).toEqual([true, true]);
});

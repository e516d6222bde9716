import { describe, expect, test } from 'vitest';
import { shuffle } from '../synthesise/dice.ts';
import type { Rows } from '../synthesise/sample.ts';
import { seededDice } from '../testing/seeded.ts';
import { propensityOf } from './propensity.ts';

const SIZES = [6, 6, 4, 8, 3];

/** Rows in which each column hangs on the one before it. */
function rows(count: number, seed: number): Rows {
  const dice = seededDice(seed);
  const made = SIZES.map(() => new Uint16Array(count));
  for (let row = 0; row < count; row++) {
    let held = dice.below(6);
    for (const [column, size] of SIZES.entries()) {
      held = dice.below(10) < 7 ? held % size : dice.below(size);
      made[column]?.set([held], row);
    }
  }
  return made;
}

/** Each column by itself stays as it is; nothing is left of what they have to do with each other. */
function torn(given: Rows, seed: number): Rows {
  const dice = seededDice(seed);
  return given.map((list) => {
    const order = Int32Array.from(list.keys());
    shuffle(order, dice);
    return Uint16Array.from(order, (row) => list[row] ?? 0);
  });
}

const ratio = (real: Rows, synthetic: Rows): number => propensityOf(real, synthetic, { sizes: SIZES, seed: 7 })?.ratio ?? -1;

describe('telling synthetic rows from real ones', () => {
  test.each([1, 2, 3])('is as hard as chance makes it where both come from one source (%i)', (seed) => {
    const found = ratio(rows(2_500, seed), rows(2_500, seed + 100));
    expect(found).toBeGreaterThan(0.6);
    expect(found).toBeLessThan(1.6);
  });

  test.each([1, 2])('is easy where every column is right by itself and nothing goes together (%i)', (seed) => {
    expect(ratio(rows(2_500, seed), torn(rows(2_500, seed + 100), seed))).toBeGreaterThan(10);
  });

  test('cannot be harder than for a copy', () => {
    const own = rows(2_000, 1);
    expect(propensityOf(own, own, { sizes: SIZES, seed: 7 })).toMatchObject({ rows: 2_000, pmse: 0, ratio: 0 });
  });

  test('is certain where no value is in common: pMSE is a quarter, less what the learner holds back', () => {
    const low = SIZES.map(() => new Uint16Array(1_000));
    const high = SIZES.map(() => new Uint16Array(1_000).fill(1));
    const { pmse, ratio: much } = propensityOf(low, torn(high, 1), { sizes: SIZES, seed: 7 }) ?? { pmse: 0, ratio: 0 };
    expect(pmse).toBeGreaterThan(0.24);
    expect(pmse).toBeLessThanOrEqual(0.25);
    // Two values alone: labels by chance can hardly be learned.
    expect(much).toBeGreaterThan(100);
  });

  test('gives the same figures for the same rows and seed, and other chances for another seed', () => {
    const [real, synthetic] = [rows(1_500, 1), rows(1_500, 2)];
    const told = (seed: number) => propensityOf(real, synthetic, { sizes: SIZES, seed });
    expect(told(3)).toEqual(told(3));
    expect(told(3)?.pmse).toBe(told(4)?.pmse);
    expect(told(3)?.expected).not.toBe(told(4)?.expected);
  });

  test('is not tried with too few rows, or where there is nothing to learn', () => {
    expect(propensityOf(rows(50, 1), rows(5_000, 2), { sizes: SIZES, seed: 1 })).toBeNull();
    expect(propensityOf([new Uint16Array(500)], [new Uint16Array(500)], { sizes: [1], seed: 1 })).toBeNull();
    expect(propensityOf([], [], { sizes: [], seed: 1 })).toBeNull();
  });

  test('stays short however large and wide the data are', () => {
    const dice = seededDice(1);
    const wide = Array.from({ length: 60 }, () => Uint16Array.from({ length: 50_000 }, () => dice.below(100)));
    const sizes = wide.map(() => 100);
    const began = performance.now();
    const found = propensityOf(wide, torn(wide, 1), { sizes, seed: 1 });
    expect(found?.rows).toBe(1_000);
    // Two seconds on an idle core; a busy one may take longer.
    expect(performance.now() - began).toBeLessThan(15_000);
  });
});

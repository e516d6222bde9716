import { describe, expect, test } from 'vitest';
import { seededDice } from '../testing/seeded.ts';
import { estimatePopulation, expectedUniques, lnGamma } from './population.ts';

/** Sizes of the classes of rows that come one after the other: a new class with chance (θ + αu) / (θ + n), else one of the others by its size less α. */
function drawn({ alpha, theta, rows }: { alpha: number; theta: number; rows: number }, seed: number): number[] {
  const next = uniform(seed);
  const classes: number[] = [];
  // Which class each row fell into: a row picked evenly picks a class by its size.
  const of: number[] = [];
  for (let n = 0; n < rows; n++) {
    if (next() * (theta + n) < theta + alpha * classes.length) of.push(classes.push(1) - 1);
    else {
      let at = 0;
      do at = of[Math.floor(next() * n)] ?? 0;
      while (next() * (classes[at] ?? 1) < alpha);
      classes[at] = (classes[at] ?? 0) + 1;
      of.push(at);
    }
  }
  return classes;
}

function uniform(seed: number): () => number {
  const dice = seededDice(seed);
  return () => dice.below(2 ** 31) / 2 ** 31;
}

function sizesOf(classes: readonly number[]): Map<number, number> {
  const sizes = new Map<number, number>();
  for (const size of classes) sizes.set(size, (sizes.get(size) ?? 0) + 1);
  return sizes;
}

describe('uniqueness in the population', () => {
  test('the gamma function is right for small and large numbers', () => {
    for (const [x, factorial] of [
      [1, 1],
      [5, 24],
      [11, 3_628_800],
    ] as const)
      expect(lnGamma(x)).toBeCloseTo(Math.log(factorial), 9);
    expect(lnGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 12);
    expect(lnGamma(20_001) - lnGamma(20_000)).toBeCloseTo(Math.log(20_000), 6);
  });

  test('of one person everybody is unique, and with α = 0 it is Ewens’s formula', () => {
    expect(expectedUniques({ alpha: 0.3, theta: 4 }, 1)).toBeCloseTo(1, 9);
    // N θ / (θ + N - 1)
    expect(expectedUniques({ alpha: 0, theta: 4 }, 100)).toBeCloseTo((100 * 4) / 103, 6);
  });

  test('is found from a sample of a population that the model describes', () => {
    const given = { alpha: 0.45, theta: 60, rows: 40_000 };
    const whole = drawn(given, 7);
    const truth = whole.filter((size) => size === 1).length;
    // The first rows of such a process are a random sample of it.
    const sample = sizesOf(drawn({ ...given, rows: 4_000 }, 7));
    const found = estimatePopulation(sample, given.rows);
    expect(found?.estimator).toBe('pitman');
    expect(Math.abs((found?.uniques ?? 0) - truth) / truth).toBeLessThan(0.25);
    expect(found?.alpha).toBeCloseTo(0.45, 0);
  });

  test('takes the parameters under which the sample is likeliest, by the formula written out', () => {
    const sizes = new Map([
      [1, 30],
      [2, 10],
      [3, 5],
      [7, 2],
      [20, 1],
    ]);
    const rows = [...sizes].reduce((sum, [size, classes]) => sum + size * classes, 0);
    const classes = [...sizes.values()].reduce((sum, count) => sum + count, 0);
    const upTo = (n: number, of: (i: number) => number): number =>
      Array.from({ length: n }, (_, i) => Math.log(of(i + 1))).reduce((sum, one) => sum + one, 0);
    const likelihood = (alpha: number, theta: number): number =>
      upTo(classes - 1, (i) => theta + i * alpha) -
      upTo(rows - 1, (i) => theta + i) +
      [...sizes].reduce((sum, [size, count]) => sum + count * upTo(size - 1, (i) => i - alpha), 0);
    const found = estimatePopulation(sizes, 10_000);
    const best = likelihood(found?.alpha ?? 0, found?.theta ?? 1);
    for (const alpha of [-0.05, 0, 0.05])
      for (const theta of [0.8, 1, 1.25])
        expect(likelihood((found?.alpha ?? 0) + alpha, (found?.theta ?? 1) * theta)).toBeLessThanOrEqual(best + 1e-9);
  });

  test('says nothing where a sample tells nothing', () => {
    expect(estimatePopulation(new Map(), 10)).toBeUndefined();
    expect(estimatePopulation(new Map([[1, 5]]), 10)).toBeUndefined();
    expect(estimatePopulation(new Map([[2, 5]]), 100)).toBeUndefined();
    expect(
      estimatePopulation(
        new Map([
          [1, 5],
          [3, 5],
        ]),
        10,
      ),
    ).toBeUndefined();
  });
});

import { describe, expect, test } from 'vitest';
import { seededDice } from '../testing/seeded.ts';
import { diceFrom, shuffle } from './dice.ts';
import { addNoise, discreteGaussian, sigmaOf, varianceOf } from './noise.ts';

/** The exact probability of each whole number, from the definition. */
function massOf(sigma2: number, reach: number): ReadonlyMap<number, number> {
  const weights = new Map<number, number>();
  for (let x = -reach; x <= reach; x++) weights.set(x, Math.exp((-x * x) / (2 * sigma2)));
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  return new Map([...weights].map(([x, weight]) => [x, weight / total]));
}

/** Pearson's statistic over the values that are expected at least ten times, the rest as one. */
function chiSquare(
  drawn: readonly number[],
  mass: ReadonlyMap<number, number>,
): { readonly statistic: number; readonly cells: number } {
  const seen = new Map<number, number>();
  for (const value of drawn) seen.set(value, (seen.get(value) ?? 0) + 1);
  let [statistic, cells, restSeen, restExpected] = [0, 0, drawn.length, drawn.length];
  for (const [value, probability] of mass) {
    const expected = probability * drawn.length;
    if (expected < 10) continue;
    const here = seen.get(value) ?? 0;
    statistic += (here - expected) ** 2 / expected;
    cells += 1;
    restSeen -= here;
    restExpected -= expected;
  }
  return { statistic: statistic + (restExpected > 1 ? (restSeen - restExpected) ** 2 / restExpected : 0), cells };
}

describe('the discrete Gaussian', () => {
  for (const [at, sigma] of [0.3, 1, 2.5, 17.3].entries()) {
    test(`draws each whole number as often as its mass says, at sigma ${sigma}`, () => {
      const dice = seededDice(at + 1);
      const variance = varianceOf(sigma);
      const drawn = Array.from({ length: 40_000 }, () => discreteGaussian(variance, dice));
      const { statistic, cells } = chiSquare(drawn, massOf(variance.over / variance.under, 200));
      // Five standard deviations of the statistic: a wrong sign or scale is hundreds away.
      expect(statistic).toBeLessThan(cells + 5 * Math.sqrt(2 * cells) + 5);
      const mean = drawn.reduce((sum, x) => sum + x, 0) / drawn.length;
      expect(Math.abs(mean)).toBeLessThan((5 * sigmaOf(variance)) / Math.sqrt(drawn.length));
    });
  }

  test('has the variance that was asked for, also where it is too large for whole doubles', () => {
    for (const sigma of [700, 5_000]) {
      const dice = seededDice(9);
      const variance = varianceOf(sigma);
      const drawn = Array.from({ length: 3_000 }, () => discreteGaussian(variance, dice));
      const measured = drawn.reduce((sum, x) => sum + x * x, 0) / drawn.length / sigma ** 2;
      expect(Math.abs(measured - 1)).toBeLessThan(5 * Math.sqrt(2 / drawn.length));
    }
  });

  test('is never drawn with less noise than was charged', () => {
    for (const sigma of [0.01, 0.7, 1, 3.25, 91.2, 1_023.5, 80_000.1]) {
      expect(sigmaOf(varianceOf(sigma))).toBeGreaterThanOrEqual(sigma);
      expect(sigmaOf(varianceOf(sigma))).toBeLessThan(sigma * 1.01 + 0.01);
    }
    for (const sigma of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) expect(() => varianceOf(sigma)).toThrow();
  });

  test('leaves whole counts whole', () => {
    const noisy = addNoise(Float64Array.from([0, 5, 1_000_000]), varianceOf(3), seededDice(2));
    expect([...noisy].every(Number.isInteger)).toBe(true);
  });
});

describe('dice', () => {
  test('are even for a bound that does not divide what the bytes can say', () => {
    const dice = seededDice(4);
    const seen = new Int32Array(7);
    for (let i = 0; i < 70_000; i++) {
      const drawn = dice.below(7);
      seen[drawn] = (seen[drawn] ?? 0) + 1;
    }
    for (const count of seen) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });

  test('refuse a bound that they cannot be exact for', () => {
    for (const bound of [0, -1, 2 ** 53 + 2, Number.NaN]) expect(() => seededDice(1).below(bound)).toThrow('bound');
  });

  test('take another look at the bytes where a draw would favour small numbers', () => {
    // The first word lies in the part of the space that 3 does not divide; the second counts.
    const bytes = Buffer.concat([Buffer.from('ffffffff', 'hex'), Buffer.from('05000000', 'hex')]);
    expect(diceFrom(() => bytes).below(3)).toBe(2);
  });

  test('shuffle without losing anything', () => {
    const list = Int32Array.from({ length: 100 }, (_, i) => i);
    shuffle(list, seededDice(3));
    expect([...list]).not.toEqual([...list].sort((a, b) => a - b));
    expect([...list].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
  });
});

import { expect, test } from 'vitest';
import { deltaOf, epsilonOf, greatestAdvantage, rhoOf } from './zcdp.ts';

test('converts as the tight bound does: figures computed apart from this code at δ = 1e-9', () => {
  for (const [epsilon, rho] of [
    [0.3, 0.0015],
    [1, 0.015],
    [3, 0.1206],
    [10, 1.0908],
  ] as const)
    expect(Math.abs(rhoOf(epsilon, 1e-9) - rho)).toBeLessThan(0.0001);
});

test('there and back is the same, and never more than was promised', () => {
  for (const epsilon of [0.05, 0.5, 2, 8]) {
    for (const delta of [1e-12, 1e-6, 1e-3]) {
      const rho = rhoOf(epsilon, delta);
      expect(deltaOf(rho, epsilon)).toBeLessThanOrEqual(delta * (1 + 1e-9));
      expect(epsilonOf(rho, delta)).toBeCloseTo(epsilon, 6);
    }
  }
  expect([deltaOf(0, 1), epsilonOf(0, 1e-9)]).toEqual([0, 0]);
});

test('an attacker’s advantage grows with the budget and is never more than all', () => {
  const [one, three] = [1, 3].map((epsilon) => greatestAdvantage(rhoOf(epsilon, 1e-9), epsilon, 1e-9));
  expect(one).toBeCloseTo(0.0865, 3);
  expect(three).toBeGreaterThan(one ?? 1);
  expect(greatestAdvantage(50, 30, 1e-9)).toBeLessThanOrEqual(1);
});

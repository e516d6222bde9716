import { expect, test } from 'vitest';
import { beyondCoin, powerOfTen, secondsLeft } from './figures.ts';

test('time left is judged by what is done, and not told before a twentieth is', () => {
  const started = '2026-11-26T10:00:00.000Z';
  const now = Date.parse(started) + 30_000;
  expect(secondsLeft({ share: 0.5, started }, now)).toBe(30);
  expect(secondsLeft({ share: 0.75, started }, now)).toBe(10);
  expect(secondsLeft({ share: 0.01, started }, now)).toBeUndefined();
  expect(secondsLeft({ share: 0.5, started: null }, now)).toBeUndefined();
});

test('δ is written as a power of ten', () => {
  expect([powerOfTen(1e-9), powerOfTen(2.5e-7), powerOfTen(1e-12)]).toEqual(['10⁻⁹', '2.5 × 10⁻⁷', '10⁻¹²']);
});

test('what an attacker gets beyond a coin is half of the advantage, never rounded down', () => {
  expect([beyondCoin(0.0865), beyondCoin(1), beyondCoin(0)]).toEqual([0.044, 0.5, 0]);
});

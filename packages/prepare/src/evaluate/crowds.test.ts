import { expect, test } from 'vitest';
import { crowdOf } from './crowds.ts';

test('rows stand together by all columns but one: k, l, t and who is alone, as a hand counts them', () => {
  // Classes (0,0): labels 0 1 0; (0,1): label 1; (2,0): labels 1 1.
  const rows = [Uint16Array.of(0, 0, 0, 0, 2, 2), Uint16Array.of(0, 0, 0, 1, 0, 0), Uint16Array.of(0, 1, 0, 1, 1, 1)];
  const { t, ...counted } = crowdOf(rows, [3, 2, 2], 2);
  expect(counted).toEqual({ rows: 6, classes: 3, k: 1, unique: 1 / 6, l: 1 });
  // Shares of the whole 1/3 and 2/3; a class of label 1 alone lies 1/3 from it, so does the first (2/3 and 1/3).
  expect(t).toBeCloseTo(1 / 3, 12);
});

test('nothing stands together where there are no rows', () => {
  expect(crowdOf([], [], 0)).toEqual({ rows: 0, classes: 0, k: null, unique: 0, l: null, t: null });
});

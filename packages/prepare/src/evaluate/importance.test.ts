import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Rows } from '../synthesise/sample.ts';
import { seededDice } from '../testing/seeded.ts';
import { importanceOf } from './importance.ts';
import { logistic } from './learners.ts';
import { ranksOf, spearman } from './ranks.ts';
import { boosted } from './trees.ts';

const SIZES = [4, 4, 4, 4, 2];
const LABEL = 4;

/** The label hangs most on the column that stands first in `order`, and on the last of it not at all. */
function rows(count: number, seed: number, order: readonly number[]): Rows {
  const dice = seededDice(seed);
  const made = SIZES.map((size) => Uint16Array.from({ length: count }, () => dice.below(size)));
  const label = Uint16Array.from({ length: count }, (_, row) => {
    const pull = [9, 4, 2, 0].reduce((sum, weight, i) => sum + weight * ((made[order[i] ?? 0]?.[row] ?? 0) - 1.5), 0);
    return pull + dice.below(13) - 6 > 0 ? 1 : 0;
  });
  return made.map((list, column) => (column === LABEL ? label : list));
}

const taught = (learner: typeof logistic, given: Rows) => learner({ rows: given, sizes: SIZES, label: LABEL, yes: 1 });
const asked = { judge: rows(3_000, 9, [0, 1, 2, 3]), label: LABEL, seed: 5 };

describe.each([
  ['logistic regression', logistic],
  ['boosted trees', boosted],
])('what %s rests on', (_, learner) => {
  test('has the same order on rows of the same kind, and the column that counts most stands first', () => {
    const told = importanceOf(
      taught(learner, rows(5_000, 1, [0, 1, 2, 3])),
      taught(learner, rows(5_000, 2, [0, 1, 2, 3])),
      asked,
    );
    expect(told.features).toBe(4);
    expect(told.correlation).toBeGreaterThan(0.75);
    expect(told.columns.slice(0, 3).map(({ column }) => column)).toEqual([0, 1, 2]);
    expect(told.columns[0]?.real).toBeGreaterThan(0.2);
    expect(told.columns[3]?.real).toBeLessThan(0.05);
  });

  test('is turned round where the synthetic rows make another column count', () => {
    const told = importanceOf(
      taught(learner, rows(5_000, 1, [0, 1, 2, 3])),
      taught(learner, rows(5_000, 2, [3, 2, 1, 0])),
      asked,
    );
    expect(told.correlation).toBeLessThan(-0.5);
  });

  test('is not compared over fewer than three columns, nor where none counts', () => {
    const narrow = [0, 3, LABEL];
    const few = (seed: number) => narrow.map((column) => rows(2_000, seed, [0, 1, 2, 3])[column] ?? new Uint16Array(0));
    const teach = (seed: number) => learner({ rows: few(seed), sizes: [4, 4, 2], label: 2, yes: 1 });
    expect(importanceOf(teach(1), teach(2), { judge: few(3), label: 2, seed: 1 })).toMatchObject({
      features: 2,
      correlation: null,
    });
    const silent = () => new Float64Array(asked.judge[0]?.length ?? 0);
    expect(importanceOf(silent, silent, asked).correlation).toBeNull();
  });
});

describe('a rank correlation', () => {
  test('of the ten pairs that a textbook ranks is what it says', () => {
    const [iq, hours] = [
      [106, 100, 86, 101, 99, 103, 97, 113, 112, 110],
      [7, 27, 2, 50, 28, 29, 20, 12, 6, 17],
    ];
    // Sum of squared differences of ranks 194: 1 - 6 * 194 / (10 * 99).
    expect(spearman(iq, hours)).toBeCloseTo(-29 / 165, 12);
  });

  test('lets equal values share their ranks', () => {
    expect(ranksOf([3, 1, 3, 2])).toEqual([3.5, 1, 3.5, 2]);
    // Ranks 1 2.5 2.5 4 against 1 2 3 4: 4.5 / sqrt(4.5 * 5).
    expect(spearman([1, 2, 2, 3], [1, 2, 3, 4])).toBeCloseTo(4.5 / Math.sqrt(4.5 * 5), 12);
    expect(spearman([1, 1, 1], [1, 2, 3])).toBeNull();
    expect(spearman([], [])).toBeNull();
  });

  test('lies between -1 and 1, is 1 with itself, and sees only the order', () => {
    const lists = fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })), { minLength: 2 });
    fc.assert(
      fc.property(lists, (pairs) => {
        const [a, b] = [pairs.map(([x]) => x), pairs.map(([, y]) => y)];
        const found = spearman(a, b);
        if (found === null) return new Set(a).size === 1 || new Set(b).size === 1;
        const other = spearman(
          a.map((x) => x ** 3),
          b,
        );
        return (
          Math.abs(found) <= 1 + 1e-12 && Math.abs((spearman(a, a) ?? 0) - 1) < 1e-12 && Math.abs(found - (other ?? 9)) < 1e-12
        );
      }),
    );
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ADULT, sourceOf } from '../testing/deidentify.ts';
import { csvFile, value } from '../testing/files.ts';
import { classFigures } from './classSizes.ts';
import { diversityOf } from './diversity.ts';
import type { Verify } from './plan.ts';
import { measureRisk } from './risk.ts';
import { shortfall } from './verify.ts';

const ASK: Verify = { quasi: ['zip', 'age'], sensitive: ['salary', 'disease'], k: 3, l: null, t: null, suppress: 0 };

/** The table by which Li, Li and Venkatasubramanian (2007) show that l-diversity is not enough, in thousands. */
const SALARIES = `zip,age,salary,disease
476**,2*,3,gastric ulcer
476**,2*,4,gastritis
476**,2*,5,stomach cancer
4790*,>=40,6,gastritis
4790*,>=40,11,flu
4790*,>=40,8,bronchitis
476**,3*,7,bronchitis
476**,3*,9,pneumonia
476**,3*,10,stomach cancer
`;

describe('the risk of a file', () => {
  test('is that of the published example: t of the first class is 0.375 by salary', async () => {
    const risk = value(await measureRisk(await sourceOf(csvFile(SALARIES)), ASK));
    expect(risk).toMatchObject({ rows: 9, classes: 3, smallest: 3, unique: 0, below: [], rowsBelow: 0 });
    const [salary, disease] = risk.sensitive;
    expect(salary).toMatchObject({ column: 'salary', distinct: 3, ordered: true });
    expect(salary?.t).toBeCloseTo(0.375, 9);
    expect(salary?.entropy).toBeCloseTo(3, 9);
    // Three values once each: the commonest, 1, against all but the commonest, 2.
    expect(salary?.recursive).toBeCloseTo(0.5, 9);
    expect(disease).toMatchObject({ ordered: false, distinct: 3 });
  });

  test('of equal distances is half the sum of the differences', () => {
    // Whole: 6 of a, 2 of b, 2 of c. Class: a alone, 2 rows.
    const found = diversityOf([{ places: [0], counts: [2] }], { whole: [6, 2, 2], ordered: false, l: 2 });
    expect(found?.t).toBeCloseTo(0.4, 12);
    expect(found).toMatchObject({ distinct: 1, entropy: 1, recursive: null });
  });

  test('of ordered distances counts the steps, and one value alone is nowhere far', () => {
    expect(diversityOf([{ places: [0], counts: [1] }], { whole: [1, 0, 1], ordered: true, l: 1 })?.t).toBeCloseTo(0.5, 12);
    expect(diversityOf([{ places: [0], counts: [4] }], { whole: [4], ordered: true, l: 1 })?.t).toBe(0);
  });

  test('by entropy and recursion, of a class with 4, 3, 2 and 1 rows', () => {
    const one = { places: [0, 1, 2, 3], counts: [4, 3, 2, 1] };
    const found = diversityOf([one], { whole: [4, 3, 2, 1], ordered: false, l: 3 });
    const entropy = -(0.4 * Math.log(0.4) + 0.3 * Math.log(0.3) + 0.2 * Math.log(0.2) + 0.1 * Math.log(0.1));
    expect(found?.entropy).toBeCloseTo(Math.exp(entropy), 12);
    // l = 3: the commonest, 4, against the third and fourth, 3.
    expect(found?.recursive).toBeCloseTo(4 / 3, 12);
    expect(found?.t).toBeCloseTo(0, 12);
  });

  test('tells classes under k by their size alone', () => {
    expect(
      classFigures(
        new Map([
          [1, 4],
          [2, 3],
          [10, 1],
        ]),
        3,
      ),
    ).toEqual({
      rows: 20,
      classes: 8,
      smallest: 1,
      unique: 0.2,
      below: [
        { size: 1, classes: 4 },
        { size: 2, classes: 3 },
      ],
      rowsBelow: 10,
      prosecutor: { highest: 1, average: 0.4 },
    });
    expect(classFigures(new Map(), 3)).toMatchObject({
      rows: 0,
      smallest: null,
      unique: 0,
      prosecutor: { highest: 0, average: 0 },
    });
  });

  test('falls short of k, l and t by the least step, and of nothing where nobody is in it', () => {
    const risk = { ...classFigures(new Map([[3, 2]]), 3), population: null, sensitive: [] };
    const found = { column: 's', distinct: 2, entropy: 2, recursive: 1, t: 0.3, ordered: false };
    const ask = { ...ASK, l: 2, t: 0.3 };
    expect(shortfall({ ...risk, sensitive: [found] }, ask)).toBeUndefined();
    expect(shortfall(risk, { ...ask, k: 4 })).toMatchObject({ refusal: { code: 'risk-too-high' } });
    expect(shortfall({ ...risk, sensitive: [found] }, { ...ask, l: 3 })).toMatchObject({
      refusal: { code: 'diversity-too-low' },
    });
    expect(shortfall({ ...risk, sensitive: [found] }, { ...ask, t: 0.29 })).toMatchObject({
      refusal: { code: 'closeness-too-low' },
    });
    expect(shortfall({ ...risk, ...classFigures(new Map(), 9) }, { ...ask, k: 9 })).toBeUndefined();
  });

  test('takes an empty cell for a value of its own, as everybody does who reads the file', async () => {
    const ask: Verify = { quasi: ['a'], sensitive: ['s'], k: 2, l: 2, t: null, suppress: 0 };
    const risk = value(await measureRisk(await sourceOf(csvFile('a,s\n,1\n,\nx,2\nx,2\n"",3\n')), ask));
    expect(risk).toMatchObject({ rows: 5, classes: 2, smallest: 2 });
    expect(risk.sensitive[0]).toMatchObject({ distinct: 1, ordered: true });
    expect(await measureRisk(await sourceOf(csvFile('a\n1\n')), ask)).toMatchObject({ refusal: { code: 'column-missing' } });
  });

  const present = existsSync(ADULT);
  test.skipIf(!present)(
    present ? 'of Adult agrees with counting in memory' : 'of Adult (skipped: dataset not present)',
    async () => {
      const ask: Verify = { quasi: ['sex', 'age', 'race'], sensitive: ['occupation'], k: 5, l: null, t: null, suppress: 0 };
      const risk = value(await measureRisk(await sourceOf(ADULT), ask, 260_000_000));
      expect(risk.rows).toBe(30_162);
      const rows = readFileSync(ADULT, 'utf8')
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.trim().split(';'));
      const sizes = [...Map.groupBy(rows, (row) => row.slice(0, 3).join()).values()].map((members) => members.length);
      expect(risk).toMatchObject({ classes: sizes.length, smallest: Math.min(...sizes) });
      expect(risk.unique * 30_162).toBeCloseTo(sizes.filter((size) => size === 1).length, 6);
      expect(risk.population?.share).toBeGreaterThan(0);
      expect(risk.population?.share).toBeLessThan(risk.unique);
    },
  );
});

import { describe, expect, test } from 'vitest';
import { seededDice } from '../testing/seeded.ts';
import { type Columns, cellsOf, marginalOf, projection, totalOf } from './cells.ts';
import { fit, type Measurement } from './fit.ts';
import { cliqueWith, infer, modelOf } from './model.ts';
import { tellPairs } from './pairs.ts';
import { sampleRows } from './sample.ts';
import { junctionTree } from './tree.ts';

const SIZES = [3, 2, 4, 2, 3, 2];
const ALL = SIZES.map((_, column) => column);
const TABLES: readonly Columns[] = [
  [0, 1],
  [1, 2],
  [2, 3],
  [0, 3],
  [3, 4],
];

/** Potentials with random cells on a tree, and the whole table that they multiply to: every cell by itself. */
function randomModel(seed: number) {
  const dice = seededDice(seed);
  const tree = junctionTree(TABLES, SIZES);
  const potentials = tree.cliques.map((clique) =>
    Float64Array.from({ length: cellsOf(clique, SIZES) }, () => dice.below(1000) / 100),
  );
  const whole = new Float64Array(cellsOf(ALL, SIZES)).fill(1);
  for (const [at, clique] of tree.cliques.entries()) {
    const map = projection(ALL, clique, SIZES);
    for (let i = 0; i < whole.length; i++) whole[i] = (whole[i] ?? 0) * (potentials[at]?.[map[i] ?? 0] ?? 0);
  }
  const total = totalOf(whole);
  return { tree, potentials, whole: whole.map((cell) => cell / total) };
}

function expectSame(a: Float64Array, b: Float64Array): void {
  expect(a.length).toBe(b.length);
  for (let i = 0; i < a.length; i++) expect(a[i]).toBeCloseTo(b[i] ?? Number.NaN, 10);
}

describe('a junction tree', () => {
  test('holds every table in a clique, and hangs together by what cliques have in common', () => {
    const { cliques, parent, separators } = junctionTree(TABLES, SIZES);
    for (const table of TABLES) expect(cliques.some((clique) => table.every((column) => clique.includes(column)))).toBe(true);
    for (const column of ALL) {
      const holding = [...cliques.keys()].filter((at) => cliques[at]?.includes(column));
      // Running intersection: of the cliques that hold a column all but one hang on another that holds it.
      expect(holding.filter((at) => !separators[at]?.includes(column)).length).toBe(1);
    }
    expect(parent.every((on, at) => on < at)).toBe(true);
    expect(cliques.some((clique) => clique.length === 1 && clique[0] === 5)).toBe(true);
  });
});

describe('inference', () => {
  test('says of every clique and of every pair what the whole table says', () => {
    for (const seed of [1, 2, 3]) {
      const { tree, potentials, whole } = randomModel(seed);
      const model = modelOf(tree, SIZES);
      infer(model, potentials);
      for (const [at, clique] of tree.cliques.entries())
        expectSame(model.beliefs[at] ?? new Float64Array(0), marginalOf(whole, { from: ALL, to: clique, sizes: SIZES }));
      const seen: string[] = [];
      tellPairs(model, SIZES.length, (pair, told) => {
        seen.push(pair.join());
        expectSame(told, marginalOf(whole, { from: ALL, to: pair, sizes: SIZES }));
      });
      expect(new Set(seen).size).toBe(15);
      expect(seen.length).toBe(15);
    }
  });

  test('says so when the potentials allow nothing', () => {
    const { tree, potentials } = randomModel(1);
    expect(() =>
      infer(
        modelOf(tree, SIZES),
        potentials.map((table) => table.fill(0)),
      ),
    ).toThrow('no row');
  });
});

describe('a fit', () => {
  test('to exact tables tells those tables again, and knows how many rows there are', () => {
    const { whole } = randomModel(4);
    const exact = TABLES.map((columns): Measurement => {
      const noisy = marginalOf(whole, { from: ALL, to: columns, sizes: SIZES }).map((cell) => cell * 5_000);
      return { columns, noisy, sigma: 1 };
    });
    const { model, total } = fit(exact, { sizes: SIZES, masks: [], iterations: 2_000, learned: new Map() });
    expect(total).toBeCloseTo(5_000, 6);
    for (const { columns, noisy } of exact) {
      const at = cliqueWith(model.tree, columns, SIZES) ?? -1;
      const told = marginalOf(model.beliefs[at] ?? new Float64Array(0), {
        from: model.tree.cliques[at] ?? [],
        to: columns,
        sizes: SIZES,
      });
      for (let i = 0; i < told.length; i++) expect(Math.abs((told[i] ?? 0) * total - (noisy[i] ?? 0))).toBeLessThan(1);
    }
  });

  test('keeps a cell empty that no row can be in, whatever the noise says', () => {
    const measured = [
      { columns: [0], noisy: Float64Array.from([50, 50]), sigma: 5 },
      { columns: [1], noisy: Float64Array.from([50, 50]), sigma: 5 },
      { columns: [0, 1], noisy: Float64Array.from([40, 12, 10, 38]), sigma: 5 },
    ];
    const masks = [{ columns: [0, 1], allowed: Float64Array.from([1, 0, 1, 1]) }];
    const { model } = fit(measured, { sizes: [2, 2], masks, iterations: 200, learned: new Map() });
    expect(model.beliefs[0]?.[1]).toBe(0);
    const rows = sampleRows(model, 1_000, seededDice(1));
    for (let row = 0; row < 1_000; row++) expect(rows[0]?.[row] === 0 && rows[1]?.[row] === 1).toBe(false);
  });
});

test('rows that are drawn follow the model to within a row or two in each cell of a clique', () => {
  const { tree, potentials } = randomModel(6);
  const model = modelOf(tree, SIZES);
  infer(model, potentials);
  const rows = sampleRows(model, 10_000, seededDice(7));
  for (const [at, clique] of tree.cliques.entries()) {
    const seen = new Float64Array(cellsOf(clique, SIZES));
    for (let row = 0; row < 10_000; row++) {
      let cell = 0;
      for (const column of clique) cell = cell * (SIZES[column] ?? 1) + (rows[column]?.[row] ?? 0);
      seen[cell] = (seen[cell] ?? 0) + 1;
    }
    const told = model.beliefs[at] ?? new Float64Array(0);
    for (let i = 0; i < seen.length; i++) expect(Math.abs((seen[i] ?? 0) - (told[i] ?? 0) * 10_000)).toBeLessThan(120);
  }
});

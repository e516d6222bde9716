import { cellsOf } from '../synthesise/cells.ts';
import type { Rows } from '../synthesise/sample.ts';
import { sharesOf } from './fidelity.ts';

/** How much two data sets differ in how closely their columns go together: Cramér's V of each pair (Cramér 1946), 0 to 1, one against the other. */
export interface AssociationGap {
  readonly pairs: number;
  readonly mean: number;
  readonly greatest: number;
  /** Column numbers of the pair that differs most; null without pairs. */
  readonly worst: readonly [number, number] | null;
}

/** Larger tables are mostly empty: their V would measure the number of rows. */
const WIDEST = 10_000;
const MOST_PAIRS = 2_000;

/** Compares every pair of columns that can be compared; where there are very many, an even selection of them. */
export function associationGap(real: Rows, synthetic: Rows, sizes: readonly number[]): AssociationGap {
  const pairs = pairsIn(sizes);
  const step = Math.max(1, Math.ceil(pairs.length / MOST_PAIRS));
  let [sum, count, greatest] = [0, 0, 0];
  let worst: AssociationGap['worst'] = null;
  for (let i = 0; i < pairs.length; i += step) {
    const pair = pairs[i];
    if (pair === undefined) continue;
    const gap = Math.abs(cramersV(real, pair, sizes) - cramersV(synthetic, pair, sizes));
    sum += gap;
    count += 1;
    if (worst !== null && gap <= greatest) continue;
    greatest = gap;
    worst = pair;
  }
  return { pairs: count, mean: count === 0 ? 0 : sum / count, greatest, worst };
}

function pairsIn(sizes: readonly number[]): readonly (readonly [number, number])[] {
  const pairs: (readonly [number, number])[] = [];
  for (let a = 0; a < sizes.length; a++)
    for (let b = a + 1; b < sizes.length; b++) if (cellsOf([a, b], sizes) <= WIDEST) pairs.push([a, b]);
  return pairs;
}

/** Cramér's V with the correction for small samples (Bergsma 2013); 0 where a column has one value only. */
export function cramersV(rows: Rows, [a, b]: readonly [number, number], sizes: readonly number[]): number {
  const table = sharesOf(rows, [a, b], sizes);
  const [high, wide] = [sizes[a] ?? 1, sizes[b] ?? 1];
  const down = new Float64Array(high);
  const across = new Float64Array(wide);
  for (const [cell, share] of table.entries()) {
    const [row, column] = [Math.floor(cell / wide), cell % wide];
    down[row] = (down[row] ?? 0) + share;
    across[column] = (across[column] ?? 0) + share;
  }
  let phi = -1;
  for (const [cell, share] of table.entries()) {
    const expected = (down[Math.floor(cell / wide)] ?? 0) * (across[cell % wide] ?? 0);
    if (expected > 0) phi += (share * share) / expected;
  }
  const [r, k] = [down.filter((share) => share > 0).length, across.filter((share) => share > 0).length];
  return corrected(Math.max(0, phi), { r, k, n: rows[0]?.length ?? 0 });
}

function corrected(phi: number, { r, k, n }: { readonly r: number; readonly k: number; readonly n: number }): number {
  if (n < 2 || r < 2 || k < 2) return 0;
  const bias = ((r - 1) * (k - 1)) / (n - 1);
  const [tall, broad] = [r - (r - 1) ** 2 / (n - 1), k - (k - 1) ** 2 / (n - 1)];
  const least = Math.min(tall, broad) - 1;
  return least <= 0 ? 0 : Math.min(1, Math.sqrt(Math.max(0, phi - bias) / least));
}

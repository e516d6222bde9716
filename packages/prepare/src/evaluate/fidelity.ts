import { type Columns, cellsOf } from '../synthesise/cells.ts';
import type { Rows } from '../synthesise/sample.ts';

/** How far tables of two data sets lie apart: total variation distance, 0 (alike) to 1 (nothing in common). */
export interface Distance {
  readonly tables: number;
  readonly mean: number;
  /** Ninety-five of a hundred tables are at most this far apart. */
  readonly p95: number;
  readonly greatest: number;
}

/** Tables beyond these sizes are mostly empty: their distance would measure the number of rows. */
const WIDEST: Readonly<Record<number, number>> = { 1: 10_000, 2: 10_000, 3: 100_000 };
const MOST_TABLES = 2_000;

/** The distance of all tables over `ways` columns. Where there are very many, an even selection of them. */
export function distanceIn(
  real: Rows,
  synthetic: Rows,
  { sizes, ways }: { readonly sizes: readonly number[]; readonly ways: number },
): Distance {
  const tables = choose(sizes.length, ways).filter((columns) => cellsOf(columns, sizes) <= (WIDEST[ways] ?? 0));
  const step = Math.max(1, Math.ceil(tables.length / MOST_TABLES));
  const distances = tables
    .filter((_, i) => i % step === 0)
    .map((columns) => tableDistance(columns, sizes, [real, synthetic]))
    .sort((a, b) => a - b);
  const sum = distances.reduce((total, distance) => total + distance, 0);
  return {
    tables: distances.length,
    mean: distances.length === 0 ? 0 : sum / distances.length,
    p95: distances[Math.floor(distances.length * 0.95)] ?? 0,
    greatest: distances.at(-1) ?? 0,
  };
}

/** Every choice of `ways` column numbers out of `width`, rising. */
function choose(width: number, ways: number): readonly Columns[] {
  if (ways === 0) return [[]];
  return choose(width, ways - 1).flatMap((begun) =>
    Array.from({ length: width }, (_, column) => column)
      .filter((column) => column > (begun.at(-1) ?? -1))
      .map((column) => [...begun, column]),
  );
}

/** The distance of one table of two data sets. */
export function tableDistance(columns: Columns, sizes: readonly number[], [a, b]: readonly [Rows, Rows]): number {
  const [x, y] = [sharesOf(a, columns, sizes), sharesOf(b, columns, sizes)];
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += Math.abs((x[i] ?? 0) - (y[i] ?? 0));
  return sum / 2;
}

/** A table as shares of all rows. */
export function sharesOf(rows: Rows, columns: Columns, sizes: readonly number[]): Float64Array {
  const table = new Float64Array(cellsOf(columns, sizes));
  const count = rows[0]?.length ?? 0;
  for (let row = 0; row < count; row++) {
    let cell = 0;
    for (const column of columns) cell = cell * (sizes[column] ?? 1) + (rows[column]?.[row] ?? 0);
    table[cell] = (table[cell] ?? 0) + 1;
  }
  return table.map((cell) => cell / Math.max(1, count));
}

import { type Columns, cellsOf } from '../synthesise/cells.ts';
import type { Maps } from './codes.ts';

/** The table of grouped counts, each row the numbers of the values and then how many rows have them; values are brought into their pools. */
export function tableFrom(
  grouped: readonly (readonly number[])[],
  { columns, sizes, maps }: { readonly columns: Columns; readonly sizes: readonly number[]; readonly maps: Maps },
): Float64Array {
  // A pool's number is the greatest of its map, and pools have no gaps.
  const pooled = sizes.map((size, column) => maps[column]?.reduce((most, pool) => Math.max(most, pool + 1), 0) ?? size);
  const table = new Float64Array(cellsOf(columns, pooled));
  for (const row of grouped) {
    let cell = 0;
    for (const [i, column] of columns.entries()) {
      const value = row[i] ?? 0;
      cell = cell * (pooled[column] ?? 1) + (maps[column]?.[value] ?? value);
    }
    table[cell] = (table[cell] ?? 0) + (row[columns.length] ?? 0);
  }
  return table;
}

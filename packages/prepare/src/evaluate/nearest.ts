import type { Rows } from '../synthesise/sample.ts';

/** For each target row the nearest row of a pool over some columns: how many columns differ, and which row. */
export interface Nearest {
  readonly distance: Uint16Array;
  readonly row: Int32Array;
}

/** Compares every target with every row of the pool, column by column, and leaves a row as soon as it cannot be nearer. */
export function nearestIn(pool: Rows, targets: Rows, columns: readonly number[]): Nearest {
  const count = targets[0]?.length ?? 0;
  const held = pool[0]?.length ?? 0;
  const width = columns.length;
  // Row by row in one list: the comparison walks through memory in order.
  const flat = flatten(pool, columns);
  const asked = flatten(targets, columns);
  const distance = new Uint16Array(count).fill(width + 1);
  const row = new Int32Array(count).fill(-1);
  for (let target = 0; target < count; target++) {
    let best = width + 1;
    for (let other = 0; other < held && best > 0; other++) {
      let different = 0;
      for (let i = 0; i < width && different < best; i++) {
        if (flat[other * width + i] !== asked[target * width + i]) different += 1;
      }
      if (different < best) {
        best = different;
        row[target] = other;
      }
    }
    distance[target] = best;
  }
  return { distance, row };
}

function flatten(rows: Rows, columns: readonly number[]): Uint16Array {
  const count = rows[0]?.length ?? 0;
  const flat = new Uint16Array(count * columns.length);
  for (const [i, column] of columns.entries()) {
    const list = rows[column] ?? new Uint16Array(0);
    for (let row = 0; row < count; row++) flat[row * columns.length + i] = list[row] ?? 0;
  }
  return flat;
}

/** An even selection of at most `most` rows. */
export function someOf(rows: Rows, most: number): Rows {
  const count = rows[0]?.length ?? 0;
  if (count <= most) return rows;
  return rows.map((list) => Uint16Array.from({ length: most }, (_, i) => list[Math.floor((i * count) / most)] ?? 0));
}

/** Tables over some of the columns: cells in row-major order, the last column fastest. Columns are numbers into `sizes`. */
export type Columns = readonly number[];

/** How many cells a table over these columns has. */
export function cellsOf(columns: Columns, sizes: readonly number[]): number {
  return columns.reduce((product, column) => product * (sizes[column] ?? 1), 1);
}

/** For every cell of a table over `from`, the number of the cell of a table over `to` (some of the same columns) that it falls into. */
export function projection(from: Columns, to: Columns, sizes: readonly number[]): Int32Array {
  const map = new Int32Array(cellsOf(from, sizes));
  const strides = stridesIn(to, sizes);
  let repeat = map.length;
  for (const column of from) {
    const size = sizes[column] ?? 1;
    repeat /= size;
    const stride = strides.get(column) ?? 0;
    if (stride > 0) addStride(map, { size, repeat, stride });
  }
  return map;
}

function stridesIn(columns: Columns, sizes: readonly number[]): ReadonlyMap<number, number> {
  const strides = new Map<number, number>();
  let stride = 1;
  for (const column of [...columns].reverse()) {
    strides.set(column, stride);
    stride *= sizes[column] ?? 1;
  }
  return strides;
}

function addStride(
  map: Int32Array,
  { size, repeat, stride }: { readonly size: number; readonly repeat: number; readonly stride: number },
): void {
  let cell = 0;
  while (cell < map.length) {
    for (let value = 0; value < size; value++) {
      const add = value * stride;
      for (let i = 0; i < repeat; i++, cell++) map[cell] = (map[cell] ?? 0) + add;
    }
  }
}

/** Sums the cells of a table into `into`, by a projection. */
export function sumInto(into: Float64Array, table: Float64Array, map: Int32Array): void {
  into.fill(0);
  for (let i = 0; i < table.length; i++) {
    const to = map[i] ?? 0;
    into[to] = (into[to] ?? 0) + (table[i] ?? 0);
  }
}

/** Multiplies every cell of a table by the factor that a projection names. */
export function multiplyBy(table: Float64Array, factor: Float64Array, map: Int32Array): void {
  for (let i = 0; i < table.length; i++) table[i] = (table[i] ?? 0) * (factor[map[i] ?? 0] ?? 0);
}

/** The table over `to` of a table over `from`. */
export function marginalOf(
  table: Float64Array,
  { from, to, sizes }: { readonly from: Columns; readonly to: Columns; readonly sizes: readonly number[] },
): Float64Array {
  const into = new Float64Array(cellsOf(to, sizes));
  sumInto(into, table, projection(from, to, sizes));
  return into;
}

/** Sum of a table. */
export function totalOf(table: Float64Array): number {
  let total = 0;
  for (let i = 0; i < table.length; i++) total += table[i] ?? 0;
  return total;
}

/** Sum of the absolute differences of two tables of one shape. */
export function distanceOf(a: Float64Array, b: Float64Array): number {
  let distance = 0;
  for (let i = 0; i < a.length; i++) distance += Math.abs((a[i] ?? 0) - (b[i] ?? 0));
  return distance;
}

import type { Evidence, RowAt } from './evidence.ts';

/** A column of a table. */
export interface ColumnAt {
  readonly table: number;
  readonly column: number;
}

/** Two rows that have the same value in the columns that were joined. */
export interface Pair {
  readonly left: RowAt;
  readonly right: RowAt;
}

/** Rows of two tables, of one item or of two, that belong together because a value is the same; empty values belong to nothing. */
export function join(tables: readonly Evidence[], on: { readonly left: ColumnAt; readonly right: ColumnAt }): readonly Pair[] {
  const byValue = new Map<string, number[]>();
  for (const [row, cells] of (tables[on.right.table]?.rows ?? []).entries()) {
    const value = cells[on.right.column] ?? '';
    if (value !== '') byValue.set(value, [...(byValue.get(value) ?? []), row]);
  }
  const same = on.left.table === on.right.table;
  return (tables[on.left.table]?.rows ?? []).flatMap((cells, row) =>
    (byValue.get(cells[on.left.column] ?? '') ?? []).flatMap((other) =>
      same && other <= row ? [] : [{ left: { table: on.left.table, row }, right: { table: on.right.table, row: other } }],
    ),
  );
}

/** The two columns of two tables that have the most values in common: what a person most likely means to join by. Undefined where there is none. */
export function likelyColumns(
  tables: readonly Evidence[],
  left: number,
  right: number,
): { readonly left: ColumnAt; readonly right: ColumnAt } | undefined {
  const valuesOf = (table: number) =>
    (tables[table]?.columns ?? []).map(
      (_, column) => new Set((tables[table]?.rows ?? []).slice(0, 2000).map((cells) => cells[column] ?? '')),
    );
  const [ours, theirs] = [valuesOf(left), valuesOf(right)];
  let best: { readonly left: ColumnAt; readonly right: ColumnAt; readonly shared: number } | undefined;
  for (const [a, one] of ours.entries())
    for (const [b, other] of theirs.entries()) {
      const shared = [...one].filter((value) => value !== '' && other.has(value)).length;
      if (shared > (best?.shared ?? 0)) best = { left: { table: left, column: a }, right: { table: right, column: b }, shared };
    }
  return best === undefined ? undefined : { left: best.left, right: best.right };
}

import { columnsOf, type Evidence, type RowAt, timeOf } from './evidence.ts';

/** A row with the moment at which it happened. */
export interface Moment extends RowAt {
  readonly at: number;
}

/** Every row that says when, from all tables together, oldest first; only those in a span where one is given. */
export function timeline(
  tables: readonly Evidence[],
  span: { readonly from?: number; readonly until?: number },
): readonly Moment[] {
  const { from = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY } = span;
  return tables
    .flatMap((evidence, table) => {
      const [column] = columnsOf(evidence, 'time');
      if (column === undefined) return [];
      return evidence.rows.flatMap((cells, row) => {
        const at = timeOf(cells[column] ?? '');
        return at === undefined || at < from || at >= until ? [] : [{ table, row, at }];
      });
    })
    .sort((a, b) => a.at - b.at);
}

/** How many moments fall on each day, days without any left out. */
export function perDay(moments: readonly Moment[]): readonly (readonly [day: string, count: number])[] {
  const days = new Map<string, number>();
  for (const { at } of moments) {
    const day = new Date(at).toISOString().slice(0, 10);
    days.set(day, (days.get(day) ?? 0) + 1);
  }
  return [...days].sort(([a], [b]) => (a < b ? -1 : 1));
}

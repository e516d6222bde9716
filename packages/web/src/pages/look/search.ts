import { type Evidence, fold, type RowAt } from './evidence.ts';

/** Rows in which every word of a question stands somewhere, in the order of the tables. Words in quotation marks are looked for as they stand together. */
export function search(tables: readonly Evidence[], question: string): readonly RowAt[] {
  const words = [...question.matchAll(/"([^"]+)"|(\S+)/g)].map(([, quoted, word]) => fold(quoted ?? word ?? ''));
  if (words.length === 0) return [];
  return tables.flatMap(({ rows }, table) =>
    rows.flatMap((cells, row) => {
      const text = fold(cells.join('\n'));
      return words.every((word) => text.includes(word)) ? [{ table, row }] : [];
    }),
  );
}

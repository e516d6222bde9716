import type { TrinoRow } from './ask.ts';

/** Rows that are treated at once; fewer where they are long. */
const BATCH_ROWS = 20_000;
const BATCH_CHARACTERS = 8_000_000;

/** Pages of a cluster are put together to parts that are worth a statement. */
export async function* batches(pages: AsyncGenerator<readonly TrinoRow[]>): AsyncGenerator<readonly TrinoRow[]> {
  let [rows, characters]: [TrinoRow[], number] = [[], 0];
  for await (const page of pages) {
    for (const row of page) {
      rows.push(row);
      characters += row.reduce<number>((sum, cell) => sum + (typeof cell === 'string' ? cell.length : 0), 0);
      if (rows.length < BATCH_ROWS && characters < BATCH_CHARACTERS) continue;
      yield rows;
      [rows, characters] = [[], 0];
    }
  }
  if (rows.length > 0) yield rows;
}

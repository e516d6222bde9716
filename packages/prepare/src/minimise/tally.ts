import { BOOLEAN, type DuckDBConnection, DuckDBScalarFunction, VARCHAR } from '@duckdb/node-api';
import type { SourceHead } from '../check-source.ts';
import { TALLY } from './compile.ts';

/** How many rows were read, once all have been. A Parquet file is asked; of CSV and JSON they are counted as they pass. */
export async function rowsReadOf(
  connection: DuckDBConnection,
  { path, format }: Pick<SourceHead, 'path' | 'format'>,
): Promise<() => number> {
  if (format !== 'parquet') return countRowsRead(connection);
  const reader = await connection.runAndReadAll('SELECT sum(num_rows) FROM parquet_file_metadata($1)', [path]);
  const rows = Number(reader.getRows()[0]?.[0] ?? 0);
  return () => rows;
}

/**
 * Teaches the engine a function that counts the rows it is called for and is always true. It is how one statement both leaves rows out
 * and says how many there were: a second reading of the file, only to count, would take as long again.
 */
function countRowsRead(connection: DuckDBConnection): () => number {
  let rows = 0;
  const tally = DuckDBScalarFunction.create({
    name: TALLY,
    returnType: BOOLEAN,
    parameterTypes: [VARCHAR],
    // Called for rows without a value too, and never reckoned beforehand.
    specialHandling: true,
    volatile: true,
    mainFunction: (_info, input, output) => {
      const count = input.rowCount;
      rows += count;
      for (let i = 0; i < count; i++) output.setItem(i, true);
      output.flush();
    },
  });
  connection.registerScalarFunction(tally);
  return () => rows;
}

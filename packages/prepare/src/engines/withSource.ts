import type { DuckDBConnection } from '@duckdb/node-api';
import type { SourceHead } from '../check-source.ts';
import { withFile } from '../engine.ts';
import { clusterOf, tryAgain } from './ask.ts';
import { openMemoryTable } from './memoryTable.ts';
import { fromTable, isTable, type TableHead } from './trinoTable.ts';
import { textFor } from './trinoTypes.ts';

/** Work on a source as the node's engine sees it. */
export type SourceWork<T> = (connection: DuckDBConnection, source: SourceHead) => Promise<T>;

/**
 * Runs work that counts over some columns of a file or of a table on a cluster. The cluster groups the rows and counts them: only those that differ come to
 * the node, where each stands as often as on the cluster. Throws what `refusalOf` reads, and the engine's errors.
 */
export async function withSource<T>(source: SourceHead | TableHead, names: readonly string[], work: SourceWork<T>): Promise<T> {
  if (!isTable(source)) return withFile(source.path, (connection) => work(connection, source));
  const { onePass } = await clusterOf(source.table);
  const memory = await openMemoryTable(source, { names, counted: true });
  try {
    await tryAgain(async () => {
      await memory.replace([]);
      for await (const rows of onePass(groupedSql(source, names))) await memory.add(rows);
    });
    return await work(memory.connection, memory.source);
  } finally {
    memory.close();
  }
}

function groupedSql({ table, columns }: TableHead, names: readonly string[]): string {
  const texts = names.flatMap((name) => columns.filter((column) => column.name === name).map(textFor));
  return `SELECT ${[...texts, 'count(*)'].join(', ')} ${fromTable(table)} GROUP BY ${texts.map((_, i) => i + 1).join(', ')}`;
}

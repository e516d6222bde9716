import type { SourceFormat } from './catalogue.ts';
import { quoteText } from './engine.ts';

interface Readable {
  readonly format: SourceFormat | 'table';
  readonly delimiter: string | null;
  readonly columns: readonly { readonly name: string }[];
}

/** The name, in the engine's memory, of what came from a table on a cluster; see engines/memoryTable.ts. */
export const MEMORY_TABLE = 'comity_table';

/** FROM clause that reads a checked source; parameter $1 is its path. Nothing is guessed from the data: every value of CSV and JSON is text, what is nested its JSON. */
export function fromSource({ format, delimiter, columns }: Readable): string {
  // A statement takes no value that it does not use, and $1 is always given.
  if (format === 'table') return `FROM (SELECT * FROM ${MEMORY_TABLE} WHERE $1 IS NOT NULL)`;
  if (format === 'parquet') return 'FROM read_parquet($1)';
  const types = columns.map(({ name }) => `${quoteText(name)}: 'VARCHAR'`).join(', ');
  if (format === 'json') return `FROM read_json($1, records = true, columns = {${types}})`;
  return (
    `FROM read_csv($1, auto_detect = false, header = true, strict_mode = true, encoding = 'utf-8', ` +
    `delim = ${quoteText(delimiter ?? ',')}, quote = '"', escape = '"', columns = {${types}})`
  );
}

/** Lists the members of a JSON file's objects: each that any of them has. $1 is the path. */
export const JSON_COLUMNS =
  'DESCRIBE SELECT * FROM read_json($1, records = true, sample_size = -1, map_inference_threshold = -1)';

/** Every member's name as it is written, of which DuckDB would tell two that differ in case only apart by a name of its own. $1 is the path. */
export const JSON_NAMES = 'SELECT DISTINCT unnest(json_keys(json)) FROM read_json_objects($1)';

import { ok, type Result, refuse } from '@comity/core';
import { lookAtTable, readTrinoTable, type TableHead, type TrinoTable } from '@comity/prepare/minimise';

/** The format of a file by its name; what is neither Parquet nor JSON is read as CSV, and refused if it is not that. */
export function formatOf(file: string): 'csv' | 'parquet' | 'json' {
  const name = file.toLowerCase();
  if (name.endsWith('.parquet')) return 'parquet';
  return /\.(json|jsonl|ndjson)$/.test(name) ? 'json' : 'csv';
}

/** A table of a Trino cluster by its address, `trino://user@host:port/catalog/schema/table`; undefined for a file. Refuses `field-invalid` for half an address. */
export function tableAt(file: string): Result<TrinoTable | undefined> {
  if (!/^trinos?:/.test(file)) return ok(undefined);
  const table = readTrinoTable(file);
  return table === undefined
    ? refuse('field-invalid', 'file', { kind: 'trino://user@host:port/catalog/schema/table' })
    : ok(table);
}

/** What a command reads: a table of a cluster by its address, with the columns that it must have, else what `readFile` makes of a file. A refusal names the file. */
export async function sourceAt<T extends object>(
  file: string,
  expected: readonly string[],
  readFile: () => Promise<Result<T>>,
): Promise<Result<T | TableHead>> {
  const table = tableAt(file);
  if (!table.ok) return table;
  const read = table.value === undefined ? await readFile() : await lookAtTable(table.value, expected);
  return read.ok ? read : { ok: false, refusal: { ...read.refusal, field: read.refusal.field ?? file } };
}

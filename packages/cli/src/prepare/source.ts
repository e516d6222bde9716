import { ok, type Result, refuse } from '@comity/core';
import { lookAtTable, readTrinoTable, type SourceFormat, type TableHead, type TrinoTable } from '@comity/prepare/minimise';
import { localFile } from './localFile.ts';

type ReadFile<T> = (path: string, format: SourceFormat) => Promise<Result<T>>;

/** A table of a Trino cluster by its address, `trino://user@host:port/catalog/schema/table`; undefined for a file. Refuses `field-invalid` for half an address. */
export function tableAt(file: string): Result<TrinoTable | undefined> {
  if (!/^trinos?:/.test(file)) return ok(undefined);
  const table = readTrinoTable(file);
  return table === undefined
    ? refuse('field-invalid', 'file', { kind: 'trino://user@host:port/catalog/schema/table' })
    : ok(table);
}

/** What a command makes of a file: of itself, or of what an object in a bucket or an Arrow file becomes (see localFile). A refusal names the file. */
export async function fileAt<T>(file: string, read: ReadFile<T>): Promise<Result<T>> {
  const local = await localFile(file);
  const source = local.ok ? await read(local.value.path, local.value.format) : local;
  return source.ok ? source : { ok: false, refusal: { ...source.refusal, field: source.refusal.field ?? file } };
}

/** What a command reads: a table of a cluster by its address, with the columns that it must have, else what `read` makes of a file. A refusal names it. */
export async function sourceAt<T extends object>(
  file: string,
  expected: readonly string[],
  read: ReadFile<T>,
): Promise<Result<T | TableHead>> {
  const table = tableAt(file);
  if (!table.ok) return table;
  if (table.value === undefined) return fileAt(file, read);
  const head = await lookAtTable(table.value, expected);
  return head.ok ? head : { ok: false, refusal: { ...head.refusal, field: head.refusal.field ?? file } };
}

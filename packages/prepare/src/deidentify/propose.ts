import { ok, type Result, refuse } from '@comity/core';
import type { DuckDBConnection } from '@duckdb/node-api';
import { binderFor } from '../bind.ts';
import type { SourceHead } from '../check-source.ts';
import { isOutOfMemory } from '../engine.ts';
import { isOfCluster, refusalOf } from '../engines/ask.ts';
import type { TableHead } from '../engines/trinoTable.ts';
import { withSource } from '../engines/withSource.ts';
import { fromSource } from '../source-sql.ts';
import { type Hierarchies, type Hierarchy, heightOf } from './hierarchy.ts';
import type { LevelColumn, Tuples } from './lattice.ts';
import { cellText, levelSql } from './operationSql.ts';
import type { Verify } from './plan.ts';
import { findLevels, MOST_NODES, nodesOf } from './search.ts';

/** Levels for each quasi-identifier, in their order, and what they cost. */
export interface Proposal {
  readonly levels: readonly number[];
  readonly loss: number;
  readonly suppressed: number;
  readonly grouped: number;
  readonly nodes: number;
}

/**
 * Searches a file for the levels of the hierarchies that lose least and hold what is demanded. A column without a hierarchy stays as it is
 * or becomes `*`. Refuses `column-missing`, `value-unreadable` where a hierarchy does not know a value, `generalisation-not-found`,
 * `field-invalid` for more than a million combinations of levels, `dataset-unreadable`, `engine-exhausted` for more different rows than fit in memory.
 */
export async function proposeLevels(
  source: SourceHead | TableHead,
  verify: Verify,
  hierarchies: Hierarchies,
): Promise<Result<Proposal>> {
  const named = [...verify.quasi, ...verify.sensitive];
  const absent = named.find((name) => !source.columns.some((column) => column.name === name));
  if (absent !== undefined) return refuse('column-missing', absent, { column: absent });
  const chosen = verify.quasi.map((name): Hierarchy => hierarchyFor(hierarchies, name));
  if (chosen.reduce((product, one) => product * (heightOf(one) + 1), 1) > MOST_NODES) return refuse('field-invalid', 'quasi');
  const read = await readTuples(source, verify, chosen);
  if (!read.ok) return read;
  const { tuples, ordered, rows } = read.value;
  const { k, l, t, suppress } = verify;
  const found = findLevels(tuples, { k, l, t, ordered, suppressed: Math.floor(suppress * rows) });
  if (found === undefined) return refuse('generalisation-not-found');
  const { node, ...costs } = found;
  return ok({ levels: node, ...costs, nodes: nodesOf(tuples) });
}

/** A hierarchy by the name of the column; where none was stated, the value or everything. */
export function hierarchyFor(hierarchies: Hierarchies, name: string): Hierarchy {
  return (Object.hasOwn(hierarchies, name) ? hierarchies[name] : undefined) ?? { kind: 'all' };
}

interface Read {
  readonly tuples: Tuples;
  readonly ordered: readonly boolean[];
  readonly rows: number;
}

async function readTuples(origin: SourceHead | TableHead, verify: Verify, chosen: readonly Hierarchy[]): Promise<Result<Read>> {
  try {
    return await withSource(origin, [...new Set([...verify.quasi, ...verify.sensitive])], async (connection, source) => {
      const columns: Coded[] = [];
      for (const [i, hierarchy] of chosen.entries()) {
        const column = await codeColumn(connection, { source, name: verify.quasi[i] ?? '', hierarchy });
        if (!column.ok) return column;
        columns.push(column.value);
      }
      const sensitive: Places[] = [];
      for (const name of verify.sensitive) sensitive.push(await placesOf(connection, source, name));
      return ok(await countTuples(connection, source, { verify, columns, sensitive }));
    });
  } catch (error) {
    if (isOfCluster(error)) return refusalOf(error);
    // The engine's message may quote data.
    return refuse(isOutOfMemory(error) ? 'engine-exhausted' : 'dataset-unreadable');
  }
}

type Index = ReadonlyMap<string | null, number>;

interface Coded {
  readonly index: Index;
  readonly column: LevelColumn;
}

interface Coding {
  readonly source: SourceHead;
  readonly name: string;
  readonly hierarchy: Hierarchy;
}

/** The values of a column as numbers, and what they are on each level, told by the same SQL that will write them. */
async function codeColumn(connection: DuckDBConnection, { source, name, hierarchy }: Coding): Promise<Result<Coded>> {
  const binder = binderFor(source.path);
  const levels = Array.from({ length: heightOf(hierarchy) + 1 }, (_, level) => levelSql('v', { hierarchy, level, binder }));
  const values = `SELECT v, count(*) AS n FROM (SELECT ${textIn(source, name)} AS v ${fromSource(source)}) GROUP BY v`;
  const sql = `SELECT v, n, ${levels.join(', ')} FROM (${values}) ORDER BY v`;
  const reader = await connection.runAndReadAll(sql, [...binder.values]);
  const rows = reader.getRows().map((row) => row.map((value) => (value === null ? null : String(value))));
  const unread = rows.filter(([v, , own]) => v !== null && v !== undefined && v.trim() !== '' && own === null);
  if (unread.length > 0) {
    const count = unread.reduce((sum, [, n]) => sum + Number(n), 0);
    return refuse('value-unreadable', name, { column: name, rows: count, op: 'generalise' });
  }
  const index: Index = new Map(rows.map(([v = null], i) => [v, i]));
  return ok({ index, column: { groups: levels.map((_, level) => groupsFrom(rows.map((row) => row[level + 2] ?? null))) } });
}

function groupsFrom(texts: readonly (string | null)[]): Int32Array {
  const known = new Map<string | null, number>();
  return Int32Array.from(texts, (text) => {
    const found = known.get(text);
    if (found === undefined) known.set(text, known.size);
    return found ?? known.size - 1;
  });
}

interface Places {
  readonly index: Index;
  readonly ordered: boolean;
}

/** The values of a sensitive column by their place: as numbers where all are numbers, an empty cell last. */
async function placesOf(connection: DuckDBConnection, source: SourceHead, name: string): Promise<Places> {
  const number = 'TRY_CAST(v AS DOUBLE)';
  const sql = `SELECT v, v IS NULL OR coalesce(isfinite(${number}), false) FROM (SELECT DISTINCT ${textIn(source, name)} AS v ${fromSource(source)})
    ORDER BY ${number} NULLS LAST, v NULLS LAST`;
  const reader = await connection.runAndReadAll(sql, [source.path]);
  const rows = reader.getRows();
  return {
    index: new Map(rows.map(([v], place) => [v === null || v === undefined ? null : String(v), place])),
    ordered: rows.every(([, isNumber]) => isNumber === true),
  };
}

interface Counting {
  readonly verify: Verify;
  readonly columns: readonly Coded[];
  readonly sensitive: readonly Places[];
}

async function countTuples(
  connection: DuckDBConnection,
  source: SourceHead,
  { verify, columns, sensitive }: Counting,
): Promise<Read> {
  const indexes = [...columns, ...sensitive].map(({ index }) => index);
  const texts = [...verify.quasi, ...verify.sensitive].map((name, i) => `${textIn(source, name)} AS c${i}`);
  const names = texts.map((_, i) => `c${i}`).join(', ');
  const sql = `SELECT ${names}, count(*) FROM (SELECT ${texts.join(', ')} ${fromSource(source)}) GROUP BY ${names}`;
  const read = await readCoded(connection, { sql, path: source.path }, indexes);
  const counts = Int32Array.from(read.at(-1) ?? []);
  const values = read.slice(0, -1).map((column) => Int32Array.from(column));
  return {
    tuples: {
      columns: columns.map(({ column }) => column),
      values: values.slice(0, columns.length),
      sensitive: values.slice(columns.length),
      counts,
    },
    ordered: sensitive.map(({ ordered }) => ordered),
    rows: counts.reduce((sum, count) => sum + count, 0),
  };
}

/** The columns of a statement as numbers, the last of them a count; a part at a time, so that the texts need not all be held. */
async function readCoded(
  connection: DuckDBConnection,
  { sql, path }: { readonly sql: string; readonly path: string },
  indexes: readonly Index[],
): Promise<readonly (readonly number[])[]> {
  const columns: number[][] = Array.from({ length: indexes.length + 1 }, () => []);
  const result = await connection.stream(sql, [path]);
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) return columns;
    chunk.getColumns().forEach((cells, i) => {
      const index = indexes[i];
      for (const cell of cells)
        columns[i]?.push(index === undefined ? Number(cell) : (index.get(cell === null ? null : String(cell)) ?? 0));
    });
  }
}

function textIn(source: SourceHead, name: string): string {
  const type = source.columns.find((column) => column.name === name)?.type ?? 'VARCHAR';
  return cellText({ name, type });
}

import { ok, type Result, refuse } from '@comity/core';
import { type DuckDBConnection, DuckDBListValue, type DuckDBValue } from '@duckdb/node-api';
import type { SourceShape } from '../check-source.ts';
import { quoteName, withFile } from '../engine.ts';
import { fromSource } from '../source-sql.ts';
import { type ClassFigures, classFigures, type Sizes } from './classSizes.ts';
import { type ClassValues, type Diversity, diversityOf } from './diversity.ts';
import type { Verify } from './plan.ts';
import { estimatePopulation, type PopulationEstimate } from './population.ts';

/** The risk that a file carries, counted on the file itself. No value of it stands here. */
export interface Risk extends ClassFigures {
  readonly sensitive: readonly (Diversity & { readonly column: string })[];
  /** Null where the size of the population was not stated, or nothing can be estimated. */
  readonly population: PopulationEstimate | null;
}

/**
 * Measures a checked file: classes over the quasi-identifiers, diversity of each sensitive column, uniqueness. An empty cell is a value
 * of its own. A sensitive column in which all values are numbers is ordered. Refuses `column-missing`, `dataset-unreadable`.
 */
export async function measureRisk(
  source: SourceShape,
  verify: Verify,
  population: number | undefined = undefined,
): Promise<Result<Risk>> {
  const absent = [...verify.quasi, ...verify.sensitive].find((name) => !source.columns.some((column) => column.name === name));
  if (absent !== undefined) return refuse('column-missing', absent, { column: absent });
  try {
    return ok(await withFile(source.path, (connection) => measure(connection, { source, verify, population })));
  } catch {
    // The engine's message may quote data.
    return refuse('dataset-unreadable');
  }
}

interface Asked {
  readonly source: SourceShape;
  readonly verify: Verify;
  readonly population: number | undefined;
}

async function measure(connection: DuckDBConnection, { source, verify, population }: Asked): Promise<Risk> {
  const quasi = verify.quasi.map(cell);
  const grouped = `SELECT count(*) AS n ${fromSource(source)} GROUP BY ${quasi.join(', ')}`;
  const sizes = await sizesOf(connection, { sql: grouped, values: [source.path] });
  const sensitive: (Diversity & { readonly column: string })[] = [];
  for (const column of verify.sensitive) {
    const found = await diverse(connection, { source, quasi, column, l: verify.l ?? 2 });
    if (found !== undefined) sensitive.push({ column, ...found });
  }
  const estimate = population === undefined ? undefined : estimatePopulation(sizes, population);
  return { ...classFigures(sizes, verify.k), sensitive, population: estimate ?? null };
}

const cell = (name: string): string => `nullif(CAST(${quoteName(name)} AS VARCHAR), '')`;

/** From a statement that gives one row `n` per class: how many classes have which size. */
export async function sizesOf(
  connection: DuckDBConnection,
  { sql, values }: { readonly sql: string; readonly values: readonly DuckDBValue[] },
): Promise<Sizes> {
  const reader = await connection.runAndReadAll(`SELECT n, count(*) FROM (${sql}) GROUP BY n`, [...values]);
  return new Map(reader.getRows().map(([size, classes]) => [Number(size), Number(classes)]));
}

/** How many values of a column are held by how many rows; empty cells are no value. */
export function valueSizes(source: SourceShape, column: string): Promise<Sizes> {
  const sql = `SELECT count(*) AS n ${fromSource(source)} WHERE ${cell(column)} IS NOT NULL GROUP BY ${cell(column)}`;
  return withFile(source.path, (connection) => sizesOf(connection, { sql, values: [source.path] }));
}

interface Column {
  readonly source: SourceShape;
  readonly quasi: readonly string[];
  readonly column: string;
  readonly l: number;
}

/** An empty cell counts as a value, and in an ordered column as the greatest. */
async function diverse(connection: DuckDBConnection, { source, quasi, column, l }: Column): Promise<Diversity | undefined> {
  const names = quasi.map((_, i) => `q${i}`).join(', ');
  const base = `SELECT ${quasi.map((text, i) => `${text} AS q${i}`).join(', ')}, ${cell(column)} AS v ${fromSource(source)}`;
  const values = `SELECT v, TRY_CAST(v AS DOUBLE) AS x, count(*) AS n FROM base GROUP BY v`;
  const places = `SELECT v, x, n, row_number() OVER (ORDER BY x NULLS LAST, v NULLS LAST) - 1 AS place FROM (${values})`;
  const given = `WITH base AS (${base}), places AS (${places})`;
  const whole = await connection.runAndReadAll(
    `${given} SELECT n, v IS NULL OR coalesce(isfinite(x), false) FROM places ORDER BY place`,
    [source.path],
  );
  const counts = `SELECT ${names}, place, count(*) AS c FROM base JOIN places ON base.v IS NOT DISTINCT FROM places.v GROUP BY ${names}, place`;
  const classes = await connection.runAndReadAll(
    `${given} SELECT list(place ORDER BY place), list(c ORDER BY place) FROM (${counts}) GROUP BY ${names}`,
    [source.path],
  );
  return diversityOf(classes.getRows().map(classOf), {
    whole: whole.getRows().map(([n]) => Number(n)),
    ordered: whole.getRows().every(([, isNumber]) => isNumber === true),
    l,
  });
}

function classOf([places, counts]: readonly DuckDBValue[]): ClassValues {
  return { places: numbersIn(places), counts: numbersIn(counts) };
}

function numbersIn(list: DuckDBValue | undefined): readonly number[] {
  return list instanceof DuckDBListValue ? list.items.map(Number) : [];
}

import type { IdentifierType, Result } from '@comity/core';
import { millisecondsOf, ok, refuse } from '@comity/core';
import { type DuckDBConnection, listValue } from '@duckdb/node-api';
import type { SourceColumn } from '../check-source.ts';
import { type IdentifierColumn, identifierColumn } from '../match-sql.ts';
import type { MinimiseItem } from './plan.ts';

/** The items of which one text in a column is the identifier, and the span in which all their periods lie. */
export interface Group {
  readonly text: string;
  readonly items: readonly number[];
  /** Microseconds since 1970; from and until of the least span, not of any one item. */
  readonly from: number;
  readonly until: number;
}

/** All items that are looked for in one column under one type. */
export interface Wanted extends IdentifierColumn {
  readonly groups: readonly Group[];
}

/**
 * Brings identifiers into the form in which they are compared (the engine's own, as for the cells), so that two ways of writing one
 * identifier are one text to look for. Refuses `field-invalid` naming the item, and what identifierColumn refuses.
 */
export async function groupItems(
  connection: DuckDBConnection,
  items: readonly MinimiseItem[],
  columns: readonly SourceColumn[],
): Promise<Result<readonly Wanted[]>> {
  const wanted: Wanted[] = [];
  for (const { column, type } of pairsOf(items)) {
    const how = identifierColumn({ column, type }, columns);
    if (!how.ok) return how;
    const texts: string[] = [];
    const places: number[] = [];
    for (const [i, item] of items.entries()) {
      if (item.column !== column || item.type !== type) continue;
      const forms = how.value.formsOf(item.value);
      if (forms === undefined) return refuse('field-invalid', `items.${i}.value`, { identifierType: type });
      texts.push(...forms);
      places.push(...forms.map(() => i));
    }
    const same = await sameForms(connection, texts, how.value);
    wanted.push({ ...how.value, groups: grouped(same, places, items) });
  }
  return ok(wanted);
}

function pairsOf(items: readonly MinimiseItem[]): readonly { readonly column: string; readonly type: IdentifierType }[] {
  const pairs = new Map(items.map(({ column, type }) => [JSON.stringify([column, type]), { column, type }]));
  return [...pairs.values()];
}

async function sameForms(
  connection: DuckDBConnection,
  texts: readonly string[],
  { sameForm }: IdentifierColumn,
): Promise<readonly string[]> {
  const sql = `SELECT ${sameForm('v')} FROM (SELECT unnest(CAST($1 AS VARCHAR[])) AS v)`;
  const reader = await connection.runAndReadAll(sql, [listValue(texts)]);
  return reader.getRows().map(([text]) => String(text));
}

function grouped(texts: readonly string[], places: readonly number[], items: readonly MinimiseItem[]): readonly Group[] {
  const byText = new Map<string, number[]>();
  for (const [i, text] of texts.entries()) {
    const group = byText.get(text) ?? [];
    const place = places[i];
    if (place !== undefined && !group.includes(place)) group.push(place);
    byText.set(text, group);
  }
  return [...byText].map(([text, group]) => {
    const spans = group.map((i) => spanOf(items[i]));
    return {
      text,
      items: group,
      from: spans.reduce((least, { from }) => Math.min(least, from), Number.POSITIVE_INFINITY),
      until: spans.reduce((most, { until }) => Math.max(most, until), Number.NEGATIVE_INFINITY),
    };
  });
}

/** An item's period in microseconds since 1970; all of time where it has none. */
export function spanOf(item: MinimiseItem | undefined): { readonly from: number; readonly until: number } {
  if (item?.period == null) return { from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY };
  return { from: millisecondsOf(item.period.from) * 1000, until: millisecondsOf(item.period.until) * 1000 };
}

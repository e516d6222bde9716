import type { IdentifierType, Result } from '@comity/core';
import { millisecondsOf, ok, refuse } from '@comity/core';
import { type DuckDBConnection, listValue } from '@duckdb/node-api';
import type { SourceColumn } from '../check-source.ts';
import { type IdentifierColumn, identifierColumn } from '../match-sql.ts';
import type { MinimiseItem } from './plan.ts';

/** All items that are looked for in one column under one type. */
export interface Wanted extends IdentifierColumn {
  /** Text of an identifier, in the form in which it is compared -> places of the items that ask for it. */
  readonly items: ReadonlyMap<string, readonly number[]>;
  /** A 1 where the hash of some text falls. A row whose own hash falls on a 0 holds none of them; on a 1, it is looked up. */
  readonly sieve: string;
}

/** Places in the sieve for each text: of rows that hold none, one in two hundred and fifty or fewer is looked up in vain. */
const SPREAD = 256;

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
    const keyed = await keysOf(connection, texts, how.value);
    wanted.push({ ...how.value, sieve: sieveOf(keyed), items: grouped(keyed, places) });
  }
  return ok(wanted);
}

/** The columns in which items are looked for, each with the types that stand there, in the order of what `groupItems` gives. */
export function pairsOf(items: readonly MinimiseItem[]): readonly { readonly column: string; readonly type: IdentifierType }[] {
  const pairs = new Map(items.map(({ column, type }) => [JSON.stringify([column, type]), { column, type }]));
  return [...pairs.values()];
}

interface Keyed {
  readonly text: string;
  readonly place: number;
  readonly size: number;
}

/** SQL of a text's place in a sieve, whose size is a power of two. */
export function placeSql(text: string, size: number): string {
  return `CAST(hash(${text}) & ${size - 1} AS INTEGER)`;
}

async function keysOf(
  connection: DuckDBConnection,
  texts: readonly string[],
  { sameForm }: IdentifierColumn,
): Promise<readonly Keyed[]> {
  const size = 2 ** Math.min(24, Math.ceil(Math.log2(texts.length * SPREAD)));
  const forms = `SELECT ${sameForm('v')} AS v FROM (SELECT unnest(CAST($1 AS VARCHAR[])) AS v)`;
  const reader = await connection.runAndReadAll(`SELECT v, ${placeSql('v', size)} FROM (${forms})`, [listValue(texts)]);
  return reader.getRows().map(([text, place]) => ({ text: String(text), place: Number(place), size }));
}

function sieveOf(keyed: readonly Keyed[]): string {
  const sieve = Buffer.alloc(keyed[0]?.size ?? 1, '0');
  for (const { place } of keyed) sieve[place] = ONE;
  return sieve.toString('latin1');
}

const ONE = '1'.charCodeAt(0);

function grouped(keyed: readonly Keyed[], places: readonly number[]): ReadonlyMap<string, readonly number[]> {
  const byText = new Map<string, number[]>();
  for (const [i, { text }] of keyed.entries()) {
    const items = byText.get(text) ?? [];
    const place = places[i];
    if (place !== undefined && !items.includes(place)) items.push(place);
    byText.set(text, items);
  }
  return byText;
}

/** An item's period in microseconds since 1970; all of time where it has none. */
export function spanOf(item: MinimiseItem | undefined): { readonly from: number; readonly until: number } {
  if (item?.period == null) return { from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY };
  return { from: millisecondsOf(item.period.from) * 1000, until: millisecondsOf(item.period.until) * 1000 };
}

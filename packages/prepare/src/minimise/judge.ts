import type { DuckDBDataChunk } from '@duckdb/node-api';
import type { RowCounts } from '../select.ts';
import type { OnePass } from './compile.ts';
import { spanOf, type Wanted } from './groups.ts';
import type { MinimisePlan } from './plan.ts';

/** Says of each row that passed the sieve whether some item's period covers it, and keeps count. */
export interface Judge {
  /** Whether a row of the chunk leaves. */
  readonly leaves: (chunk: DuckDBDataChunk, row: number) => boolean;
  /** Counts rows that lie outside every period, all with the same texts. */
  readonly outside: (texts: readonly unknown[], rows: { readonly unreadable: boolean; readonly count: number }) => void;
  /** Whether a row was met whose time could be read if the zone were known. */
  readonly zoneMissing: () => boolean;
  /** Counts, when all rows were judged; `total` rows were read. */
  readonly counts: (total: number) => Judged;
}

export interface Judged extends RowCounts {
  /** For each item, in the order of the plan, how many rows it covers: a row may be covered by several. */
  readonly byItem: readonly number[];
}

interface Tally {
  kept: number;
  unreadable: number;
  outside: number;
  zoneless: boolean;
  readonly byItem: number[];
}

export function judgeFor(plan: MinimisePlan, wanted: readonly Wanted[], { at }: OnePass): Judge {
  const items = plan.items ?? [];
  const spans = items.map(spanOf);
  const tally: Tally = { kept: 0, unreadable: 0, outside: 0, zoneless: false, byItem: items.map(() => 0) };
  const covers = (item: number, time: readonly [number, number]): boolean => {
    const span = spans[item];
    return span !== undefined && time[0] >= span.from && time[1] <= span.until;
  };
  const leaves = (chunk: DuckDBDataChunk, row: number): boolean => {
    if (plan.items === null) {
      tally.kept++;
      return true;
    }
    const asked = itemsOf(
      at.texts.map((column) => chunk.getColumnVector(column).getItem(row)),
      wanted,
    );
    // It passed the sieve by chance.
    if (asked.length === 0) return false;
    const time = at.times === undefined ? undefined : timeOf(chunk, row, at.times);
    if (time !== undefined && Number.isNaN(time[0])) {
      tally.unreadable++;
      if (chunk.getColumnVector(at.times?.zoneless ?? 0).getItem(row) === true) tally.zoneless = true;
      return false;
    }
    const covering = time === undefined ? asked : asked.filter((item) => covers(item, time));
    for (const item of covering) tally.byItem[item] = (tally.byItem[item] ?? 0) + 1;
    if (covering.length > 0) tally.kept++;
    else tally.outside++;
    return covering.length > 0;
  };
  return {
    leaves,
    outside: (texts, { unreadable, count }) => {
      if (itemsOf(texts, wanted).length === 0) return;
      if (unreadable) tally.unreadable += count;
      else tally.outside += count;
    },
    zoneMissing: () => tally.zoneless,
    counts: (total) => judged(tally, plan.items === null ? tally.kept : total),
  };
}

function judged({ kept, unreadable, outside, byItem }: Tally, total: number): Judged {
  return {
    rowsTotal: total,
    rowsKept: kept,
    rowsDropped: {
      'other-identifier': total - kept - unreadable - outside,
      'time-unreadable': unreadable,
      'outside-period': outside,
    },
    byItem,
  };
}

/** The items whose identifier stands in a row; once each, though two columns may hold it. */
function itemsOf(texts: readonly unknown[], wanted: readonly Wanted[]): readonly number[] {
  const found = texts.map((text, pair) => (typeof text === 'string' ? (wanted[pair]?.items.get(text) ?? []) : []));
  const [only = []] = found;
  return found.length === 1 ? only : [...new Set(found.flat())];
}

function timeOf(
  chunk: DuckDBDataChunk,
  row: number,
  { start, end }: NonNullable<OnePass['at']['times']>,
): readonly [number, number] {
  return [Number(chunk.getColumnVector(start).getItem(row)), Number(chunk.getColumnVector(end).getItem(row))];
}

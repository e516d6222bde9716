import { canonicalJson, type Instant } from '@comity/core';
import { sql } from 'kysely';
import { findCases, type StoredCase } from './cases.ts';
import type { Database } from './database.ts';

/** Whose turn it is in a case. Open cases of ours come first, closed ones last; `none`: the procedure of the case is not held here. */
export const DESK_SIDES = ['ours', 'theirs', 'closed', 'none'] as const;
export type DeskSide = (typeof DESK_SIDES)[number];

/** Where a case stands on the desk. */
export interface DeskPlace {
  readonly side: DeskSide;
  /** Strict end of the clock of the first duty; undefined without one. */
  readonly due: Instant | undefined;
  readonly seats: readonly string[];
  /** When time alone may change it. */
  readonly lookAgain: Instant | undefined;
}

/** Which cases are wanted. */
export interface DeskFilter {
  readonly side?: DeskSide;
  readonly procedure?: string;
  readonly seat?: string;
  /** End of a case's id. */
  readonly find?: string;
  /** Open cases of both sides together, by their clocks alone. */
  readonly by?: 'clock';
}

const STORED: Readonly<Record<DeskSide, string>> = { ours: '1-ours', theirs: '2-theirs', closed: '3-closed', none: 'none' };
/** What has no clock comes after everything that has one. */
const NO_CLOCK = '8';

/** Cases whose place on the desk is to be worked out: they moved, or a time has come. */
export async function stalePlaces(db: Database, now: Instant, limit: number): Promise<readonly StoredCase[]> {
  const rows = await sql<{ id: string }>`
    (select id from cases where desk_side is null order by id limit ${limit})
    union all (select id from cases where desk_side is not null and look_again <= ${now} order by look_again limit ${limit})`.execute(
    db,
  );
  return findCases(
    db,
    rows.rows.map(({ id }) => id),
  );
}

/** Notes where a case stands, unless it has moved since it was read. */
export async function keepPlace(db: Database, { id, heads }: Pick<StoredCase, 'id' | 'heads'>, place: DeskPlace): Promise<void> {
  const row = {
    desk_side: STORED[place.side],
    desk_due: place.due ?? NO_CLOCK,
    desk_seats: [...place.seats],
    look_again: place.lookAgain ?? null,
  };
  await db.updateTable('cases').set(row).where('id', '=', id).where('heads', '=', canonicalJson(heads)).execute();
}

/** Ids of one page of the desk, in its order: ours first, in each the most urgent first. */
export async function deskPage(
  db: Database,
  filter: DeskFilter,
  { from, size }: { readonly from: number; readonly size: number },
): Promise<readonly string[]> {
  const found = filtered(db, filter).select('id');
  const rows = await (filter.by === 'clock' ? found : found.orderBy('desk_side'))
    .orderBy('desk_due')
    .orderBy('id')
    .offset(from)
    .limit(size)
    .execute();
  return rows.map(({ id }) => id);
}

/** How many cases there are on each side, whichever side is asked for. */
export async function deskCounts(db: Database, { side: _, ...rest }: DeskFilter): Promise<Readonly<Record<DeskSide, number>>> {
  const rows = await filtered(db, rest)
    .select(['desk_side', (row) => row.fn.countAll<string>().as('n')])
    .groupBy('desk_side')
    .execute();
  const count = (side: DeskSide): number => Number(rows.find((row) => row.desk_side === STORED[side])?.n ?? 0);
  return { ours: count('ours'), theirs: count('theirs'), closed: count('closed'), none: count('none') };
}

/** The procedures and seats that this office has cases in. */
export async function deskKinds(db: Database): Promise<readonly { readonly procedure: string; readonly seat: string }[]> {
  const rows = await sql<{ procedure: string; seat: string }>`
    select distinct procedure, unnest(desk_seats) as seat from cases where desk_side <> 'none' order by 1, 2`.execute(db);
  return rows.rows;
}

function filtered(db: Database, { side, procedure, seat, find, by }: DeskFilter) {
  let query = db.selectFrom('cases').where('desk_side', 'is not', null);
  query = side === undefined ? query.where('desk_side', '!=', STORED.none) : query.where('desk_side', '=', STORED[side]);
  if (by === 'clock') query = query.where('desk_side', '!=', STORED.closed);
  if (procedure !== undefined) query = query.where('procedure', '=', procedure);
  if (seat !== undefined) query = query.where(sql<boolean>`${seat} = any(desk_seats)`);
  return find === undefined ? query : query.where(sql<boolean>`right(id, ${find.length}) = ${find}`);
}

import type { Instant } from '@comity/core';
import { type ActRule, clocksOf, dutiesOf, type Procedure } from '@comity/procedure';
import type { DeskRow, DeskView } from '../api.ts';
import { findCases, type StoredCase } from '../store/cases.ts';
import { type DeskFilter, type DeskPlace, deskCounts, deskKinds, deskPage, keepPlace, stalePlaces } from '../store/deskRows.ts';
import { countUndecided } from '../store/imports.ts';
import { countQuarantined } from '../store/inbox.ts';
import { procedureFor } from './append.ts';
import { type House, type Person, settingOf } from './house.ts';
import { isClerk } from './imports/view.ts';

/** Rows of one answer. */
export const DESK_PAGE = 100;
/** Cases whose place is worked out at a time. */
const AT_ONCE = 500;

/** What is asked of the desk: some of the cases, and which page of them, from 0 on. */
export type DeskAsk = DeskFilter & { readonly page: number };

/** One page of the desk: the most urgent clock first, ours before others'; and what this person may open. */
export async function deskView(house: House, person: Person, { page, ...filter }: DeskAsk): Promise<DeskView> {
  await placeCases(house);
  const ids = await deskPage(house.db, filter, { from: page * DESK_PAGE, size: DESK_PAGE });
  const rows = (await findCases(house.db, ids)).flatMap((stored) => deskRow(house, stored) ?? []);
  const { none: _, ...counts } = await deskCounts(house.db, filter);
  const closed = filter.by === 'clock' ? 0 : counts.closed;
  const total = filter.side === undefined || filter.side === 'none' ? counts.ours + counts.theirs + closed : counts[filter.side];
  return {
    rows,
    page,
    size: DESK_PAGE,
    total,
    counts,
    kinds: await deskKinds(house.db),
    quarantined: await countQuarantined(house.db),
    imports: isClerk(person).ok ? await countUndecided(house.db) : null,
    opens: opensFor(house, person),
  };
}

/** Whether a case has come to its end: nothing more moves in it. */
export function isClosed(stored: Pick<StoredCase, 'state'>): boolean {
  return Object.values(stored.state.tracks).some((state) => state === 'closed' || state === 'withdrawn');
}

/** Works out where the cases stand that have moved, or for which a time has come. */
async function placeCases(house: House): Promise<void> {
  for (;;) {
    const stale = await stalePlaces(house.db, house.now(), AT_ONCE);
    for (const stored of stale) await keepPlace(house.db, stored, placeOf(house, stored));
    if (stale.length < AT_ONCE) return;
  }
}

function placeOf(house: House, stored: StoredCase): DeskPlace {
  const row = deskRow(house, stored);
  const { seats } = stored.state;
  const held = Object.keys(seats).filter((seat) => seats[seat] === house.party.id);
  if (row === undefined) return { side: 'none', due: undefined, seats: held, lookAgain: undefined };
  const side = row.closed ? 'closed' : row.ours ? 'ours' : 'theirs';
  return { side, due: row.duties[0]?.clock?.strict, seats: held, lookAgain: nextTime(house, stored) };
}

/** The next due time of a clock that runs: from then on other duties may stand open. */
function nextTime(house: House, stored: StoredCase): Instant | undefined {
  const loaded = procedureFor(house, { id: stored.procedure, sha256: stored.procedureSha256 });
  if (!loaded.ok) return undefined;
  const now = house.now();
  const times = clocksOf(settingOf(house, loaded.value.procedure), stored.state, now).flatMap(({ strict, formal }) => [
    strict,
    formal,
  ]);
  return times.filter((time) => time > now).sort()[0];
}

/** A case as one line; undefined where its procedure is not held here. */
export function deskRow(house: House, stored: StoredCase): DeskRow | undefined {
  const loaded = procedureFor(house, { id: stored.procedure, sha256: stored.procedureSha256 });
  if (!loaded.ok) return undefined;
  const { procedure } = loaded.value;
  const now = house.now();
  const duties = dutiesOf(settingOf(house, procedure), stored.state, now);
  const ours = duties.filter((duty) => duty.party === house.party.id);
  const { until } = procedure.inForce;
  return {
    id: stored.id,
    procedure: stored.procedure,
    tracks: stored.state.tracks,
    parties: stored.state.seats,
    items: stored.state.items.length,
    opened: stored.opened,
    updated: stored.updated,
    duties: [...ours, ...duties.filter((duty) => duty.party !== house.party.id)],
    ours: ours.length > 0,
    closed: isClosed(stored),
    expired: until !== undefined && now.slice(0, 10) >= until,
  };
}

function opensFor(house: House, person: Person): DeskView['opens'] {
  return [...house.law.procedures.values()].flatMap(({ procedure }) =>
    Object.entries(procedure.acts).flatMap(([act, rule]) => {
      const holds = house.party.powers.some((power) => power.procedure === procedure.id && power.seat === rule.seat);
      const may = rule.opens && holds && rule.roles.some((role) => person.roles.includes(role));
      return may ? [openingOf(procedure, act, rule)] : [];
    }),
  );
}

function openingOf(procedure: Procedure, act: string, rule: ActRule): DeskView['opens'][number] {
  const { assigns, carries, mayCarry, sections, required } = rule;
  return {
    procedure: procedure.id,
    act,
    seats: assigns,
    dangers: wordsOf(carries['danger'] ?? mayCarry['danger']),
    carries,
    sections: Object.keys(sections),
    required,
  };
}

/** The closed list of words that a member may be; empty where it is none. */
function wordsOf(kind: ActRule['carries'][string] | undefined): readonly string[] {
  return kind === undefined || typeof kind === 'string' ? [] : kind;
}

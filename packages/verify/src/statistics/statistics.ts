import type { DataCategory, Instant, JsonObject } from '@comity/core';
import { decisionsOf, type Trace } from '@comity/procedure';
import {
  type CountedCase,
  type Instrument,
  type IssuedOrder,
  isIn,
  issuedIn,
  issuedOrder,
  type Outcome,
  obtainedAt,
  outcomeOf,
  typesOf,
  wantedItems,
} from './order.ts';

/** What one row is about: a type of data, an addressee, and whether it was an emergency (Reg. (EU) 2023/1543 art. 28(2)). */
export interface RowKey {
  readonly type: DataCategory;
  readonly addressee: string;
  readonly emergency: boolean;
}

export type CountRow = RowKey & { readonly instrument: Instrument; readonly orders: number; readonly items: number };
export type OutcomeRow = RowKey & { readonly instrument: Instrument; readonly outcome: Outcome; readonly orders: number };
export type GroundRow = RowKey & {
  readonly ground: string;
  readonly by: 'enforcing' | 'provider';
  readonly orders: number;
  readonly items: number;
};
export interface RemedyRow {
  readonly type: DataCategory;
  readonly remedies: number;
  readonly annulled: number;
}
export type MeanRow = RowKey & { readonly orders: number; readonly hours: number };

/** The figures of article 28(2), each under its letter, and the units they count in. A figure that no act tells is null, never zero. */
export interface Statistics {
  readonly v: 1;
  readonly year: number;
  readonly zone: string;
  readonly made: Instant;
  /** Five units, kept apart. */
  readonly units: {
    readonly requests: number;
    readonly instruments: Readonly<Record<Instrument, number>>;
    readonly items: number;
    readonly identifiers: number | null;
    readonly persons: null;
  };
  readonly a: readonly CountRow[];
  readonly b: number;
  readonly c: readonly OutcomeRow[];
  readonly d: { readonly notifications: readonly CountRow[]; readonly refusals: readonly GroundRow[] };
  readonly e: readonly MeanRow[];
  readonly f: readonly MeanRow[];
  readonly g: {
    readonly transmitted: readonly CountRow[];
    readonly received: readonly CountRow[];
    readonly fulfilled: readonly CountRow[];
  };
  /** Before courts of the issuing State, by type of data; those of the enforcing State no act tells. */
  readonly h: { readonly issuing: readonly RemedyRow[]; readonly enforcing: null };
  readonly i: { readonly refused: number; readonly lapsed: number };
  readonly j: { readonly claims: number; readonly decided: number; readonly amounts: readonly JsonObject[] };
}

/** Of which year, as days are counted where, and what time it is. */
export interface StatisticsAsk {
  readonly year: number;
  readonly zone: string;
  readonly now: Instant;
}

/**
 * The statistics of a year, derived from what the acts of cases say and from nothing that somebody types. An order with several types of data counts once in the row of each, so rows do not add up to
 * instruments. Pure: the same cases give the same figures.
 */
export function statisticsOf(cases: readonly CountedCase[], ask: StatisticsAsk): Statistics {
  const orders = cases.flatMap((counted) => issuedIn(counted, ask) ?? []);
  const productions = orders.filter(({ instrument }) => instrument === 'EPOC');
  return {
    ...{ v: 1, year: ask.year, zone: ask.zone, made: ask.now },
    units: unitsOf(orders),
    a: countRows(orders),
    b: productions.filter(({ issue }) => issue.type === 'issue-unvalidated').length,
    c: outcomeRows(orders),
    d: { notifications: countRows(productions.filter(isNotified)), refusals: groundRows(productions) },
    e: meanRows(productions, (order, type) => hoursBetween(order.at, obtainedAt(order, type))),
    f: meanRows(
      orders.filter(({ instrument }) => instrument === 'EPOC-PR'),
      (order, type) => (outcomeOf(order, type) === 'fulfilled' ? hoursBetween(order.at, followedAt(order, cases)) : undefined),
    ),
    g: enforcement(cases, ask),
    h: { issuing: remedies(cases, ask), enforcing: null },
    i: unvalidated(orders, ask),
    j: costs(cases, ask),
  };
}

function unitsOf(orders: readonly IssuedOrder[]): Statistics['units'] {
  const shown = orders.every(({ counted }) => counted.identifiers !== undefined);
  const identifiers = new Set(
    orders.flatMap((order) => wantedItems(order).flatMap(({ item }) => order.counted.identifiers?.get(item.id) ?? [])),
  );
  const of = (wanted: Instrument): number => orders.filter(({ instrument }) => instrument === wanted).length;
  return {
    requests: new Set(orders.map(({ counted }) => counted.state.case)).size,
    instruments: { EPOC: of('EPOC'), 'EPOC-PR': of('EPOC-PR') },
    items: orders.reduce((sum, order) => sum + wantedItems(order).length, 0),
    identifiers: shown ? identifiers.size : null,
    // Whose an identifier is, no act says: a person is never counted from a guess.
    persons: null,
  };
}

function keysOf(order: IssuedOrder): readonly RowKey[] {
  return typesOf(order).map((type) => ({ type, addressee: order.addressee, emergency: order.emergency }));
}

function grouped<T>(rows: readonly (readonly [key: object, value: T])[]): readonly (readonly [string, readonly T[]])[] {
  const groups = Map.groupBy(rows, ([key]) => JSON.stringify(key));
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, members]) => [key, members.map(([, value]) => value)]);
}

function countRows(orders: readonly IssuedOrder[]): readonly CountRow[] {
  const rows = orders.flatMap((order) =>
    keysOf(order).map((key) => [{ instrument: order.instrument, ...key }, itemsOf(order, key.type)] as const),
  );
  return grouped(rows).map(([key, items]) => ({
    ...JSON.parse(key),
    orders: items.length,
    items: items.reduce((sum, count) => sum + count, 0),
  }));
}

function itemsOf(order: IssuedOrder, type: DataCategory): number {
  return wantedItems(order).filter(({ item }) => item.category === type).length;
}

function outcomeRows(orders: readonly IssuedOrder[]): readonly OutcomeRow[] {
  const rows = orders.flatMap((order) =>
    keysOf(order).map((key) => [{ instrument: order.instrument, ...key, outcome: outcomeOf(order, key.type) }, 1] as const),
  );
  return grouped(rows).map(([key, members]) => ({ ...JSON.parse(key), orders: members.length }));
}

function isNotified({ counted }: IssuedOrder): boolean {
  const { seats, done } = counted.state;
  return seats['enforcing'] !== undefined && done.some(({ type }) => type === 'send' || type === 'receive-notification');
}

const REFUSING: Readonly<Record<string, GroundRow['by']>> = {
  object: 'enforcing',
  'deny-enforcement': 'enforcing',
  refuse: 'provider',
  'object-conflict': 'provider',
};

/** Grounds item by item, by who raised them: an enforcing authority refuses, a provider says what stands in its way. */
function groundRows(orders: readonly IssuedOrder[]): readonly GroundRow[] {
  const rows = orders.flatMap((order) =>
    order.counted.state.done.flatMap((trace) => {
      const by = Object.hasOwn(REFUSING, trace.type) ? REFUSING[trace.type] : undefined;
      if (by === undefined) return [];
      return decisionsOf(trace.data).flatMap(({ item: id, choice, ground }) => {
        const item = order.counted.state.items.find(({ item: one }) => one.id === id);
        if (item === undefined || typeof ground !== 'string' || choice === 'condition') return [];
        const key = { type: item.item.category, addressee: order.addressee, emergency: order.emergency, ground, by };
        return [[key, order] as const];
      });
    }),
  );
  return grouped(rows).map(([key, members]) => ({ ...JSON.parse(key), orders: new Set(members).size, items: members.length }));
}

function meanRows(
  orders: readonly IssuedOrder[],
  hoursOf: (order: IssuedOrder, type: DataCategory) => number | undefined,
): readonly MeanRow[] {
  const rows = orders.flatMap((order) =>
    keysOf(order).flatMap((key) => {
      const hours = hoursOf(order, key.type);
      return hours === undefined ? [] : [[key, hours] as const];
    }),
  );
  return grouped(rows).map(([key, hours]) => ({ ...JSON.parse(key), orders: hours.length, hours: mean(hours) }));
}

function mean(values: readonly number[]): number {
  return Math.round((values.reduce((sum, value) => sum + value, 0) / values.length) * 10) / 10;
}

function hoursBetween(from: Instant, until: Instant | undefined): number | undefined {
  return until === undefined ? undefined : (Date.parse(until) - Date.parse(from)) / 3_600_000;
}

/** When the production order that follows a preservation was issued: it names the preservation, or the confirmation names it. */
function followedAt({ counted }: IssuedOrder, cases: readonly CountedCase[]): Instant | undefined {
  const { case: id, done } = counted.state;
  const named = done.find(({ type }) => type === 'confirm-production')?.data['production'];
  const following = cases.find(
    ({ procedure, state }) => procedure === 'eu.epoc' && (state.done[0]?.data['follows'] === id || state.case === named),
  );
  return following === undefined ? undefined : issuedOrder(following)?.at;
}

/** Counted in the year of the transmission, whenever the order was issued. */
function enforcement(cases: readonly CountedCase[], ask: StatisticsAsk): Statistics['g'] {
  const about = (type: string): readonly IssuedOrder[] =>
    cases
      .filter(({ state }) => state.done.some((trace) => trace.type === type && isIn(trace.at, ask)))
      .flatMap((counted) => issuedOrder(counted) ?? []);
  const received = about('receive-enforcement');
  const fulfilled = received.filter((order) => typesOf(order).every((type) => outcomeOf(order, type) === 'fulfilled'));
  return { transmitted: countRows(about('ask-enforcement')), received: countRows(received), fulfilled: countRows(fulfilled) };
}

/** Remedies against production orders in the year in which they were used, once in the row of each type of data that the order asks for; and how many items' worth of that type were annulled so far. */
function remedies(cases: readonly CountedCase[], ask: StatisticsAsk): readonly RemedyRow[] {
  const used = cases.flatMap((counted) => {
    const order = issuedOrder(counted);
    if (order?.instrument !== 'EPOC') return [];
    const opened = counted.state.done.filter((trace) => trace.type === 'open-remedy' && isIn(trace.at, ask)).length;
    return opened === 0
      ? []
      : typesOf(order).map((type) => [{ type }, { opened, annulled: annulledItems(order, type) }] as const);
  });
  return grouped(used).map(([key, members]) => ({
    ...JSON.parse(key),
    remedies: members.reduce((sum, { opened }) => sum + opened, 0),
    annulled: members.reduce((sum, { annulled }) => sum + annulled, 0),
  }));
}

function annulledItems(order: IssuedOrder, type: DataCategory): number {
  return wantedItems(order).filter(({ item, tracks }) => item.category === type && tracks['remedy'] === 'annulled').length;
}

const VALIDATE_WITHIN = 48 * 3_600_000;

/** Ex-post validation that was refused, and that which nobody gave within 48 hours (art. 4(5)). */
function unvalidated(orders: readonly IssuedOrder[], { now }: StatisticsAsk): Statistics['i'] {
  const open = orders.filter(({ issue }) => issue.type === 'issue-unvalidated');
  const has = (order: IssuedOrder, types: readonly string[]): boolean =>
    order.counted.state.done.some(({ type }) => types.includes(type));
  const refused = open.filter((order) => has(order, ['refuse-afterwards', 'refuse-validation']));
  const lapsed = open.filter(
    (order) =>
      !has(order, ['validate-afterwards', 'validate', 'refuse-afterwards', 'refuse-validation']) &&
      Date.parse(now) - Date.parse(order.at) > VALIDATE_WITHIN,
  );
  return { refused: refused.length, lapsed: lapsed.length };
}

/** Costs as the acts carry them, claim by claim: amounts in several currencies are not added up. */
function costs(cases: readonly CountedCase[], ask: StatisticsAsk): Statistics['j'] {
  const of = (type: string): readonly Trace[] =>
    cases
      .filter(({ procedure }) => procedure === 'eu.epoc' || procedure === 'eu.epoc-pr')
      .flatMap(({ state }) => state.done.filter((trace) => trace.type === type && isIn(trace.at, ask)));
  const [claims, decided] = [of('claim-costs'), of('decide-costs')];
  const told = (trace: Trace): JsonObject => ({
    act: trace.type,
    ...Object.fromEntries(
      Object.entries(trace.data).filter(([, value]) => typeof value === 'number' || typeof value === 'string'),
    ),
  });
  return { claims: claims.length, decided: decided.length, amounts: [...claims, ...decided].map(told) };
}

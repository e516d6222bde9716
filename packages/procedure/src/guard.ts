import { type Calendar, type Deadline, deadlineOf, type Instant, isInstant, millisecondsOf, toInstant } from '@comity/core';
import type { ClockRule, Guard, ItemFilter } from './procedure.ts';
import { type CaseState, type ItemState, type Setting, type Trace, tracesOf } from './state.ts';

/** Where a guard is asked: the case as it stands, and the time of the act or of the look. */
export interface Scene {
  readonly setting: Setting;
  readonly state: CaseState;
  readonly at: Instant;
}

/** Whether a guard holds. Everything it can ask is in the case: no clock, no store. */
export function holds(guard: Guard, scene: Scene): boolean {
  if ('all' in guard) return guard.all.every((part) => holds(part, scene));
  if ('any' in guard) return guard.any.some((part) => holds(part, scene));
  if ('not' in guard) return !holds(guard.not, scene);
  if ('track' in guard) return guard.is.includes(scene.state.tracks[guard.track] ?? '');
  if ('done' in guard) return tracesOf(scene.state, guard.done).length > 0;
  if ('latest' in guard) return scene.state.done.findLast((trace) => guard.latest.includes(trace.type))?.type === guard.is;
  if ('items' in guard) return itemsHold(guard, scene.state);
  if ('clock' in guard) return clockHolds(guard, scene);
  if ('seated' in guard) return scene.state.seats[guard.seated] !== undefined;
  const said = tracesOf(scene.state, guard.said).at(-1)?.data[guard.member];
  if ('atLeast' in guard) return typeof said === 'number' && said >= guard.atLeast;
  return (typeof said === 'string' || typeof said === 'boolean') && guard.is.includes(said);
}

/** Whether an item is one that a filter picks. */
export function picks(filter: ItemFilter | undefined, item: ItemState): boolean {
  if (filter?.all?.every((part) => picks(part, item)) === false) return false;
  if (filter?.any?.some((part) => picks(part, item)) === false) return false;
  if (filter?.categories !== undefined && !filter.categories.includes(item.item.category)) return false;
  if (filter?.identifierTypes !== undefined && !filter.identifierTypes.includes(item.item.identifierType)) return false;
  if (filter?.track === undefined) return true;
  return (filter.is ?? []).includes(item.tracks[filter.track] ?? '');
}

function itemsHold(guard: Extract<Guard, { items: string }>, state: CaseState): boolean {
  const asked = state.items.filter((item) => picks(guard.only, item));
  if ('every' in guard) return asked.every((item) => guard.every.includes(item.tracks[guard.items] ?? ''));
  return asked.some((item) => guard.some.includes(item.tracks[guard.items] ?? ''));
}

function clockHolds(guard: Extract<Guard, { clock: string }>, scene: Scene): boolean {
  // Asked of time alone: whether something has stopped the clock is for other guards to say.
  const found = dueOf(scene, guard.clock);
  if (found === undefined) return false;
  return guard.is === 'ended' ? !found.suspended && scene.at >= found.due.formal : found.suspended || scene.at < found.due.formal;
}

/** When a clock started and when it is due, whether or not something has stopped it. */
export interface Due {
  readonly started: Instant;
  readonly party: string;
  readonly calendar: Calendar & { readonly holidaysKnown: boolean };
  readonly due: Deadline;
  /** The clock stands still now; the due times are those it would have if it went on at once. */
  readonly suspended: boolean;
}

/** The times of one clock, or undefined while what starts it has not happened, or where the case is not of its kind. */
export function dueOf(scene: Scene, id: string): Due | undefined {
  const { setting, state } = scene;
  const rule = setting.procedure.clocks[id];
  if (rule === undefined) throw new Error(`the procedure has no clock ${id}`);
  const starts = state.done.filter((trace) => rule.from.includes(trace.type));
  const start = rule.again ? starts.at(-1) : starts[0];
  const party = state.seats[rule.seat];
  if (start === undefined || party === undefined || (rule.when !== undefined && !holds(rule.when, scene))) return undefined;
  const calendar = setting.calendarOf(party);
  const { lost, suspended } = pausesOf(scene, rule, start);
  const due = dueFrom(rule, start, { lost, calendar });
  return due === undefined ? undefined : { started: start.at, party, calendar, due, suspended };
}

function dueFrom(
  rule: ClockRule,
  start: Trace,
  by: { readonly lost: number; readonly calendar: Calendar },
): Deadline | undefined {
  if (!('dueAt' in rule.length)) return deadlineOf(toInstant(millisecondsOf(start.at) + by.lost), rule.length, by.calendar);
  const said = start.data[rule.length.dueAt];
  if (!isInstant(said)) return undefined;
  const at = toInstant(millisecondsOf(said) + by.lost);
  return { strict: at, formal: at };
}

/** For how many milliseconds a clock stood still since it started, up to the scene's moment; and whether it does now. */
function pausesOf(scene: Scene, rule: ClockRule, start: Trace): { readonly lost: number; readonly suspended: boolean } {
  let [lost, since]: [number, number | undefined] = [0, undefined];
  const after = scene.state.done.slice(scene.state.done.indexOf(start) + 1);
  for (const { type, at } of after) {
    if (since === undefined && rule.pauses?.from.includes(type) === true) since = millisecondsOf(at);
    else if (since !== undefined && rule.pauses?.until.includes(type) === true) {
      lost += millisecondsOf(at) - since;
      since = undefined;
    }
  }
  if (since === undefined) return { lost, suspended: false };
  return { lost: lost + Math.max(0, millisecondsOf(scene.at) - since), suspended: true };
}

import type { Instant } from '@comity/core';
import { dueOf } from './due.ts';
import type { Guard, ItemFilter } from './procedure.ts';
import { type CaseState, type ItemState, type Setting, tracesOf } from './state.ts';

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
  if ('items' in guard) return itemsHold(guard, scene.state);
  if ('clock' in guard) return clockHolds(guard, scene);
  const said = tracesOf(scene.state, guard.said).at(-1)?.data[guard.member];
  return (typeof said === 'string' || typeof said === 'boolean') && guard.is.includes(said);
}

/** Whether an item is one that a filter picks. */
export function picks(filter: ItemFilter | undefined, item: ItemState): boolean {
  if (filter?.all?.every((part) => picks(part, item)) === false) return false;
  if (filter?.categories !== undefined && !filter.categories.includes(item.item.category)) return false;
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
  const found = dueOf(scene.setting, scene.state, guard.clock);
  if (found === undefined) return false;
  return guard.is === 'ended' ? scene.at >= found.due.formal : scene.at < found.due.formal;
}

import type { Deadline, Instant } from '@comity/core';
import { dueOf, holds } from './guard.ts';
import type { Cite } from './procedure.ts';
import type { CaseState, Setting } from './state.ts';

/** A clock of a case at a moment. Times are absolute; who shows them adds the zones. */
export interface Clock extends Deadline {
  readonly id: string;
  readonly seat: string;
  readonly party: string;
  readonly zone: string;
  readonly started: Instant;
  readonly state: 'running' | 'suspended' | 'stopped' | 'strict-passed' | 'ended';
  /** False where the public holidays of the place are not in the procedure's data: the formal time may then fall later. */
  readonly holidaysKnown: boolean;
  /** Nobody is late when it is over. */
  readonly term: boolean;
  readonly cite: Cite;
}

/** Every clock that has started, with strict and formal due time. */
export function clocksOf(setting: Setting, state: CaseState, now: Instant): readonly Clock[] {
  return Object.keys(setting.procedure.clocks).flatMap((id) => clockOf(setting, state, { id, now }) ?? []);
}

/** One clock, or undefined while what starts it has not happened. */
export function clockOf(
  setting: Setting,
  state: CaseState,
  ask: { readonly id: string; readonly now: Instant },
): Clock | undefined {
  const rule = setting.procedure.clocks[ask.id];
  if (rule === undefined) throw new Error(`the procedure has no clock ${ask.id}`);
  const scene = { setting, state, at: ask.now };
  const found = dueOf(scene, ask.id);
  if (found === undefined) return undefined;
  const { due, started, party, calendar, suspended } = found;
  const stopped = holds(rule.stops, scene);
  const { zone, holidaysKnown } = calendar;
  return {
    id: ask.id,
    seat: rule.seat,
    party,
    zone,
    started,
    ...due,
    state: !stopped && suspended ? 'suspended' : stateAt(due, stopped, ask.now),
    holidaysKnown,
    term: rule.term,
    cite: rule.cite,
  };
}

function stateAt(due: Deadline, stopped: boolean, now: Instant): Clock['state'] {
  if (stopped) return 'stopped';
  if (now >= due.formal) return 'ended';
  return now >= due.strict ? 'strict-passed' : 'running';
}

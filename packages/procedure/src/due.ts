import { type Calendar, type Deadline, deadlineOf, type Instant } from '@comity/core';
import type { CaseState, Setting } from './state.ts';

/** When a clock started and when it is due, whether or not something has stopped it. */
export interface Due {
  readonly started: Instant;
  readonly party: string;
  readonly calendar: Calendar & { readonly holidaysKnown: boolean };
  readonly due: Deadline;
}

/** The times of one clock, or undefined while what starts it has not happened. */
export function dueOf(setting: Setting, state: CaseState, id: string): Due | undefined {
  const rule = setting.procedure.clocks[id];
  if (rule === undefined) throw new Error(`the procedure has no clock ${id}`);
  const started = state.done.find((trace) => rule.from.includes(trace.type))?.at;
  const party = state.seats[rule.seat];
  if (started === undefined || party === undefined) return undefined;
  const calendar = setting.calendarOf(party);
  return { started, party, calendar, due: deadlineOf(started, rule.length, calendar) };
}

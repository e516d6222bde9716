import type { Instant } from '@comity/core';
import { type Clock, clockOf } from './clocks.ts';
import { holds } from './guard.ts';
import type { Cite } from './procedure.ts';
import type { CaseState, Setting } from './state.ts';

/** Who owes what, by when, on which basis. */
export interface Duty {
  readonly id: string;
  readonly seat: string;
  readonly party: string;
  /** The acts that discharge it. */
  readonly acts: readonly string[];
  readonly clock?: Clock;
  readonly state: 'open' | 'late' | 'overdue';
  readonly cite?: Cite;
}

/** The duties that stand open in a case at a moment, the most urgent first. */
export function dutiesOf(setting: Setting, state: CaseState, now: Instant): readonly Duty[] {
  const duties = Object.entries(setting.procedure.duties).flatMap(([id, rule]) => {
    const scene = { setting, state, at: now };
    const party = state.seats[rule.seat];
    if (party === undefined || !holds(rule.when, scene) || holds(rule.until, scene)) return [];
    const clock = rule.clock === undefined ? undefined : clockOf(setting, state, { id: rule.clock, now });
    const cite = rule.cite === undefined ? {} : { cite: rule.cite };
    return [
      { id, seat: rule.seat, party, acts: rule.acts, state: stateOf(clock), ...cite, ...(clock === undefined ? {} : { clock }) },
    ];
  });
  return duties.sort((a, b) => ((a.clock?.strict ?? '9') < (b.clock?.strict ?? '9') ? -1 : 1));
}

function stateOf(clock: Clock | undefined): Duty['state'] {
  if (clock?.term === true) return 'open';
  if (clock?.state === 'ended') return 'overdue';
  return clock?.state === 'strict-passed' ? 'late' : 'open';
}

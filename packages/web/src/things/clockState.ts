import type { Clock } from '@comity/procedure';

export type ClockMark = 'on-time' | 'soon' | 'late' | 'overdue' | 'suspended' | 'stopped';

/** How a clock stands: `soon` is the last quarter of the time to the strict end. */
export function markOf(clock: Clock, now: number): ClockMark {
  if (clock.state === 'stopped' || clock.state === 'suspended') return clock.state;
  const [started, strict, formal] = [clock.started, clock.strict, clock.formal].map((at) => Date.parse(at));
  if (now >= Number(formal)) return 'overdue';
  if (now >= Number(strict)) return 'late';
  return Number(strict) - now < (Number(strict) - Number(started)) / 4 ? 'soon' : 'on-time';
}

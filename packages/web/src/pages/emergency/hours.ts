import type { Clock } from '@comity/procedure';

const LONGEST = 96 * 3_600_000;

/** Whether a clock is one of hours: eight, forty-eight, seventy-two, ninety-six. They are what an emergency is measured by. */
export function isHours({ started, strict }: Pick<Clock, 'started' | 'strict'>): boolean {
  return Date.parse(strict) - Date.parse(started) <= LONGEST;
}

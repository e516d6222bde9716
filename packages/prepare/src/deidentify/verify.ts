import { type Result, refuse } from '@comity/core';
import type { Verify } from './plan.ts';
import type { Risk } from './risk.ts';
import { tooHigh } from './smallClasses.ts';

/** Slack for sums of fractions: a distance of exactly t is allowed. */
const ROUNDING = 1e-9;

/** The refusal where a result does not hold what was demanded of it; undefined where it does. An empty result has no one in it to find. */
export function shortfall(risk: Risk, { k, l, t }: Verify): Result<never> | undefined {
  if (risk.smallest !== null && risk.smallest < k) return tooHigh(risk, k);
  for (const { column, distinct, t: distance } of risk.sensitive) {
    if (l !== null && distinct < l) return refuse('diversity-too-low', column, { column, distinct, l });
    if (t !== null && distance > t + ROUNDING)
      return refuse('closeness-too-low', column, { column, t, distance: Math.ceil(distance * 1000) / 1000 });
  }
  return undefined;
}

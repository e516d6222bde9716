import type { Instant } from '@comity/core';
import type { Copy, CopyStatus } from '@comity/procedure';

/** What the log says of a copy, once, when it becomes so; a holder who does nothing is seen by its overseer. */
export const NOTED: readonly CopyStatus[] = ['review-due', 'destruction-due', 'overdue'];

/** When a party's copies of a case are to be looked at next: now where one is due; undefined where time alone changes nothing. */
export function lookAgain(
  copies: readonly Copy[],
  { party, now }: { readonly party: string; readonly now: Instant },
): Instant | undefined {
  const ours = copies.filter((copy) => copy.party === party);
  if (ours.some(({ status }) => NOTED.includes(status))) return now;
  return ours.flatMap(({ next }) => next ?? []).sort()[0];
}

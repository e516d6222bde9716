import type { CaseView } from '@comity/node/api';

type Duty = CaseView['duties'][number];

/**
 * The duty that a page of a case begins with: the reader's own before another's, of each the one whose clock ends first.
 * Where hours count (`hours`), whatever has a clock comes before what has none, whoever owes it.
 */
export function firstDuty(duties: readonly Duty[], own: string | undefined, hours: boolean): Duty | undefined {
  const rank = (duty: Duty): readonly [number, string] => {
    const theirs = duty.party === own ? 0 : 1;
    const without = duty.clock === undefined ? 1 : 0;
    return [hours ? without * 2 + theirs : theirs * 2 + without, duty.clock?.strict ?? ''];
  };
  return [...duties].sort((a, b) => {
    const [[x, before], [y, after]] = [rank(a), rank(b)];
    return x - y || before.localeCompare(after);
  })[0];
}

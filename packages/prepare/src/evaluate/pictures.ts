import type { Domain } from '../domain/domain.ts';
import type { Rows } from '../synthesise/sample.ts';
import { type Chart, chartsOf, type Named, nameOf } from './charts.ts';
import type { Judgement } from './judge.ts';

/** What can be shown of a judgement. INVARIANT: as the judgement, it does not leave the node. */
export interface Pictures {
  readonly charts: readonly Chart[];
  /** Groups of people by one value of one column, and how often the first learner is right about them; those that lose most first. */
  readonly groups: readonly NamedGroup[];
}

interface NamedGroup {
  readonly column: string;
  readonly value: Named;
  readonly rows: number;
  /** Shares of rows that it got right, taught on real and on synthetic rows. */
  readonly real: number;
  readonly synthetic: number;
}

/** Every column as bars, and the groups of a judgement by their names. */
export function picturesOf(
  domain: Domain,
  { usefulness }: Judgement,
  rows: { readonly real: Rows; readonly synthetic: Rows },
): Pictures {
  const groups = (usefulness[0]?.groups ?? []).flatMap(({ column: at, value, ...rest }) => {
    const column = domain[at];
    return column === undefined ? [] : [{ column: column.name, value: nameOf(column, value), ...rest }];
  });
  const lost = ({ real, synthetic }: NamedGroup): number => real - synthetic;
  return { charts: chartsOf(domain, rows), groups: groups.sort((a, b) => lost(b) - lost(a)) };
}

import { ok, type Result } from '@comity/core';
import type { SourceShape } from '../check-source.ts';
import type { TableHead } from '../engines/trinoTable.ts';
import type { Hierarchies } from './hierarchy.ts';
import type { ColumnPlan, DeidentifyPlan, Verify } from './plan.ts';
import { hierarchyFor, type Proposal, proposeLevels } from './propose.ts';
import { type Classes, type SafeHarborOptions, safeHarborPlan } from './safeHarbor.ts';

interface KAnonymityOptions extends SafeHarborOptions {
  readonly verify: Verify;
  readonly hierarchies: Hierarchies;
  /** What the other columns are; what is not named is dropped. */
  readonly classes: Classes;
}

/**
 * The plan that makes the quasi-identifiers just coarse enough; with what it costs. Sensitive columns stay, all others go the way of their class
 * under Safe Harbor, and are dropped where nobody classified them. Refuses what `proposeLevels` and `safeHarborPlan` refuse.
 */
export async function kAnonymityPlan(
  source: SourceShape | TableHead,
  { verify, hierarchies, classes, ...options }: KAnonymityOptions,
): Promise<Result<{ readonly plan: DeidentifyPlan; readonly proposal: Proposal }>> {
  const others = safeHarborPlan(
    source.columns.map(({ name }) => name),
    classes,
    options,
  );
  if (!others.ok) return others;
  const proposal = await proposeLevels(source, verify, hierarchies);
  if (!proposal.ok) return proposal;
  const columns = others.value.columns.map((column): ColumnPlan => {
    const at = verify.quasi.indexOf(column.name);
    const level = proposal.value.levels[at];
    if (level !== undefined) return { ...column, why: 'quasi', operation: { op: 'generalise', hierarchy: column.name, level } };
    return verify.sensitive.includes(column.name) ? { ...column, why: 'sensitive', operation: { op: 'keep' } } : column;
  });
  const used = Object.fromEntries(verify.quasi.map((name) => [name, hierarchyFor(hierarchies, name)]));
  return ok({ plan: { v: 1, method: 'k-anonymity', columns, hierarchies: used, verify }, proposal: proposal.value });
}

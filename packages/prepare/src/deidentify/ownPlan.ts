import { isJsonObject, ok, type Result, refuse } from '@comity/core';
import type { SourceShape } from '../check-source.ts';
import type { Hierarchies } from './hierarchy.ts';
import type { ColumnPlan, DeidentifyPlan, Operation, Verify } from './plan.ts';
import type { Proposal } from './propose.ts';
import { proposeBeside } from './proposeBeside.ts';
import { type Known, readDeidentifyPlan } from './readPlan.ts';

/** What a person says of a column; `search`: as coarse as it takes, and no coarser. */
export type OwnOperation = Operation | { readonly op: 'search' };

/** A plan of a person's own, in which the levels of some columns are left to be found. */
export interface OwnPlan {
  readonly v: 1;
  readonly columns: readonly { readonly name: string; readonly operation: OwnOperation }[];
  readonly hierarchies: Hierarchies;
  readonly verify: Verify | null;
}

/** The plan that is run, and what the search came to; null where nothing was searched. */
export interface Settled {
  readonly plan: DeidentifyPlan;
  readonly proposal: Proposal | null;
}

/**
 * Reads a plan as `readDeidentifyPlan` does, in which an operation may be `{"op": "search"}`: then k is counted over just these columns, and a hierarchy that is not stated is
 * the value or `*`. Refuses what that refuses; `plan-invalid` where columns that are searched and columns that k is counted over are not the same.
 */
export function readOwnPlan(json: unknown, known: Known): Result<OwnPlan> {
  const stated = isJsonObject(json) && Array.isArray(json['columns']) ? json['columns'] : [];
  const searched = stated.filter(isJsonObject).flatMap(({ name, operation }) => (isSearch(operation) ? [String(name)] : []));
  const hierarchies = isJsonObject(json) && isJsonObject(json['hierarchies'] ?? {}) ? json['hierarchies'] : undefined;
  const whole = { ...Object.fromEntries(searched.map((name) => [name, '*'])), ...(isJsonObject(hierarchies) ? hierarchies : {}) };
  const lowest = stated.map((column) =>
    isJsonObject(column) && isSearch(column['operation']) ? { ...column, operation: { op: 'generalise', level: 0 } } : column,
  );
  const read = readDeidentifyPlan(isJsonObject(json) ? { ...json, columns: lowest, hierarchies: whole } : json, known);
  if (!read.ok) return read;
  const { columns, verify } = read.value;
  const quasi = verify?.quasi ?? [];
  const stranger = [...searched, ...quasi].find((name) => !(searched.includes(name) && quasi.includes(name)));
  if (stranger !== undefined) return refuse('plan-invalid', stranger, { column: stranger });
  return ok({
    v: 1,
    columns: columns.map(({ name, operation }) => ({ name, operation: searched.includes(name) ? { op: 'search' } : operation })),
    hierarchies: read.value.hierarchies,
    verify,
  });
}

function isSearch(operation: unknown): boolean {
  return isJsonObject(operation) && operation['op'] === 'search';
}

/** Finds the levels that were left open, beside the caller. Undefined when the signal came first. Refuses what `proposeLevels` refuses. */
export async function settlePlan(
  source: SourceShape,
  { columns, hierarchies, verify }: OwnPlan,
  signal: AbortSignal,
): Promise<Result<Settled> | undefined> {
  const settled = (proposal: Proposal | null): DeidentifyPlan => ({
    ...{ v: 1, method: 'plan', hierarchies, verify },
    columns: columns.map(({ name, operation }): ColumnPlan => {
      const level = proposal?.levels[verify?.quasi.indexOf(name) ?? -1] ?? 0;
      return operation.op === 'search'
        ? { name, class: null, why: 'quasi', operation: { op: 'generalise', hierarchy: name, level } }
        : { name, class: null, why: 'stated', operation };
    }),
  });
  if (verify === null) return ok({ plan: settled(null), proposal: null });
  const found = await proposeBeside(source, { verify, hierarchies }, signal);
  if (found === undefined || !found.ok) return found;
  return ok({ plan: settled(found.value), proposal: found.value });
}

import { isJsonObject, type Json, ok, type Result, refuse } from '@comity/core';
import { checklistOf, type DeidentifyPlan, deidentify, readClasses, safeHarborPlan } from '@comity/prepare';
import type { SafeHarborView } from '../../apiPreparation.ts';
import { sha256 } from '../../keys/crypto.ts';
import type { Dataset } from '../../store/datasets.ts';
import type { House } from '../house.ts';
import { tokenKey } from './minimising.ts';
import type { AsItIs, Recipe, Run, RunEnd } from './runs.ts';

/** Without identities, by the safe harbour of 45 CFR 164.514(b)(2). */
export const deidentifying: Recipe = { format: 'csv', read: readPlan, run, asItIs };

function asItIs({ plan }: Parameters<Recipe['asItIs']>[0]): AsItIs {
  const { columns } = plan as unknown as DeidentifyPlan; // parser: readPlan wrote it
  return { columns: columns.flatMap(({ name, operation }) => (operation.op === 'keep' ? [name] : [])), madeUp: false };
}

/** A plan as somebody sends it: the class of each column. Errors: `field-invalid`, `plan-invalid`, `column-missing`, `zip-list-missing`. */
function readPlan(house: House, sent: Json, { source }: Dataset): Result<Json> {
  if (!isJsonObject(sent)) return refuse('field-invalid', 'plan');
  const classes = readClasses(sent['classes']);
  if (!classes.ok) return classes;
  // Which areas are too small is dated law: a node that was not told them lets no ZIP code out.
  const options = { on: house.now().slice(0, 10), restrictedZip3: house.restrictedZip3 ?? [] };
  const plan = safeHarborPlan(
    source.columns.map(({ name }) => name),
    classes.value,
    options,
  );
  return plan.ok ? ok(plan.value as unknown as Json) : plan; // plain JSON by construction
}

/** What Safe Harbor does with each column, and the eighteen answers. Errors: as when it is run. */
export function previewSafeHarbor(house: House, sent: Json, dataset: Dataset): Result<SafeHarborView> {
  const plan = readPlan(house, sent, dataset);
  return plan.ok ? ok(viewOf(plan.value as unknown as DeidentifyPlan)) : plan; // parser: readPlan made it
}

function viewOf(plan: DeidentifyPlan): SafeHarborView {
  return {
    columns: plan.columns.map(({ name, class: of, why, operation }) => ({ name, class: of, why, op: operation.op })),
    checklist: checklistOf(plan).entries.map(({ letter, citation, state, columns }) => ({
      ...{ letter, citation, state },
      columns: columns.map(({ name }) => name),
    })),
  };
}

async function run({ house, dataset, preparation, plan: written, file, onShare }: Run): Promise<RunEnd> {
  const plan = written as unknown as DeidentifyPlan; // parser: readPlan wrote it
  const options = {
    output: house.datasets.pathOf(file),
    key: tokenKey(house, preparation),
    population: undefined,
    sha256,
  };
  const made = await deidentify(dataset.source, plan, options);
  if (!made.ok) return made;
  onShare(1);
  const { rows, emptied } = made.value;
  const view = viewOf(plan);
  const columns = view.columns.filter(({ op }) => op !== 'drop').map(({ name }) => name);
  return ok({
    report: { rows: rows.written, columns, suppressed: rows.suppressed, emptied, safeHarbor: view } as unknown as Json,
  });
}

import { type Day, ok, type Result, refuse } from '@comity/core';
import {
  DEIDENTIFY_METHODS,
  type DeidentifyMethod,
  type DeidentifyPlan,
  readClasses,
  readDeidentifyPlan,
  type SourceShape,
  safeHarborPlan,
} from '@comity/prepare';
import { readJson } from '../output.ts';
import { type VerifyOptions, verifyFrom, type Zip3List } from './deidentifyInputs.ts';

/** The options that say what is to be done. */
export interface PlanOptions extends VerifyOptions {
  readonly method: string;
  readonly plan?: string;
  readonly classes?: string;
  readonly hierarchies?: string;
}

interface Given {
  readonly source: SourceShape;
  readonly on: Day;
  readonly zip3: Zip3List;
}

/** The plan that the options describe for a file. */
export async function planFrom(options: PlanOptions, given: Given): Promise<Result<DeidentifyPlan>> {
  const method = DEIDENTIFY_METHODS.find((one): one is DeidentifyMethod => one === options.method);
  if (method === undefined) return refuse('field-invalid', '--method', { kind: DEIDENTIFY_METHODS.join(', ') });
  if (method === 'plan') return statedPlan(options, given);
  return harborPlan(options, given);
}

function statedPlan(options: PlanOptions, { on, zip3 }: Given): Result<DeidentifyPlan> {
  if (options.plan === undefined) return refuse('field-missing', '--plan');
  const json = readJson(options.plan);
  if (!json.ok) return json;
  const plan = readDeidentifyPlan(json.value, { on, restrictedZip3: zip3.restricted });
  if (!plan.ok) return plan;
  const verify = verifyFrom(options, { k: 1, suppress: 0 });
  if (!verify.ok) return verify;
  return verify.value === null ? plan : withVerify(plan.value, verify.value);
}

function harborPlan(options: PlanOptions, { source, on, zip3 }: Given): Result<DeidentifyPlan> {
  if (options.classes === undefined) return refuse('field-missing', '--classes');
  const json = readJson(options.classes);
  if (!json.ok) return json;
  const classes = readClasses(json.value);
  if (!classes.ok) return classes;
  const names = source.columns.map(({ name }) => name);
  const plan = safeHarborPlan(names, classes.value, { on, restrictedZip3: zip3.restricted });
  if (!plan.ok) return plan;
  const verify = verifyFrom(options, { k: 1, suppress: 0 });
  if (!verify.ok) return verify;
  return verify.value === null ? plan : withVerify(plan.value, verify.value);
}

/** Only what leaves can be measured in what leaves. */
function withVerify(plan: DeidentifyPlan, verify: NonNullable<DeidentifyPlan['verify']>): Result<DeidentifyPlan> {
  const gone = [...verify.quasi, ...verify.sensitive].find(
    (name) => !plan.columns.some((column) => column.name === name && column.operation.op !== 'drop'),
  );
  return gone === undefined ? ok({ ...plan, verify }) : refuse('plan-invalid', gone, { column: gone });
}

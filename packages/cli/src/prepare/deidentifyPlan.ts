import { type Day, isJsonObject, ok, type Result, refuse } from '@comity/core';
import {
  type Classes,
  DEIDENTIFY_METHODS,
  type DeidentifyMethod,
  type DeidentifyPlan,
  kAnonymityPlan,
  type Proposal,
  readClasses,
  readDeidentifyPlan,
  type SourceShape,
  safeHarborPlan,
  scanBeside,
  scannedClasses,
  type TableHead,
} from '@comity/prepare';
import { readJson } from '../output.ts';
import { readHierarchyFile, type VerifyOptions, verifyFrom } from './deidentifyInputs.ts';
import type { Zip3List } from './zip3.ts';

/** The options that say what is to be done. */
export interface PlanOptions extends VerifyOptions {
  readonly method: string;
  readonly plan?: string;
  readonly classes?: string;
  readonly hierarchies?: string;
}

interface Given {
  readonly source: SourceShape | TableHead;
  readonly on: Day;
  readonly zip3: Zip3List;
}

/** A plan, and what its levels cost where they were searched for. */
export interface Planned {
  readonly plan: DeidentifyPlan;
  readonly proposal: Proposal | null;
  /** Whether a scan said what the columns are, and no person. */
  readonly scanned: boolean;
}

/** The plan that the options describe for a file. Refuses what the packages refuse, and `field-missing` / `field-invalid` naming the option. */
export async function planFrom(options: PlanOptions, given: Given): Promise<Result<Planned>> {
  const method = DEIDENTIFY_METHODS.find((one): one is DeidentifyMethod => one === options.method);
  if (method === undefined) return refuse('field-invalid', '--method', { kind: DEIDENTIFY_METHODS.join(', ') });
  if (method === 'k-anonymity') return searchedPlan(options, given);
  const plan = method === 'plan' ? statedPlan(options, given) : await harborPlan(options, given);
  const scanned = method === 'safe-harbor' && options.classes === undefined;
  return plan.ok ? ok({ plan: plan.value, proposal: null, scanned }) : plan;
}

/** Without classes only the quasi-identifiers and the sensitive columns leave. */
async function searchedPlan(options: PlanOptions, { source, on, zip3 }: Given): Promise<Result<Planned>> {
  const verify = verifyFrom(options, { k: 5, suppress: 0.05 });
  if (!verify.ok) return verify;
  if (verify.value === null) return refuse('field-missing', '--quasi');
  const hierarchies = readHierarchyFile(options.hierarchies);
  if (!hierarchies.ok) return hierarchies;
  const classes = options.classes === undefined ? ok({}) : classesIn(options.classes);
  if (!classes.ok) return classes;
  const found = await kAnonymityPlan(source, {
    verify: verify.value,
    hierarchies: hierarchies.value,
    classes: classes.value,
    on,
    restrictedZip3: zip3.restricted,
  });
  return found.ok ? ok({ ...found.value, scanned: false }) : found;
}

async function classesByScan(source: SourceShape | TableHead): Promise<Result<Classes>> {
  const report = await scanBeside(source);
  return report.ok ? scannedClasses(report.value, source) : report;
}

function classesIn(file: string): Result<Classes> {
  const json = readJson(file);
  return json.ok ? readClasses(json.value) : json;
}

function statedPlan(options: PlanOptions, { on, zip3 }: Given): Result<DeidentifyPlan> {
  if (options.plan === undefined) return refuse('field-missing', '--plan');
  const json = readJson(options.plan);
  if (!json.ok) return json;
  // A report holds its plan: what was done once can be done again.
  const stated = isJsonObject(json.value) && isJsonObject(json.value['plan']) ? json.value['plan'] : json.value;
  const plan = readDeidentifyPlan(stated, { on, restrictedZip3: zip3.restricted });
  if (!plan.ok) return plan;
  const verify = verifyFrom(options, { k: 1, suppress: 0 });
  if (!verify.ok) return verify;
  return verify.value === null ? plan : withVerify(plan.value, verify.value);
}

/** By what a person says of the columns; where nobody does, by a scan of them. */
async function harborPlan(options: PlanOptions, { source, on, zip3 }: Given): Promise<Result<DeidentifyPlan>> {
  const classes = options.classes === undefined ? await classesByScan(source) : classesIn(options.classes);
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

import { createHmac } from 'node:crypto';
import { type Json, ok, type Result, refuse, toBase64Url } from '@comity/core';
import {
  ExtractRefused,
  KEY_REF,
  type MinimisePlan,
  type MinimisePreview,
  minimise,
  minimiseNeeds,
  previewMinimise,
  readMinimisePlan,
} from '@comity/prepare';
import type { Dataset } from '../../store/datasets.ts';
import type { House } from '../house.ts';
import type { AsItIs, Recipe, Run, RunEnd } from './runs.ts';

/** Rows that are asked for and columns that are needed, and nothing else. */
export const minimising: Recipe = { format: 'csv', read: readPlan, run, asItIs };

function asItIs({ plan }: Parameters<Recipe['asItIs']>[0]): AsItIs {
  const { columns } = plan as unknown as MinimisePlan; // parser: readPlan wrote it
  return { columns: columns.flatMap(({ name, transform }) => (transform.op === 'keep' ? [name] : [])), madeUp: false };
}

/** A plan as somebody sends it. Errors: those of its reader; `column-missing`. */
function readPlan(house: House, sent: Json, dataset: Dataset): Result<Json> {
  const plan = readMinimisePlan(sent, toBase64Url(house.random(32)));
  if (!plan.ok) return plan;
  const absent = minimiseNeeds(plan.value).find((name) => !dataset.source.columns.some((column) => column.name === name));
  if (absent !== undefined) return refuse('column-missing', absent, { column: absent });
  return ok(plan.value as unknown as Json); // plain JSON by construction
}

/** Counts and a masked sample of what a plan would let leave. Errors: as when it is run. */
export async function previewMinimising(house: House, sent: Json, dataset: Dataset): Promise<Result<MinimisePreview>> {
  const plan = readPlan(house, sent, dataset);
  return plan.ok ? previewMinimise(plan.value as unknown as MinimisePlan, dataset.source) : plan; // parser: readPlan made it
}

async function run({ house, dataset, preparation, plan: written, file, onShare }: Run): Promise<RunEnd> {
  const plan = written as unknown as MinimisePlan; // parser: readPlan wrote it
  try {
    const stream = minimise(plan, dataset.source, { [KEY_REF]: tokenKey(house, preparation) });
    const kept = await house.datasets.write(file, stream);
    if (!kept.ok) return kept;
    onShare(1);
    const report = stream.report();
    return ok({
      report: { ...report, rows: report.rowsKept, columns: report.columnsKept.map(({ name }) => name) } as unknown as Json,
    });
  } catch (error) {
    if (error instanceof ExtractRefused) return { ok: false, refusal: error.refusal };
    throw error;
  }
}

/** A key of this preparation alone: what is made twice cannot be joined. It is never stored. */
export function tokenKey(house: House, preparation: string): Uint8Array {
  return createHmac('sha256', Buffer.from(house.keystore.tokens, 'base64url'))
    .update(`comity/prepared/v1\n${preparation}`)
    .digest();
}

import { type Json, ok, type Result, refuse } from '@comity/core';
import { deidentify, measureRisk, type OwnPlan, readOwnPlan, type Settled, settlePlan } from '@comity/prepare';
import type { OwnPreview, OwnReport } from '../../apiPreparation.ts';
import { sha256 } from '../../keys/crypto.ts';
import type { Dataset } from '../../store/datasets.ts';
import type { House } from '../house.ts';
import { columnsIn } from './findings.ts';
import { tokenKey } from './minimising.ts';
import type { AsItIs, Recipe, Run, RunEnd } from './runs.ts';

/** By a plan of a person's own, column by column; some of them just coarse enough that nobody is alone. */
export const owning: Recipe = { format: 'csv', read: readPlan, run, asItIs };

/** A plan as somebody sends it. Errors: those of its reader; `column-missing`; `nothing-selected` where no column leaves. */
function readPlan(house: House, sent: Json, { source }: Dataset): Result<Json> {
  const known = { on: house.now().slice(0, 10), restrictedZip3: house.restrictedZip3 ?? [] };
  const plan = readOwnPlan(sent, known);
  if (!plan.ok) return plan;
  const { columns } = plan.value;
  const absent = columns.flatMap(namesIn).find((name) => !source.columns.some((column) => column.name === name));
  if (absent !== undefined) return refuse('column-missing', absent, { column: absent });
  if (columns.every(({ operation }) => operation.op === 'drop')) return refuse('nothing-selected', 'columns');
  return ok(plan.value as unknown as Json); // plain JSON by construction
}

function namesIn({ name, operation }: OwnPlan['columns'][number]): readonly string[] {
  return operation.op === 'dateShift' ? [name, operation.subject] : [name];
}

/** How easily somebody could be found by the columns that are to become coarser, as they are now. Errors: as when it is run; `dataset-unreadable`. */
export async function previewOwn(house: House, sent: Json, dataset: Dataset): Promise<Result<OwnPreview>> {
  const read = readPlan(house, sent, dataset);
  if (!read.ok) return read;
  const { columns, verify } = read.value as unknown as OwnPlan; // parser: readPlan made it
  const shown = { columns: columns.filter(({ operation }) => operation.op !== 'drop').map(({ name }) => name), now: null };
  if (verify === null) return ok(shown);
  const risk = await measureRisk(dataset.source, { ...verify, sensitive: [], l: null, t: null });
  if (!risk.ok) return risk;
  const { rows, classes, smallest, unique, rowsBelow } = risk.value;
  return ok({ ...shown, now: { rows, classes, smallest, alone: Math.round(unique * rows), below: rowsBelow } });
}

async function run({ house, dataset, preparation, plan: written, file, onShare, signal }: Run): Promise<RunEnd> {
  const own = written as unknown as OwnPlan; // parser: readPlan wrote it
  const settled = await settlePlan(dataset.source, own, signal);
  if (settled === undefined || !settled.ok) return settled ?? ok(undefined);
  onShare(0.5);
  const { plan } = settled.value;
  const options = { output: house.datasets.pathOf(file), key: tokenKey(house, preparation), population: undefined, sha256 };
  const made = await deidentify(dataset.source, plan, options);
  if (!made.ok) return made;
  onShare(1);
  const { rows, emptied, risk } = made.value;
  const columns = plan.columns.filter(({ operation }) => operation.op !== 'drop').map(({ name }) => name);
  const report: OwnReport = {
    ...{ rows: rows.written, columns, suppressed: rows.suppressed, emptied, levels: levelsOf(settled.value) },
    risk:
      risk === null
        ? null
        : {
            ...{ k: risk.smallest, classes: risk.classes, highest: risk.prosecutor.highest },
            sensitive: risk.sensitive.map(({ column, distinct, t }) => ({ column, distinct, t })),
          },
  };
  return ok({ report: report as unknown as Json });
}

/** How coarse each column became. */
function levelsOf({ plan: { columns, hierarchies } }: Settled): OwnReport['levels'] {
  return columns.flatMap(({ name, operation }) => {
    const hierarchy = operation.op === 'generalise' ? hierarchies[operation.hierarchy] : undefined;
    return operation.op === 'generalise' && hierarchy !== undefined ? [{ name, level: operation.level, hierarchy }] : [];
  });
}

/** Columns that were to leave as they are, and those that did not have to become coarser. */
function asItIs({ plan, report }: Parameters<Recipe['asItIs']>[0]): AsItIs {
  const { columns } = plan as unknown as OwnPlan; // parser: readPlan wrote it
  const { levels } = report as unknown as OwnReport; // parser: run wrote it
  const fine = levels.filter(({ level }) => level === 0).map(({ name }) => name);
  const kept = columns.filter(({ operation }) => operation.op === 'keep').map(({ name }) => name);
  return { columns: columnsIn(report).filter((name) => fine.includes(name) || kept.includes(name)), madeUp: false };
}

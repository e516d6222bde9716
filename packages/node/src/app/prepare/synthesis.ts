import { isJsonObject, type Json, ok, type Result, refuse } from '@comity/core';
import {
  csvOf,
  judgeBeside,
  labelOf,
  METHODS,
  readDomain,
  readZeros,
  type SynthesisPlan,
  type Synthetic,
  synthesise,
} from '@comity/prepare';
import type { SynthesisReport } from '../../apiPreparation.ts';
import { sha256 } from '../../keys/crypto.ts';
import type { Dataset } from '../../store/datasets.ts';
import { privacyLedger } from '../../store/privacyLedger.ts';
import type { House } from '../house.ts';
import { columnsIn } from './findings.ts';
import type { Recipe, Run, RunEnd } from './runs.ts';

/** Part of the progress that learning takes; the rest is judging. */
const LEARNING = 0.8;
/** Share of subjects that is set aside to judge the result. */
const JUDGE = 0.2;

/** A synthetic twin with a stated guarantee, judged beside the real data. */
export const synthesis: Recipe = {
  format: 'csv',
  read: readPlan,
  run,
  asItIs: ({ report }) => ({ columns: columnsIn(report), madeUp: true }),
};

/** A plan as somebody sends it. Errors: `field-invalid`, `column-unknown`, `domain-invalid`. */
function readPlan(_house: House, sent: Json, { source }: Dataset): Result<Json> {
  if (!isJsonObject(sent)) return refuse('field-invalid', 'plan');
  const { method, epsilon, delta, subject = null, rowsPerSubject = 1, domain = null, zeros = [], rows = null } = sent;
  const known = METHODS.find((one) => one === method);
  if (known === undefined) return refuse('field-invalid', 'plan.method', { kind: METHODS.join(', ') });
  if (typeof epsilon !== 'number' || !(epsilon > 0 && epsilon <= 100)) return refuse('field-invalid', 'plan.epsilon');
  if (typeof delta !== 'number' || !(delta > 0 && delta <= 1e-3)) return refuse('field-invalid', 'plan.delta');
  if (rows !== null && !(Number.isSafeInteger(rows) && Number(rows) >= 1)) return refuse('field-invalid', 'plan.rows');
  if (subject !== null && !source.columns.some(({ name }) => name === subject))
    return refuse('column-unknown', 'plan.subject', { column: String(subject) });
  if (!(Number.isSafeInteger(rowsPerSubject) && Number(rowsPerSubject) >= 1))
    return refuse('field-invalid', 'plan.rowsPerSubject');
  const declared = domain === null ? ok(null) : readDomain(domain);
  if (!declared.ok) return declared;
  const masked = readZeros(zeros, declared.value ?? []);
  if (!masked.ok) return masked;
  const plan: SynthesisPlan = {
    v: 1,
    method: known,
    epsilon,
    delta,
    subject: subject === null ? null : { column: String(subject), rows: Number(rowsPerSubject) },
    domain: declared.value,
    zeros: masked.value,
    rows: rows === null ? null : Number(rows),
    judge: JUDGE,
  };
  return ok(plan as unknown as Json); // plain JSON by construction
}

async function run({ house, dataset, preparation, plan: written, file, onShare, signal }: Run): Promise<RunEnd> {
  const plan = written as unknown as SynthesisPlan; // parser: readPlan wrote it
  const began = performance.now();
  const made = await synthesise(dataset.source, plan, {
    ledger: privacyLedger(house.db, { population: dataset.population, preparation }),
    random: house.random,
    sha256,
    at: house.now(),
    onSpent: (share) => onShare(share * LEARNING),
    signal,
  });
  if (!made.ok || made.value === undefined) return made.ok ? ok(undefined) : made;
  const synthetic = made.value;
  try {
    const written = await house.datasets.write(file, slowly(csvOf(synthetic, house.random)));
    if (!written.ok) return written;
    const made = (performance.now() - began) / 1000;
    const report = await reportOf(synthetic, { plan, dataset, signal, made });
    return ok(report === undefined ? undefined : { report: report as unknown as Json });
  } finally {
    synthetic.data.close();
  }
}

/** Writing many rows leaves the node time for others. */
async function* slowly(chunks: Iterable<string>): AsyncGenerator<string> {
  for (const chunk of chunks) {
    yield chunk;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

interface Reporting {
  readonly plan: SynthesisPlan;
  readonly dataset: Dataset;
  readonly signal: AbortSignal;
  /** Seconds that it took so far. */
  readonly made: number;
}

async function reportOf(
  { domain, made, rho, advantage, data }: Synthetic,
  { plan, dataset, signal, made: seconds }: Reporting,
): Promise<SynthesisReport | undefined> {
  const label = labelOf(domain, data.sizes);
  const began = performance.now();
  const judged = await judgeBeside({ domain, data, rows: made.rows }, { label, signal });
  if (judged === undefined) return undefined;
  const cost = {
    rows: data.rows.learn + data.rows.judge,
    made: seconds,
    judged: (performance.now() - began) / 1000,
    memory: process.resourceUsage().maxRSS * 1024,
  };
  const columns = domain.map(({ name }) => name);
  return {
    rows: made.rows[0]?.length ?? 0,
    columns,
    dropped: dataset.source.columns.map(({ name }) => name).filter((name) => !columns.includes(name)),
    method: made.method,
    epsilon: plan.epsilon,
    delta: plan.delta,
    rho,
    advantage,
    unit: { column: plan.subject?.column ?? null, rows: plan.subject?.rows ?? 1 },
    domain: plan.domain === null ? 'bought' : 'declared',
    label: domain[label]?.name ?? '',
    ...judged,
    cost,
  };
}

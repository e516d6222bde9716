import { ok, type Result, refuse, type Sha256 } from '@comity/core';
import { checkSource, isUnchanged, type SourceShape } from '../check-source.ts';
import { refusalOf, tryAgain } from '../engines/ask.ts';
import { memorySource } from '../engines/memoryTable.ts';
import { isTable, type TableHead, type TableSeen } from '../engines/trinoTable.ts';
import { classFigures } from './classSizes.ts';
import { checkColumns, type Job } from './compile.ts';
import { digestOfFile, type OnPartial, openPartial, type Partial, toParquet } from './files.ts';
import { KEY_BYTES, keyFor, needsKey } from './keys.ts';
import { type DeidentifyPlan, deidentifyDigest, released } from './plan.ts';
import { measureRisk, type Risk, valueSizes } from './risk.ts';
import { tooHigh } from './smallClasses.ts';
import { shortfall } from './verify.ts';
import { type Written, writeRows } from './writeRows.ts';

export interface DeidentifyOptions {
  /** Where the result goes; Parquet where the name ends in `.parquet`, else CSV. */
  readonly output: string;
  /** One recipient's key, 32 bytes or more; undefined where no operation needs one. Used and forgotten. */
  readonly key: Uint8Array | undefined;
  /** Persons in the population that the rows were drawn from, for the estimate of uniqueness; undefined where nobody said. */
  readonly population: number | undefined;
  readonly sha256: Sha256;
  /** Hears the name of each file that is written beside the output. */
  readonly onPartial?: OnPartial;
}

/** What was made, by which everybody can name it. */
export interface Deidentified extends Written {
  readonly plan: string;
  /** SHA-256 of the file; null for a table on a cluster, which has none. */
  readonly input: string | null;
  /** What was read instead of a file. */
  readonly table?: TableSeen;
  readonly output: string;
  /** Counted on the result; null where the plan names no quasi-identifiers. */
  readonly risk: Risk | null;
}

/**
 * Runs a plan on a checked file, in one pass and in the order of its rows. The result is counted again as it stands in the new file, and
 * gets its name only if what the plan demands holds there: else there is no file. Refuses `column-missing`, `nothing-selected`,
 * `field-missing` / `field-invalid` for the key, `value-unreadable` with how many rows, `risk-too-high` with sizes, `preview-stale` when the
 * file changed meanwhile, `dataset-unreadable`. A table on a cluster has no order of its own: its rows come as the cluster gives them. A lost worker makes it begin
 * anew; of a cluster it refuses what refusalOf says.
 */
export async function deidentify(
  source: SourceShape | TableHead,
  plan: DeidentifyPlan,
  options: DeidentifyOptions,
): Promise<Result<Deidentified>> {
  const { key } = options;
  if (needsKey(plan) && key === undefined) return refuse('field-missing', 'key');
  if (key !== undefined && key.length < KEY_BYTES) return refuse('field-invalid', 'key');
  const job: Job = {
    plan,
    source: isTable(source) ? memorySource(source) : source,
    key: key === undefined ? undefined : keyFor('token', key),
  };
  const columns = checkColumns(job);
  if (!columns.ok) return columns;
  try {
    return await tryAgain(() => makeOnce(job, source, options));
  } catch (error) {
    return refusalOf(error);
  }
}

async function makeOnce(job: Job, source: SourceShape | TableHead, options: DeidentifyOptions): Promise<Result<Deidentified>> {
  const { plan } = job;
  const partial = await openPartial(options.output, options.onPartial);
  try {
    const written = await writeRows(job, source, { partial, key: options.key });
    if (!written.ok) return written;
    await partial.close();
    const risk = await checked(partial.path, plan, options);
    if (!risk.ok) return risk;
    if (!isTable(source) && !(await isUnchanged(source))) return refuse('preview-stale');
    await finish(partial, plan, options);
    const named = isTable(source) ? { input: null, table: source.seen } : { input: source.sha256 };
    const digests = { plan: deidentifyDigest(plan, options.sha256), ...named, output: await digestOfFile(options.output) };
    return ok({ ...digests, ...written.value, risk: risk.value });
  } finally {
    await partial.discard();
  }
}

async function finish(partial: Partial, plan: DeidentifyPlan, { output, onPartial }: DeidentifyOptions): Promise<void> {
  if (!output.toLowerCase().endsWith('.parquet')) return partial.keep();
  await toParquet(partial.path, { output, columns: released(plan).map(({ name }) => name), onPartial });
}

/** Reads the new file as whoever receives it would, and counts. */
async function checked(path: string, plan: DeidentifyPlan, { population }: DeidentifyOptions): Promise<Result<Risk | null>> {
  const made = await checkSource(
    path,
    'csv',
    released(plan).map(({ name }) => name),
  );
  if (!made.ok) return made;
  const rare = await rareValues(made.value, plan);
  if (rare !== undefined) return rare;
  if (plan.verify === null) return ok(null);
  const risk = await measureRisk(made.value, plan.verify, population);
  if (!risk.ok) return risk;
  const short = shortfall(risk.value, plan.verify);
  return short === undefined ? risk : short;
}

/** Rows that stayed behind may have taken a value below its least number with them. */
async function rareValues(made: SourceShape, plan: DeidentifyPlan): Promise<Result<never> | undefined> {
  for (const { name, operation } of released(plan)) {
    if (operation.op !== 'suppressIf') continue;
    const figures = classFigures(await valueSizes(made, name), operation.k);
    if (figures.rowsBelow > 0) return tooHigh(figures, operation.k);
  }
  return undefined;
}

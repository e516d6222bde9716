import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ok, type Result, refuse, utf8 } from '@comity/core';
import {
  ExtractRefused,
  KEY_REF,
  type Keys,
  lookAtSource,
  type MinimisePlan,
  type MinimiseReport,
  minimise,
  minimiseNeeds,
  previewMinimise,
  readMinimisePlan,
  type SourceHead,
  type TableHead,
} from '@comity/prepare/minimise';
import { Command } from 'commander';
import { print, readJson, refuseWith } from '../output.ts';
import { sourceAt } from '../prepare/source.ts';
import { minimisedLines, sampleLines } from '../prepare/tellMinimise.ts';
import { type Output, openOutput, STANDARD, writeOutput } from '../seal/ends.ts';
import { say } from '../words.ts';

interface Options {
  readonly items: string;
  readonly preview?: boolean;
  readonly output?: string;
  readonly report?: string;
  readonly key?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** `comity minimise FILE`: exactly the rows and columns that may leave. */
export function minimiseCommand(): Command {
  return new Command('minimise')
    .description(say('minimise'))
    .argument('<file>', say('prepare.file'))
    .requiredOption('--items <file>', say('minimise.items'))
    .option('--preview', say('minimise.preview'))
    .option('-o, --output <file>', say('minimise.output'))
    .option('--report <file>', say('minimise.report'))
    .option('--key <file>', say('minimise.key'))
    .option('--force', say('option.force'))
    .option('--json', say('option.json'))
    .addHelpText('after', `\n${say('minimise.help')}`)
    .action(run);
}

async function run(file: string, options: Options): Promise<void> {
  const asked = await readAsked(file, options);
  if (!asked.ok) return refuseWith(asked.refusal, options);
  const { plan, source } = asked.value;
  if (options.preview === true) return showPreview(plan, source, options);
  const keys = readKeys(options.key);
  if (!keys.ok) return refuseWith(keys.refusal, options);
  const target = outputOf(options);
  if (!target.ok) return refuseWith(target.refusal, options);
  const written = await writeTo(target.value.output, minimise(plan, source, keys.value));
  if (!written.ok) return refuseWith(written.refusal, options);
  const report = { ...written.value, nonce: plan.nonce };
  if (options.report !== undefined) {
    const kept = await writeOutput(options.report, utf8(`${JSON.stringify(report, null, 2)}\n`), options);
    if (!kept.ok) return refuseWith(kept.refusal, options);
  }
  const lines = options.json === true ? [JSON.stringify(report)] : minimisedLines(report, target.value.file);
  for (const line of lines) tell(line, target.value.file);
}

/** On standard error where standard output is the file itself. */
function tell(line: string, file: string): void {
  if (file === STANDARD) process.stderr.write(`${line}\n`);
  else print(line);
}

async function readAsked(
  file: string,
  { items }: Options,
): Promise<Result<{ readonly plan: MinimisePlan; readonly source: SourceHead | TableHead }>> {
  const json = readJson(items);
  if (!json.ok) return json;
  const plan = readMinimisePlan(json.value, randomBytes(32).toString('base64url'));
  if (!plan.ok) return plan;
  const needs = minimiseNeeds(plan.value);
  const source = await sourceAt(file, needs, (path, format) => lookAtSource(path, format, needs));
  return source.ok ? ok({ plan: plan.value, source: source.value }) : source;
}

function readKeys(file: string | undefined): Result<Keys> {
  if (file === undefined) return ok({});
  try {
    return ok({ [KEY_REF]: new Uint8Array(readFileSync(file)) });
  } catch {
    return refuse('not-found', file);
  }
}

function outputOf({ output, force }: Options): Result<{ readonly file: string; readonly output: Output }> {
  if (output === undefined) return refuse('field-missing', '--output');
  if (output.toLowerCase().endsWith('.parquet'))
    return refuse('field-invalid', '--output', { kind: say('minimise.not-parquet') });
  const opened = openOutput(output, { force: force === true });
  return opened.ok ? ok({ file: output, output: opened.value }) : opened;
}

/** The file is there when all of it is, or not at all. */
async function writeTo(output: Output, rows: ReturnType<typeof minimise>): Promise<Result<MinimiseReport>> {
  try {
    for await (const bytes of rows) await output.sink.write([bytes]);
  } catch (error) {
    output.drop();
    if (error instanceof ExtractRefused) return { ok: false, refusal: error.refusal };
    if (
      error instanceof Error &&
      'code' in error &&
      (error.code === 'ENOSPC' || error.code === 'EFBIG' || error.code === 'EDQUOT')
    )
      return refuse('storage-full', '--output');
    throw error;
  }
  output.keep();
  return ok(rows.report());
}

async function showPreview(plan: MinimisePlan, source: SourceHead | TableHead, options: Options): Promise<void> {
  const seen = await previewMinimise(plan, source);
  if (!seen.ok) return refuseWith(seen.refusal, options);
  if (options.json === true) return print(JSON.stringify(seen.value));
  for (const line of [...minimisedLines(seen.value, undefined), ...sampleLines(seen.value)]) print(line);
}

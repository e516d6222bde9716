import { createHash } from 'node:crypto';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Refusal, type Result, refuse } from '@comity/core';
import { checkSource, deidentify, readReversal, reverse, type SourceShape, type TableHead } from '@comity/prepare';
import { Command } from 'commander';
import { print, refuseWith } from '../output.ts';
import { readDay, readKeyFile } from '../prepare/deidentifyInputs.ts';
import { type Planned, type PlanOptions, planFrom } from '../prepare/deidentifyPlan.ts';
import { sourceAt } from '../prepare/source.ts';
import { linesOf, type Told, toldOf } from '../prepare/tellDeidentify.ts';
import { readZip3List, type Zip3List } from '../prepare/zip3.ts';
import { onSignal } from '../seal/ends.ts';
import { say } from '../words.ts';

interface Options extends PlanOptions {
  readonly output: string;
  readonly key?: string;
  readonly on?: string;
  readonly population?: string;
  readonly report?: string;
  readonly reverse?: readonly string[];
  readonly force?: boolean;
  readonly json?: boolean;
}

/** `comity deidentify FILE`: what identifies somebody is taken out or made coarser, and what is left is counted. */
export function deidentifyCommand(): Command {
  return new Command('deidentify')
    .description(say('deidentify'))
    .argument('<file>', say('prepare.file'))
    .option('--method <method>', say('deidentify.method'), 'safe-harbor')
    .requiredOption('-o, --output <file>', say('deidentify.output'))
    .option('--plan <file>', say('deidentify.plan'))
    .option('--classes <file>', say('deidentify.classes'))
    .option('--quasi <columns>', say('deidentify.quasi'))
    .option('--sensitive <columns>', say('deidentify.sensitive'))
    .option('--k <number>', say('deidentify.k'))
    .option('--l <number>', say('deidentify.l'))
    .option('--t <number>', say('deidentify.t'))
    .option('--suppress <share>', say('deidentify.suppress'))
    .option('--hierarchies <file>', say('deidentify.hierarchies'))
    .option('--population <number>', say('deidentify.population'))
    .option('--key <file>', say('deidentify.key'))
    .option('--on <date>', say('deidentify.on'))
    .option('--report <file>', say('deidentify.report'))
    .option('--reverse <column=how...>', say('deidentify.reverse'))
    .option('--force', say('option.force'))
    .option('--json', say('option.json'))
    .addHelpText('after', `\n${say('deidentify.help')}`)
    .action(run);
}

async function run(file: string, options: Options): Promise<void> {
  const folder = dirname(options.output);
  if (!existsSync(folder)) return refuseWith({ code: 'not-found', field: folder }, options);
  if (existsSync(options.output) && options.force !== true)
    return refuseWith({ code: 'file-exists', field: options.output }, options);
  // What was written so far was not counted yet: it does not outlive this program.
  const stop = onSignal(() => {
    for (const part of parts) rmSync(part, { force: true });
  });
  try {
    await (options.reverse === undefined ? release(file, options) : turnBack(file, options));
  } finally {
    stop();
  }
}

const parts: string[] = [];
const onPartial = (path: string): void => {
  parts.push(path);
};

async function release(file: string, options: Options): Promise<void> {
  const ready = await prepared(file, options);
  if (!ready.ok) return refuseWith(ready.refusal, options);
  const { source, planned, zip3, key, population } = ready.value;
  const made = await deidentify(source, planned.plan, { output: options.output, key, population, sha256, onPartial });
  if (!made.ok) return refuseWith(named(made.refusal), options);
  const told = toldOf(made.value, planned, { names: source.columns.map(({ name }) => name), zip3 });
  if (options.report !== undefined) writeFileSync(options.report, `${JSON.stringify(told, null, 2)}\n`, { mode: 0o600 });
  tell(told, options);
}

function tell(told: Told, options: Options): void {
  if (options.json === true) print(JSON.stringify(told));
  else for (const line of linesOf(told, options.output)) print(line);
}

interface Ready {
  readonly source: SourceShape | TableHead;
  readonly planned: Planned;
  readonly zip3: Zip3List;
  readonly key: Uint8Array | undefined;
  readonly population: number | undefined;
}

async function prepared(file: string, options: Options): Promise<Result<Ready>> {
  const on = readDay(options.on);
  if (!on.ok) return on;
  const population = options.population === undefined ? undefined : Number(options.population);
  if (population !== undefined && !(Number.isInteger(population) && population > 0))
    return refuse('field-invalid', '--population');
  const key = readKeyFile(options.key);
  if (!key.ok) return key;
  const zip3 = readZip3List();
  if (!zip3.ok) return zip3;
  const source = await sourceAt(file, [], (path, format) => checkSource(path, format, []));
  if (!source.ok) return source;
  const plan = await planFrom(options, { source: source.value, on: on.value, zip3: zip3.value });
  if (!plan.ok) return plan;
  return { ok: true, value: { source: source.value, planned: plan.value, zip3: zip3.value, key: key.value, population } };
}

/** The package speaks of a key; here it is an option. */
function named(refusal: Refusal): Refusal {
  return refusal.field === 'key' ? { ...refusal, field: '--key' } : refusal;
}

async function turnBack(file: string, options: Options): Promise<void> {
  const columns = (options.reverse ?? []).map(readReversal).filter((one) => one !== undefined);
  if (columns.length !== options.reverse?.length) return refuseWith({ code: 'field-invalid', field: '--reverse' }, options);
  const key = readKeyFile(options.key);
  if (!key.ok) return refuseWith(key.refusal, options);
  if (key.value === undefined) return refuseWith({ code: 'field-missing', field: '--key' }, options);
  const done = await reverse(file, columns, { output: options.output, key: key.value, onPartial });
  if (!done.ok) return refuseWith(named(done.refusal), options);
  const values = { file: options.output, rows: done.value.rows, columns: columns.map(({ name }) => name).join(', ') };
  print(options.json === true ? JSON.stringify({ ok: true, ...values }) : say('deidentify.reversed', values));
}

const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest());

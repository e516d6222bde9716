import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { ok, type Result, refuse, toInstant } from '@comity/core';
import {
  checkSource,
  csvOf,
  digestOf,
  epsilonOf,
  METHODS,
  type Method,
  readDomain,
  readZeros,
  type SynthesisPlan,
  type SynthesisSource,
  type Synthetic,
  synthesise,
} from '@comity/prepare';
import { Command } from 'commander';
import { print, readJson, refuseWith } from '../output.ts';
import { LEDGER, ledgerFile } from '../prepare/ledgerFile.ts';
import { type Reported, reportLanguage, writeReportPdf } from '../prepare/reportPdf.ts';
import { fileAt, tableAt } from '../prepare/source.ts';
import { judgedLines, linesOf, type Report, reportOn, type Told, toldOf } from '../prepare/tellSynthesis.ts';
import { say } from '../words.ts';

interface Options {
  readonly domain?: string;
  readonly zeros?: string;
  readonly method: string;
  readonly epsilon: string;
  readonly delta: string;
  readonly rows?: string;
  readonly subject?: string;
  readonly rowsPerSubject: string;
  readonly output: string;
  readonly report?: string;
  readonly reportPdf?: string;
  readonly language: string;
  readonly ledger?: string;
  readonly budget?: string;
  readonly json?: boolean;
}

/** `comity synthesise FILE`: a synthetic twin with a stated guarantee. */
export function synthesiseCommand(): Command {
  return new Command('synthesise')
    .description(say('synthesise'))
    .argument('<file>', say('prepare.file'))
    .option('--domain <file>', say('synthesise.domain'))
    .option('--zeros <file>', say('synthesise.zeros'))
    .option('--method <method>', say('synthesise.method'), 'aim')
    .requiredOption('--epsilon <number>', say('synthesise.epsilon'))
    .option('--delta <number>', say('synthesise.delta'), '1e-9')
    .option('--rows <number>', say('synthesise.rows'))
    .option('--subject <column>', say('synthesise.subject'))
    .option('--rows-per-subject <number>', say('synthesise.rowsPerSubject'), '1')
    .requiredOption('-o, --output <file>', say('prepare.output'))
    .option('--report <file>', say('synthesise.report'))
    .option('--report-pdf <file>', say('synthesise.report-pdf'))
    .option('--language <code>', say('risk.language'), 'en')
    .option('--ledger <file>', say('synthesise.ledger'))
    .option('--budget <number>', say('synthesise.budget'))
    .option('--json', say('option.json'))
    .addHelpText('after', `\n${say('synthesise.help')}`)
    .action(run);
}

async function run(file: string, options: Options): Promise<void> {
  const language = reportLanguage(options.language);
  if (!language.ok) return refuseWith(language.refusal, options);
  const plan = planFrom(options);
  if (!plan.ok) return refuseWith(plan.refusal, options);
  const source = await sourceIn(file);
  if (!source.ok) return refuseWith({ ...source.refusal, field: source.refusal.field ?? file }, options);
  const budget = options.budget === undefined ? undefined : Number(options.budget);
  if (budget !== undefined && !(budget > 0)) return refuseWith({ code: 'field-invalid', field: '--budget' }, options);
  const ledger = ledgerFile(options.ledger ?? LEDGER, budget);
  const random = (length: number): Uint8Array => randomBytes(length);
  const began = performance.now();
  const made = await synthesise(source.value, plan.value, {
    ledger,
    random,
    sha256: (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest()),
    at: toInstant(Date.now()),
    onSpent: options.json === true ? () => {} : showProgress,
  });
  if (!made.ok) return refuseWith(made.refusal, options);
  if (made.value === undefined) return;
  const synthetic = made.value;
  try {
    await writeRows(options.output, csvOf(synthetic, random));
    const spent = epsilonOf(ledger.spentOf(digestOf(source.value)).rho, plan.value.delta);
    const told = toldOf(synthetic, { plan: plan.value, source: source.value, spent });
    const made = (performance.now() - began) / 1000;
    const report = await reported(synthetic, options, { name: basename(file), language: language.value, told, made });
    if (options.json === true) print(JSON.stringify({ ...told, ...(report === undefined ? {} : { report }) }));
    else for (const line of linesOf(told, options)) print(line);
    if (report !== undefined && options.json !== true)
      for (const line of ['', say('synthesise.judged'), ...judgedLines(report)]) print(line);
  } finally {
    synthetic.data.close();
  }
}

async function sourceIn(file: string): Promise<Result<SynthesisSource>> {
  const table = tableAt(file);
  if (!table.ok) return table;
  return table.value === undefined ? fileAt(file, (path, format) => checkSource(path, format, [])) : ok(table.value);
}

function planFrom(options: Options): Result<SynthesisPlan> {
  const method = METHODS.find((one): one is Method => one === options.method);
  if (method === undefined) return refuse('field-invalid', '--method', { kind: METHODS.join(', ') });
  const numbers = {
    epsilon: Number(options.epsilon),
    delta: Number(options.delta),
    rows: Number(options.rows ?? 1),
    cap: Number(options.rowsPerSubject),
  };
  const [bad] = Object.entries(numbers).find(([, value]) => !Number.isFinite(value) || value <= 0) ?? [];
  if (bad !== undefined) return refuse('field-invalid', bad === 'cap' ? '--rows-per-subject' : `--${bad}`);
  const domain = options.domain === undefined ? ok(null) : readJson(options.domain);
  if (!domain.ok) return domain;
  const declared = domain.value === null ? ok(null) : readDomain(domain.value);
  if (!declared.ok) return declared;
  const stated = options.zeros === undefined ? ok([]) : readJson(options.zeros);
  if (!stated.ok) return stated;
  const zeros = readZeros(stated.value, declared.value ?? []);
  if (!zeros.ok) return zeros;
  return ok({
    v: 1,
    method,
    epsilon: numbers.epsilon,
    delta: numbers.delta,
    subject: options.subject === undefined ? null : { column: options.subject, rows: numbers.cap },
    domain: declared.value,
    zeros: zeros.value,
    rows: options.rows === undefined ? null : numbers.rows,
    // Nothing is set aside where nothing is judged: all rows are learned from.
    judge: options.report === undefined && options.reportPdf === undefined ? 0 : 0.2,
  });
}

interface Reporting extends Pick<Reported, 'name' | 'language'> {
  readonly told: Told;
  /** Seconds that it took so far. */
  readonly made: number;
}

/** Judges what was made, and writes the report where one is asked for. */
async function reported(synthetic: Synthetic, options: Options, asked: Reporting): Promise<Report | undefined> {
  const { report: json, reportPdf: pdf } = options;
  if (json === undefined && pdf === undefined) return undefined;
  const began = performance.now();
  const report = await reportOn(synthetic);
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(report, null, 2)}\n`, { mode: 0o600 });
  if (pdf === undefined) return report;
  const { made, told, ...about } = asked;
  const judged = (performance.now() - began) / 1000;
  const { learn, judge } = synthetic.data.rows;
  const cost = { rows: learn + judge, made, judged, memory: process.resourceUsage().maxRSS * 1024 };
  await writeReportPdf(pdf, { ...about, judged: report, rows: told.rows, columns: told.columns, told, cost });
  return report;
}

function showProgress(share: number): void {
  if (process.stderr.isTTY)
    process.stderr.write(`\r${say('synthesise.progress', { percent: Math.round(share * 100) })}${share === 1 ? '\n' : ''}`);
}

/** Writes beside the name first, so that there is a whole file or none. */
async function writeRows(path: string, chunks: Iterable<string>): Promise<void> {
  const partial = `${path}.partial`;
  try {
    const file = createWriteStream(partial, { mode: 0o600 });
    for (const chunk of chunks) if (!file.write(chunk)) await once(file, 'drain');
    file.end();
    await once(file, 'close');
    renameSync(partial, path);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}

import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import type { Result } from '@comity/core';
import { checkSource, compareFiles, type SourceShape } from '@comity/prepare';
import { Command } from 'commander';
import { print, refuseWith } from '../output.ts';
import { reportLanguage, writeReportPdf } from '../prepare/reportPdf.ts';
import { fileAt } from '../prepare/source.ts';
import { judgedLines } from '../prepare/tellSynthesis.ts';
import { say } from '../words.ts';

interface Options {
  readonly holdout?: string;
  readonly label?: string;
  readonly pdf?: string;
  readonly language: string;
  readonly json?: boolean;
}

/** `comity risk REAL SYNTHETIC`: how alike, how useful, and what attacks get out of it, whoever made it. */
export function riskCommand(): Command {
  return new Command('risk')
    .description(say('risk'))
    .argument('<real>', say('risk.real'))
    .argument('<synthetic>', say('risk.synthetic'))
    .option('--holdout <file>', say('risk.holdout'))
    .option('--label <column>', say('risk.label'))
    .option('--pdf <file>', say('risk.pdf'))
    .option('--language <code>', say('risk.language'), 'en')
    .option('--json', say('option.json'))
    .action(run);
}

async function run(real: string, synthetic: string, options: Options): Promise<void> {
  const language = reportLanguage(options.language);
  if (!language.ok) return refuseWith(language.refusal, options);
  const sources: SourceShape[] = [];
  for (const file of [real, synthetic, ...(options.holdout === undefined ? [] : [options.holdout])]) {
    const source: Result<SourceShape> = await fileAt(file, (path, format) => checkSource(path, format, []));
    if (!source.ok) return refuseWith({ ...source.refusal, field: source.refusal.field ?? file }, options);
    sources.push(source.value);
  }
  const [a, b, holdout] = sources;
  if (a === undefined || b === undefined) return;
  const judged = await compareFiles({ real: a, synthetic: b, holdout, label: options.label }, (length) => randomBytes(length));
  if (!judged.ok) return refuseWith(judged.refusal, options);
  if (options.pdf !== undefined) {
    const { rows, columns } = judged.value;
    const about = { name: `${basename(real)} (${basename(synthetic)})`, language: language.value, told: undefined, cost: null };
    await writeReportPdf(options.pdf, { ...about, judged: judged.value, rows, columns });
  }
  if (options.json === true) print(JSON.stringify({ ...judged.value, internal: true }));
  else for (const line of judgedLines(judged.value)) print(line);
}

import { type BulkThresholds, checkSource, factsOfScan, type ScanFacts, type ScanReport, scanBeside } from '@comity/prepare';
import { Command } from 'commander';
import { print, readJson, refuseWith } from '../output.ts';
import { inRepository } from '../places.ts';
import { sourceAt } from '../prepare/source.ts';
import { regimesOf, scanLines } from '../prepare/tellScan.ts';
import { say } from '../words.ts';

interface Options {
  readonly subject?: string;
  readonly country?: string;
  readonly seed: string;
  readonly nothingElse?: boolean;
  readonly json?: boolean;
}

/** `comity scan FILE`: what a data set holds, and which rules that falls under. Never prints a value. */
export function scanCommand(): Command {
  return new Command('scan')
    .description(say('scan'))
    .argument('<file>', say('prepare.file'))
    .option('--subject <column>', say('scan.subject'))
    .option('--country <codes>', say('scan.country'))
    .option('--seed <number>', say('scan.seed'), '1')
    .option('--nothing-else', say('scan.nothing-else'))
    .option('--json', say('option.json'))
    .addHelpText('after', `\n${say('scan.help')}`)
    .action(run);
}

async function run(file: string, options: Options): Promise<void> {
  const seed = Number(options.seed);
  if (!Number.isSafeInteger(seed) || seed < 0) return refuseWith({ code: 'field-invalid', field: '--seed' }, options);
  const countries = options.country === undefined ? [] : options.country.toUpperCase().split(',');
  if (!countries.every((code) => /^[A-Z]{2}$/.test(code)))
    return refuseWith({ code: 'field-invalid', field: '--country' }, options);
  const { subject } = options;
  const source = await sourceAt(file, subject === undefined ? [] : [subject], (path, format) => checkSource(path, format, []));
  if (!source.ok) return refuseWith(source.refusal, options);
  const scanned = await scanBeside(source.value, { ...(subject === undefined ? {} : { subject }), countries, seed });
  if (!scanned.ok) return refuseWith(scanned.refusal, options);
  const facts = factsIn(scanned.value, options);
  if (options.json === true) {
    const told = { ...scanned.value, regimes: Object.fromEntries(regimesOf(scanned.value)) };
    print(JSON.stringify(facts === undefined ? told : { ...told, ...facts }));
  } else for (const line of scanLines(scanned.value, facts)) print(line);
}

/** The facts that follow; undefined where the thresholds are not at hand, as in a package without the law beside it. */
function factsIn(report: ScanReport, { nothingElse }: Options): ScanFacts | undefined {
  const file = inRepository('law', 'thresholds', 'us.dsp.json');
  const read = file === undefined ? undefined : readJson(file);
  if (read?.ok !== true) return undefined;
  // Ours, and held against the pack by a test.
  const { over } = read.value as { readonly over: BulkThresholds };
  const asOf = new Date().toISOString().slice(0, 10);
  return factsOfScan(report, { asOf, thresholds: over, nothingElseSent: nothingElse === true });
}

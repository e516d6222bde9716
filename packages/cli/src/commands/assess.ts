import { assess, decisionRecord, toContractLine, type Verdict } from '@comity/assess';
import { isJsonObject } from '@comity/core';
import { sha256 } from '@comity/node/keys';
import { Command } from 'commander';
import { EXIT, parseJson, print, readText, refuseWith } from '../output.ts';
import { PACKS } from '../places.ts';
import { type Asked, type Laws, lawsIn, readAsked, readTransfer } from '../transfer/read.ts';
import { assessmentLines } from '../transfer/words.ts';
import { say } from '../words.ts';

interface Options {
  readonly batch?: string;
  readonly on?: string;
  readonly law: string;
  readonly json?: boolean;
}

/** The exit code carries the verdict; 1 is for input that cannot be used. */
const CODES: Readonly<Record<Verdict, number>> = {
  free: 0,
  conditional: 0,
  prohibited: 2,
  undecided: 3,
  authorisation: 4,
  conflict: 5,
};

/** `comity assess`: may these data go there? One transfer from a file, or one a line. */
export function assessCommand(): Command {
  return new Command('assess')
    .description(say('assess'))
    .argument('[file]', say('transfer.file'))
    .option('--batch <file>', say('assess.batch'))
    .option('--on <day>', say('assess.on'))
    .option('--law <dir>', say('assess.law'), PACKS)
    .option('--json', say('option.json'))
    .addHelpText('after', `\n${say('assess.codes')}`)
    .action(run);
}

function run(file: string | undefined, options: Options): void {
  const source = options.batch ?? file;
  if (source === undefined) {
    refuseWith({ code: 'field-missing', field: 'FILE, --batch' }, options);
    return;
  }
  if (options.batch === undefined) one(source, options);
  else batch(source, options);
}

function one(file: string, options: Options): void {
  const asked = readTransfer(file, lawsIn(options.law), options.on);
  if (!asked.ok) {
    refuseWith(asked.refusal, options);
    return;
  }
  const assessment = assess(asked.value.law, asked.value);
  process.exitCode = CODES[assessment.verdict];
  if (options.json === true) {
    const record = decisionRecord(assessment, asked.value.facts, sha256);
    print(JSON.stringify({ ...toContractLine(asked.value.id, assessment), missing: assessment.missing, record }));
    return;
  }
  for (const line of assessmentLines(assessment)) print(line);
}

/** One line in, one line out; a line that cannot be used is answered with its refusal in its place, and the exit code is 1. */
function batch(file: string, options: Options): void {
  const text = readText(file);
  if (!text.ok) {
    refuseWith(text.refusal, options);
    return;
  }
  const laws = lawsIn(options.law);
  const lines = text.value.split('\n').filter((line) => line.trim() !== '');
  const out = lines.map((line) => answerLine(line, laws, options));
  if (out.length > 0) print(out.join('\n'));
}

function answerLine(line: string, laws: Laws, options: Options): string {
  const json = parseJson(line, '');
  const dated = json.ok && isJsonObject(json.value) && options.on !== undefined ? { ...json.value, on: options.on } : undefined;
  const asked = json.ok ? readAsked(laws, dated ?? json.value) : json;
  if (!asked.ok) process.exitCode = EXIT.refused;
  const id = json.ok && isJsonObject(json.value) && typeof json.value['id'] === 'string' ? json.value['id'] : null;
  const answer = asked.ok ? lineOf(asked.value) : { id, refusal: asked.refusal };
  if (options.json === true) return JSON.stringify(answer);
  return `${answer.id}\t${'verdict' in answer ? answer.verdict : answer.refusal.code}`;
}

function lineOf(asked: Asked): ReturnType<typeof toContractLine> {
  return toContractLine(asked.id, assess(asked.law, asked));
}

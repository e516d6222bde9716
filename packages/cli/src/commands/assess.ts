import { type Assessment, assess, decisionRecord, type Law, toContractLine, validateFacts } from '@comity/assess';
import { type Facts, isDay, isJsonObject, ok, type Result, refuse } from '@comity/core';
import { sha256 } from '@comity/node/keys';
import { loadLaw } from '@comity/node/law';
import { Command } from 'commander';
import { EXIT, parseJson, print, readText, refuseWith } from '../output.ts';
import { PACKS } from '../places.ts';
import { say } from '../words.ts';

interface Options {
  readonly facts?: string;
  readonly batch?: string;
  readonly on?: string;
  readonly law: string;
  readonly json?: boolean;
}

interface Asked {
  readonly id: string;
  readonly on: string;
  readonly facts: Facts;
}

/** `comity assess`: may these data go there? One transfer from a file, or one a line. */
export function assessCommand(): Command {
  return new Command('assess')
    .description(say('assess'))
    .option('--facts <file>', say('assess.facts'))
    .option('--batch <file>', say('assess.batch'))
    .option('--on <day>', say('assess.on'))
    .option('--law <dir>', say('assess.law'), PACKS)
    .option('--json', say('option.json'))
    .action(run);
}

function run(options: Options): void {
  const file = options.batch ?? options.facts;
  if (file === undefined) {
    refuseWith({ code: 'field-missing', field: '--facts, --batch' }, options);
    return;
  }
  const text = readText(file);
  if (!text.ok) {
    refuseWith(text.refusal, options);
    return;
  }
  const law = loadLaw(options.law).assess;
  if (options.batch === undefined) one(law, { text: text.value, options });
  else batch(law, { text: text.value, options });
}

function one(law: Law, { text, options }: { readonly text: string; readonly options: Options }): void {
  const asked = readOne(law, { text, options });
  if (!asked.ok) {
    refuseWith(asked.refusal, options);
    return;
  }
  const assessment = assess(law, asked.value);
  if (options.json === true) {
    const record = decisionRecord(assessment, asked.value.facts, sha256);
    print(JSON.stringify({ ...toContractLine(asked.value.id, assessment), missing: assessment.missing, record }));
    return;
  }
  for (const line of linesOf(assessment)) print(line);
}

function readOne(law: Law, { text, options }: { readonly text: string; readonly options: Options }): Result<Asked> {
  const json = parseJson(text, options.facts ?? '');
  if (!json.ok) return json;
  const wrapped = isJsonObject(json.value) && isJsonObject(json.value['facts']) ? json.value : { facts: json.value };
  const today = new Date().toISOString().slice(0, 10);
  return readAsked(law, {
    id: 'id' in wrapped ? wrapped['id'] : '1',
    on: options.on ?? ('on' in wrapped ? wrapped['on'] : today),
    facts: wrapped.facts,
  });
}

/** One line in, one line out; a line that cannot be used is answered with its refusal in its place, and the exit code is 1. */
function batch(law: Law, { text, options }: { readonly text: string; readonly options: Options }): void {
  const out: string[] = [];
  for (const line of text.split('\n').filter((candidate) => candidate.trim() !== '')) {
    const json = parseJson(line, '');
    const asked = json.ok ? readAsked(law, json.value) : json;
    if (!asked.ok) process.exitCode = EXIT.refused;
    const id = json.ok && isJsonObject(json.value) && typeof json.value['id'] === 'string' ? json.value['id'] : null;
    const answer = asked.ok ? toContractLine(asked.value.id, assess(law, asked.value)) : { id, refusal: asked.refusal };
    out.push(
      options.json === true
        ? JSON.stringify(answer)
        : `${answer.id}\t${'verdict' in answer ? answer.verdict : answer.refusal.code}`,
    );
  }
  if (out.length > 0) print(out.join('\n'));
}

function readAsked(law: Law, value: unknown): Result<Asked> {
  if (!isJsonObject(value)) return refuse('field-invalid', 'line', { kind: 'object' });
  const { id, on, facts } = value;
  if (typeof id !== 'string') return refuse('field-missing', 'id');
  if (!isDay(on)) return refuse('field-invalid', 'on', { kind: 'YYYY-MM-DD' });
  const known = validateFacts(law.vocabulary, facts);
  return known.ok ? ok({ id, on, facts: known.value }) : known;
}

function linesOf(assessment: Assessment): readonly string[] {
  const regimes = Object.entries(assessment.regimes).flatMap(([name, regime]) => [
    `  ${name}: ${say(`verdict.${regime.verdict}`)}`,
    ...regime.because.map(({ says, cite }) => `    ${says} (${cite})`),
    ...(regime.duties.length === 0
      ? []
      : [`    ${say('assess.duties', { list: regime.duties.map(({ duty }) => duty).join(', ') })}`]),
    ...(regime.missing.length === 0 ? [] : [`    ${say('assess.missing', { list: regime.missing.join(', ') })}`]),
  ]);
  const until = assessment.lawfulUntil === null ? [] : [say('assess.until', { day: assessment.lawfulUntil })];
  const notAssessed =
    assessment.notAssessed.length === 0 ? [] : [say('assess.not-assessed', { list: assessment.notAssessed.join(', ') })];
  return [say(`verdict.${assessment.verdict}`), ...regimes, ...until, ...notAssessed];
}

import { askGates, type GateAnswer, mayGo, readGateQuestion, toGateLine } from '@comity/assess';
import { isJsonObject } from '@comity/core';
import { Command } from 'commander';
import { EXIT, parseJson, print, readText, refuseWith } from '../output.ts';
import { PACKS } from '../places.ts';
import { type Laws, lawsIn, readFacts } from '../transfer/read.ts';
import { say } from '../words.ts';

interface Options {
  readonly batch?: string;
  readonly on?: string;
  readonly law: string;
  readonly json?: boolean;
}

/** Answers on which nothing goes on. */
const STOPS: readonly string[] = ['blocked', 'refused', 'withdraw', 'quarantine'];

/** `comity gate`: may this step be taken? One step from a file, or one a line. */
export function gateCommand(): Command {
  return new Command('gate')
    .description(say('gate'))
    .argument('[file]', say('gate.file'))
    .option('--batch <file>', say('gate.batch'))
    .option('--on <day>', say('assess.on'))
    .option('--law <dir>', say('assess.law'), PACKS)
    .option('--json', say('option.json'))
    .addHelpText('after', `\n${say('gate.codes')}`)
    .action(run);
}

function run(file: string | undefined, options: Options): void {
  const source = options.batch ?? file;
  if (source === undefined) refuseWith({ code: 'field-missing', field: 'FILE, --batch' }, options);
  else if (options.batch === undefined) one(source, options);
  else batch(source, options);
}

function one(file: string, options: Options): void {
  const json = readFacts(file, options.on);
  const { gates } = lawsIn(options.law);
  const question = json.ok ? readGateQuestion(gates, json.value) : json;
  if (!question.ok) {
    refuseWith(question.refusal, options);
    return;
  }
  const answer = askGates(gates, question.value);
  process.exitCode = codeOf(answer);
  if (options.json === true) print(JSON.stringify({ ...toGateLine('1', answer), gates: answer.gates }));
  else for (const line of linesOf(answer)) print(line);
}

function codeOf({ decision, missing }: GateAnswer): number {
  if (mayGo(decision)) return EXIT.ok;
  if (decision === 'blocked' && missing.length > 0) return 3;
  return STOPS.includes(decision) ? 2 : 4;
}

function linesOf(answer: GateAnswer): readonly string[] {
  const { decision, due, clock, missing, unstated, tasks, because, stops } = answer;
  const formal = clock?.formal === undefined ? undefined : say('gate.due.both', { due: due ?? '', formal: clock.formal });
  return [
    say(`decision.${decision}`),
    ...(due === null ? [] : [formal ?? say('gate.due', { due })]),
    ...(answer.notify ? [say('gate.notify')] : []),
    ...listLine('gate.tasks', tasks),
    ...listLine('assess.missing', missing),
    say(stops.length > 0 ? 'gate.stops' : 'gate.because'),
    ...because.map(({ says, cite, confirmed }) => {
      const doubt = confirmed === 'official' ? '' : `; ${say(`confirmed.${confirmed}`)}`;
      return `  ${says} (${cite}${doubt})`;
    }),
    ...listLine('gate.unstated', unstated),
    say('gate.unreviewed'),
  ];
}

function listLine(key: string, list: readonly string[]): readonly string[] {
  return list.length === 0 ? [] : [say(key, { list: list.join(', ') })];
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

function answerLine(line: string, { gates }: Laws, options: Options): string {
  const json = parseJson(line, '');
  const body = json.ok && isJsonObject(json.value) ? json.value : undefined;
  const dated = body === undefined || options.on === undefined ? body : { ...body, on: options.on };
  const question = json.ok ? readGateQuestion(gates, dated ?? json.value) : json;
  if (!question.ok) process.exitCode = EXIT.refused;
  const id = typeof body?.['id'] === 'string' ? body['id'] : null;
  const answer = question.ok ? toGateLine(id ?? '1', askGates(gates, question.value)) : { id, refusal: question.refusal };
  if (options.json === true) return JSON.stringify(answer);
  return `${answer.id}\t${'decision' in answer ? answer.decision : answer.refusal.code}`;
}

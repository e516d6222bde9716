import { isJsonObject, type JsonObject, parseClockLength, type Result, refuse } from '@comity/core';
import { readCondition } from '../condition.ts';
import { loadPack } from '../load.ts';
import type { Condition, Pack } from '../pack.ts';
import { complain, noProblems, readList, readObject, readText, readTexts, readWord, settle } from '../problems.ts';
import { readCite, readSpan } from '../readcite.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { DESK, GATE_DECISIONS, type GateClock, type GatePack, type GateStep, type GateTask } from './gate.ts';
import { type Reading, readForecast, readGated, readGround, readRoute } from './loadroutes.ts';

const HEAD = ['version', 'vocabulary', 'title', 'reviewed', 'sources', 'regions', 'define'];
const KEYS = [
  'gate',
  ...HEAD,
  'uses',
  'instruments',
  'findings',
  'steps',
  'clocks',
  'tasks',
  'notify',
  'forecast',
  'routes',
  'procedures',
];
const STEP_KEYS = ['id', 'cite', 'says', 'force', 'when', 'stop', 'need', 'else', 'give', 'final', 'tasks', 'ground'];
const ALWAYS: Condition = { op: 'all', of: [] };

/**
 * Reads a gate. Foreign input like any pack: closed schema, bounded, no code; sources, regions and definitions are read as a pack's are.
 * In: JSON, and the cooperation vocabulary. Out: the gate, or `pack-invalid` naming the field and the reason.
 */
export function loadGate(json: unknown, vocabulary: Vocabulary): Result<GatePack> {
  if (!isJsonObject(json)) return refuse('pack-invalid', 'gate', { reason: 'not-an-object' });
  const gate = json['gate'];
  // The desk's own rules are no regime of law: they say nothing of a transfer, only of what the desk does.
  if (gate !== DESK && !vocabulary.regimes.some((regime) => regime === gate))
    return refuse('pack-invalid', 'gate', { reason: 'word-unknown', given: String(gate) });
  const head = Object.fromEntries(HEAD.flatMap((key) => (key in json ? [[key, json[key]]] : [])));
  const pack = loadPack({ ...head, pack: `gate.${gate}`, regime: vocabulary.regimes[0], rules: [] }, vocabulary);
  return pack.ok ? readGate(json, pack.value, vocabulary) : pack;
}

function readGate(json: JsonObject, pack: Pack, vocabulary: Vocabulary): Result<GatePack> {
  const problems = noProblems();
  const top = readObject(json, 'gate', { problems, allowed: KEYS });
  const reading: Reading = {
    vocabulary,
    problems,
    sources: pack.sources,
    regions: new Set(pack.regions.keys()),
    definitions: new Set(pack.define.keys()),
    budget: { tests: 0, exceptions: 0 },
  };
  const listed = (key: string): readonly unknown[] => readList(top[key] ?? [], key, problems);
  const { version, title, reviewed, sources, regions, define } = pack;
  const steps = readList(top['steps'], 'steps', problems).map((step, i) => readStep(step, `steps.${i}`, reading));
  checkSteps(steps, reading);
  return settle(problems, {
    gate: String(top['gate']),
    ...{ version, vocabulary: vocabulary.id, title, reviewed, sources, regions, define },
    instruments: readKnown(listed('instruments'), 'instruments', { problems, words: instrumentsOf(vocabulary) }),
    findings: readKnown(listed('findings'), 'findings', { problems, words: [...vocabulary.facts.keys()] }),
    steps,
    clocks: listed('clocks').map((clock, i) => readClock(clock, `clocks.${i}`, reading)),
    tasks: listed('tasks').map((task, i) => readTask(task, `tasks.${i}`, reading)),
    forecast: listed('forecast').map((rule, i) => readForecast(rule, `forecast.${i}`, reading)),
    procedures: listed('procedures').map((one, i) => readGated(one, `procedures.${i}`, reading)),
    routes: listed('routes').map((route, i) => readRoute(route, `routes.${i}`, reading)),
    ...(top['notify'] === undefined ? {} : { notify: readNotify(top['notify'], reading) }),
    json,
  });
}

function instrumentsOf(vocabulary: Vocabulary): readonly string[] {
  return vocabulary.facts.get('order.instrument')?.values ?? [];
}

function readKnown(list: readonly unknown[], at: string, check: Parameters<typeof readWord<string>>[2]): readonly string[] {
  return list.map((word, i) => readWord(word, `${at}.${i}`, check));
}

function readStep(value: unknown, at: string, reading: Reading): GateStep {
  const { problems } = reading;
  const raw = readObject(value, at, { problems, allowed: STEP_KEYS });
  const base = {
    id: readText(raw['id'], `${at}.id`, problems),
    cite: readCite(raw['cite'], `${at}.cite`, reading),
    says: readText(raw['says'], `${at}.says`, problems),
    force: raw['force'] === undefined ? { from: '0001-01-01' } : readSpan(raw['force'], `${at}.force`, problems),
    when: raw['when'] === undefined ? ALWAYS : readCondition(raw['when'], `${at}.when`, reading),
    tasks: readTexts(raw['tasks'] ?? [], `${at}.tasks`, problems).map((task) => knownTask(task, `${at}.tasks`, reading)),
    ...readGround(raw['ground'], `${at}.ground`, reading),
  };
  const kinds = (['stop', 'need', 'give'] as const).filter((key) => raw[key] !== undefined);
  if (kinds.length !== 1) complain(problems, at, 'one-of-stop-need-give', kinds.join(', '));
  const decided = (key: string): GateStep['decision'] => readWord(raw[key], `${at}.${key}`, { problems, words: GATE_DECISIONS });
  if (raw['need'] !== undefined) {
    const decision = raw['else'] === undefined ? 'blocked' : decided('else');
    return { ...base, kind: 'need', need: readCondition(raw['need'], `${at}.need`, reading), decision };
  }
  if (raw['stop'] !== undefined) return { ...base, kind: 'stop', decision: decided('stop') };
  return { ...base, kind: 'give', decision: decided('give'), final: raw['final'] === true };
}

function knownTask(task: string, at: string, { vocabulary, problems }: Reading): string {
  if (!vocabulary.duties.has(task)) complain(problems, at, 'duty-unknown', task);
  return task;
}

function readClock(value: unknown, at: string, reading: Reading): GateClock {
  const raw = readObject(value, at, { problems: reading.problems, allowed: ['due', 'when', 'cite'] });
  const due = readText(raw['due'], `${at}.due`, reading.problems);
  if (!isLength(due)) complain(reading.problems, `${at}.due`, 'not-a-length', due);
  return { due, when: readCondition(raw['when'], `${at}.when`, reading), cite: readCite(raw['cite'], `${at}.cite`, reading) };
}

function isLength(text: string): boolean {
  try {
    return parseClockLength(text) !== undefined;
  } catch {
    // The reader of lengths throws on what is none; here that is a fault of a file.
    return false;
  }
}

function readTask(value: unknown, at: string, reading: Reading): GateTask {
  const { problems } = reading;
  const raw = readObject(value, at, { problems, allowed: ['do', 'when', 'decisions'] });
  const decisions = readList(raw['decisions'] ?? [], `${at}.decisions`, problems).map((word, i) =>
    readWord(word, `${at}.decisions.${i}`, { problems, words: GATE_DECISIONS }),
  );
  return {
    task: knownTask(readText(raw['do'], `${at}.do`, problems), `${at}.do`, reading),
    when: readCondition(raw['when'], `${at}.when`, reading),
    ...(decisions.length === 0 ? {} : { decisions }),
  };
}

function readNotify(value: unknown, reading: Reading): NonNullable<GatePack['notify']> {
  const raw = readObject(value, 'notify', { problems: reading.problems, allowed: ['when', 'cite'] });
  return { when: readCondition(raw['when'], 'notify.when', reading), cite: readCite(raw['cite'], 'notify.cite', reading) };
}

/** Ids are unique, and the last step answers whatever came through: a gate never ends without an answer. */
function checkSteps(steps: readonly GateStep[], { problems }: Reading): void {
  const ids = steps.map(({ id }) => id);
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) complain(problems, 'steps', 'id-twice', id);
  const last = steps.at(-1);
  const closes = last !== undefined && last.kind !== 'need' && last.when.op === 'all' && last.when.of.length === 0;
  if (!closes) complain(problems, 'steps', 'last-step-must-answer', last?.id);
}

import { type Day, isDay, type JsonObject, type Result, refuse } from '@comity/core';
import { type ConditionContext, readCondition } from './condition.ts';
import type { Condition, Definition, DutyRule, Example, Exception, Need, Pack, Region, Rule, Source } from './pack.ts';
import { RULE_KINDS } from './pack.ts';
import { complain, noProblems, type Problems, readList, readObject, readText, readTexts, readWord, settle } from './problems.ts';
import { readCite, readSays, readSources, readSpan } from './readcite.ts';
import { findLoops, promiseUnderNot, tooWide } from './soundness.ts';
import type { Vocabulary } from './vocabulary.ts';

const PACK_KEYS = [
  'pack',
  'version',
  'vocabulary',
  'regime',
  'title',
  'reviewed',
  'sources',
  'regions',
  'define',
  'derived',
  'exceptions',
  'rules',
];
const RULE_KEYS = ['id', 'kind', 'cite', 'says', 'force', 'enacted', 'route', 'when', 'unless', 'needs', 'duties', 'examples'];
const EXCEPTION_KEYS = ['id', 'kind', 'cite', 'says', 'force', 'when', 'unless', 'needs', 'duties'];
const EXPECTATIONS = ['prohibited', 'authorisation', 'undecided', 'conditional', 'silent'] as const;
const ALWAYS: Condition = { op: 'all', of: [] };
/** No law is larger: what is goes unread. */
export const MAX_PACK_BYTES = 4_000_000;
const MAX_NODES = 100_000;
const MAX_NESTING = 80;
const MAX_EXCEPTIONS = 5000;
const NO_EXCEPTION: Exception = {
  id: '',
  kind: 'exemption',
  cite: { ref: '' },
  says: '',
  force: { from: '1970-01-01' },
  when: { op: 'any', of: [] },
  needs: [],
  duties: [],
  unless: [],
};

interface Reading extends ConditionContext {
  readonly vocabulary: Vocabulary;
  readonly shared: JsonObject;
  readonly sources: ReadonlyMap<string, Source>;
}

/**
 * Reads a pack. Packs travel between organisations, so this is foreign input: closed schema, bounded size and depth, no code.
 * In: JSON, and the vocabulary it must be written in. Out: the pack, or `pack-invalid` naming the field and the reason.
 */
export function loadPack(json: unknown, vocabulary: Vocabulary): Result<Pack> {
  if (!isModest(json)) return refuse('pack-invalid', 'pack', { reason: 'too-large' });
  const problems = noProblems();
  const top = readObject(json, 'pack', { problems, allowed: PACK_KEYS });
  const regions = readObject(top['regions'] ?? {}, 'regions', { problems });
  const define = readObject(top['define'] ?? {}, 'define', { problems });
  const shared = readObject(top['exceptions'] ?? {}, 'exceptions', { problems });
  const reading: Reading = {
    vocabulary,
    problems,
    shared,
    sources: readSources(top['sources'], problems),
    regions: new Set(Object.keys(regions)),
    definitions: new Set(Object.keys(define)),
    budget: { tests: 0, exceptions: 0 },
  };
  const pack: Pack = {
    ...readHead(top, reading),
    sources: reading.sources,
    regions: new Map(Object.keys(regions).map((name) => [name, readRegion(regions[name], `regions.${name}`, reading)])),
    define: new Map(Object.keys(define).map((name) => [name, readDefinition(define[name], `define.${name}`, reading)])),
    rules: readList(top['rules'], 'rules', problems).map((rule, i) => readRule(rule, `rules.${i}`, reading)),
    json,
  };
  checkWhole(pack, reading);
  return settle(problems, pack);
}

function readHead(
  top: JsonObject,
  reading: Reading,
): Pick<Pack, 'id' | 'version' | 'vocabulary' | 'regime' | 'title' | 'reviewed' | 'derived'> {
  const { problems, vocabulary } = reading;
  const reviewed = readObject(top['reviewed'], 'reviewed', { problems, allowed: ['by', 'on', 'next'] });
  const derived = readObject(top['derived'] ?? {}, 'derived', { problems, allowed: vocabulary.derived });
  const version = top['version'];
  if (!Number.isInteger(version)) complain(problems, 'version', 'not-a-number', version);
  if (top['vocabulary'] !== vocabulary.id) complain(problems, 'vocabulary', 'vocabulary-differs', top['vocabulary']);
  const map = new Map(Object.keys(derived).map((name) => [name, readText(derived[name], `derived.${name}`, problems)]));
  for (const [name, use] of map)
    if (!reading.definitions.has(use)) complain(problems, `derived.${name}`, 'definition-unknown', use);
  return {
    id: readText(top['pack'], 'pack', problems),
    version: typeof version === 'number' ? version : 0,
    vocabulary: vocabulary.id,
    regime: readWord(top['regime'], 'regime', { problems, words: vocabulary.regimes }),
    title: readText(top['title'], 'title', problems),
    reviewed: {
      by: readTexts(reviewed['by'], 'reviewed.by', problems),
      on: dayOrNull(reviewed['on']),
      next: dayOrNull(reviewed['next']),
    },
    derived: map,
  };
}

function readRegion(value: unknown, at: string, reading: Reading): Region {
  const raw = readObject(value, at, { problems: reading.problems, allowed: ['cite', 'says', 'members'] });
  const members = readList(raw['members'], `${at}.members`, reading.problems).map((member, i) => {
    const entry = readObject(member, `${at}.members.${i}`, {
      problems: reading.problems,
      allowed: ['codes', 'from', 'until', 'note'],
    });
    const codes = readTexts(entry['codes'], `${at}.members.${i}.codes`, reading.problems);
    for (const code of codes)
      if (!reading.vocabulary.countries.has(code)) complain(reading.problems, `${at}.members.${i}`, 'value-unknown', code);
    const { from, until } = entry;
    return { codes, ...readSpan(until === undefined ? { from } : { from, until }, `${at}.members.${i}`, reading.problems) };
  });
  return { cite: readCite(raw['cite'], `${at}.cite`, reading), ...readSays(raw['says']), members };
}

function readDefinition(value: unknown, at: string, reading: Reading): Definition {
  const { problems } = reading;
  const raw = readObject(value, at, { problems, allowed: ['cite', 'says', 'when', 'examples'] });
  const definition = {
    cite: readCite(raw['cite'], `${at}.cite`, reading),
    ...readSays(raw['says']),
    when: readCondition(raw['when'], at, reading),
  };
  if (raw['examples'] === undefined) return definition;
  const examples = readObject(raw['examples'], `${at}.examples`, { problems, allowed: ['on', 'holds', 'fails'] });
  const on = examples['on'];
  if (!isDay(on)) complain(problems, `${at}.examples.on`, 'not-a-day', on);
  const readFacts = (list: unknown, key: string): readonly JsonObject[] =>
    readList(list, `${at}.examples.${key}`, problems).map((facts, i) =>
      readObject(facts, `${at}.examples.${key}.${i}`, { problems }),
    );
  return {
    ...definition,
    examples: {
      on: isDay(on) ? on : '1970-01-01',
      holds: readFacts(examples['holds'], 'holds'),
      fails: readFacts(examples['fails'], 'fails'),
    },
  };
}

function readRule(value: unknown, at: string, reading: Reading): Rule {
  const raw = readObject(value, at, { problems: reading.problems, allowed: RULE_KEYS });
  const kind = readWord(raw['kind'], `${at}.kind`, { problems: reading.problems, words: RULE_KINDS });
  const unless = readList(raw['unless'] ?? [], `${at}.unless`, reading.problems);
  const examples = readList(raw['examples'] ?? [], `${at}.examples`, reading.problems);
  return {
    ...readCommon(raw, at, reading),
    ...readEnacted(raw['enacted'], at, reading),
    ...readRoute(raw['route'], at, reading),
    kind,
    unless: unless.map((entry, i) => readException(entry, `${at}.unless.${i}`, reading)),
    examples: examples.map((example, i) => readExample(example, `${at}.examples.${i}`, reading.problems)),
  };
}

function readEnacted(value: unknown, at: string, { problems }: Reading): Pick<Rule, 'enacted'> {
  if (value === undefined) return {};
  if (!isDay(value)) complain(problems, `${at}.enacted`, 'not-a-day', value);
  return isDay(value) ? { enacted: value } : {};
}

function readRoute(value: unknown, at: string, reading: Reading): Pick<Rule, 'route'> {
  if (value === undefined) return {};
  const raw = readObject(value, `${at}.route`, { problems: reading.problems, allowed: ['says', 'cite'] });
  const says = readText(raw['says'], `${at}.route.says`, reading.problems);
  return { route: { says, cite: readCite(raw['cite'], `${at}.route.cite`, reading) } };
}

function readCommon(raw: JsonObject, at: string, reading: Reading): Omit<Rule, 'kind' | 'unless' | 'examples'> {
  const { problems } = reading;
  return {
    id: readText(raw['id'], `${at}.id`, problems),
    cite: readCite(raw['cite'], `${at}.cite`, reading),
    says: readText(raw['says'], `${at}.says`, problems),
    force: readSpan(raw['force'], `${at}.force`, problems),
    when: raw['when'] === undefined ? ALWAYS : readCondition(raw['when'], `${at}.when`, reading),
    needs: readList(raw['needs'] ?? [], `${at}.needs`, problems).map((need, i) => readNeed(need, `${at}.needs.${i}`, reading)),
    duties: readList(raw['duties'] ?? [], `${at}.duties`, problems).map((duty, i) =>
      readDuty(duty, `${at}.duties.${i}`, reading),
    ),
  };
}

function readException(value: unknown, at: string, reading: Reading): Exception {
  const { problems } = reading;
  reading.budget.exceptions += 1;
  const tooDeep = at.split('.unless').length > 6 || reading.budget.exceptions > MAX_EXCEPTIONS;
  const named = typeof value === 'string' ? reading.shared[value] : value;
  if (tooDeep || named === undefined) {
    complain(problems, at, tooDeep ? 'too-deep' : 'exception-unknown', value);
    return NO_EXCEPTION;
  }
  const raw = readObject(named, at, { problems, allowed: EXCEPTION_KEYS });
  const kind = readWord(raw['kind'], `${at}.kind`, { problems, words: ['exemption', 'basis'] as const });
  const common = readCommon(typeof value === 'string' ? { id: value, ...raw } : raw, at, reading);
  if (kind === 'exemption' && common.needs.length > 0) complain(problems, `${at}.needs`, 'exemption-on-promises');
  const unless = readList(raw['unless'] ?? [], `${at}.unless`, problems);
  return { ...common, kind, unless: unless.map((entry, i) => readException(entry, `${at}.unless.${i}`, reading)) };
}

function readDuty(value: unknown, at: string, reading: Reading): DutyRule {
  const raw = readObject(value, at, { problems: reading.problems, allowed: ['do', 'force', 'if', 'cite', 'need', 'authority'] });
  const duty = readText(raw['do'], `${at}.do`, reading.problems);
  const phase = reading.vocabulary.duties.get(duty);
  if (phase === undefined) complain(reading.problems, `${at}.do`, 'duty-unknown', duty);
  return {
    duty,
    phase: phase ?? 'pre',
    ...(raw['force'] === undefined ? {} : { force: readSpan(raw['force'], `${at}.force`, reading.problems) }),
    ...(raw['if'] === undefined ? {} : { if: readCondition(raw['if'], `${at}.if`, reading) }),
    ...(raw['cite'] === undefined ? {} : { cite: readCite(raw['cite'], `${at}.cite`, reading) }),
  };
}

function readNeed(value: unknown, at: string, reading: Reading): Need {
  const raw = readObject(value, at, { problems: reading.problems });
  const test = readCondition(raw['need'], `${at}.need`, reading);
  const promised = test.op === 'test' && reading.vocabulary.facts.get(test.fact)?.promise === true;
  if (!promised) complain(reading.problems, `${at}.need`, 'need-is-no-promise');
  const safe: Need['test'] = test.op === 'test' ? test : { op: 'test', fact: '', test: { kind: 'one-of', values: [] } };
  return { ...readDuty(value, at, reading), test: safe, authority: raw['authority'] === true };
}

function readExample(value: unknown, at: string, problems: Problems): Example {
  const raw = readObject(value, at, { problems, allowed: ['name', 'expect', 'on', 'facts', 'missing', 'duties'] });
  if (!isDay(raw['on'])) complain(problems, `${at}.on`, 'not-a-day', raw['on']);
  return {
    name: readText(raw['name'], `${at}.name`, problems),
    expect: readWord(raw['expect'], `${at}.expect`, { problems, words: EXPECTATIONS }),
    on: isDay(raw['on']) ? raw['on'] : '1970-01-01',
    facts: readObject(raw['facts'], `${at}.facts`, { problems }),
    ...(raw['missing'] === undefined ? {} : { missing: readTexts(raw['missing'], `${at}.missing`, problems) }),
    ...(raw['duties'] === undefined ? {} : { duties: readTexts(raw['duties'], `${at}.duties`, problems) }),
  };
}

function dayOrNull(value: unknown): Day | null {
  return isDay(value) ? value : null;
}

/** Rule ids are unique; definitions do not go in circles; no exemption rests on a promise that was not made. */
function checkWhole(pack: Pack, reading: Reading): void {
  const ids = pack.rules.map((rule) => rule.id);
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) complain(reading.problems, 'rules', 'id-twice', id);
  for (const name of findLoops(pack)) complain(reading.problems, `define.${name}`, 'definition-in-circle', name);
  if (reading.problems.list.length > 0) return;
  for (const name of tooWide(pack)) complain(reading.problems, name, 'too-large-unfolded');
  if (reading.problems.list.length > 0) return;
  const exceptions = pack.rules.flatMap((rule) => rule.unless).filter((exception) => exception.kind === 'exemption');
  for (const exception of exceptions) {
    const fact = promiseUnderNot(exception.when, pack, reading.vocabulary);
    if (fact !== undefined) complain(reading.problems, exception.id, 'absent-promise-would-exempt', fact);
  }
}

/** Whether a JSON value is small and flat enough to read at all; counted without recursion, so that no nesting can exhaust the stack. */
function isModest(json: unknown): boolean {
  let level: readonly unknown[] = [json];
  let nodes = 0;
  for (let depth = 0; level.length > 0; depth++) {
    nodes += level.length;
    if (depth > MAX_NESTING || nodes > MAX_NODES) return false;
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []));
  }
  return true;
}

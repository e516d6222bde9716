import { isJsonObject, type JsonObject, type Result } from '@comity/core';
import { readCondition } from './condition.ts';
import { testsIn } from './conditions.ts';
import { complain, noProblems, type Problems, readList, readObject, readText, readTexts, readWord, settle } from './problems.ts';
import { type Contradiction, type DutyPhase, FACT_TYPES, type FactDefinition, type Vocabulary } from './vocabulary.ts';

const FACT_KEYS = ['type', 'group', 'is', 'values', 'values_as', 'unit', 'lever', 'promise', 'reads', 'dpv', 'cost', 'offers'];
const TOP_KEYS = [
  'vocabulary',
  'prefixes',
  'types',
  'facts',
  'derived',
  'verdicts',
  'duties',
  'regimes',
  'territories',
  'contradictions',
  'countries',
  'subdivisions',
];

/**
 * Reads a vocabulary (law/vocabulary.yaml as JSON).
 * In: JSON from anywhere. Out: the vocabulary, or `pack-invalid` naming the field.
 */
export function loadVocabulary(json: unknown): Result<Vocabulary> {
  const problems = noProblems();
  const top = readObject(json, 'vocabulary', { problems, allowed: TOP_KEYS });
  const rawFacts = readObject(top['facts'], 'facts', { problems });
  const names = Object.keys(rawFacts);
  const facts = new Map(names.map((name) => [name, readFact(name, rawFacts, problems)]));
  const duties = readObject(top['duties'], 'duties', { problems });
  const territories = readObject(top['territories'] ?? {}, 'territories', { problems });
  const vocabulary = {
    id: readText(top['vocabulary'], 'vocabulary', problems),
    facts,
    derived: Object.keys(readObject(top['derived'], 'derived', { problems })),
    duties: new Map(Object.keys(duties).map((duty) => [duty, readPhase(duties[duty], `duties.${duty}`, problems)])),
    regimes: Object.keys(readObject(top['regimes'], 'regimes', { problems })),
    territories: new Map(
      Object.keys(territories).map((key) => [key, readTexts(territories[key], `territories.${key}`, problems)]),
    ),
    countries: new Set(readTexts(top['countries'], 'countries', problems)),
    subdivisions: new Set(readTexts(top['subdivisions'] ?? [], 'subdivisions', problems)),
  };
  return settle(problems, {
    ...vocabulary,
    contradictions: readContradictions(top['contradictions'] ?? [], vocabulary, problems),
  });
}

function readFact(name: string, all: JsonObject, problems: Problems): FactDefinition {
  const at = `facts.${name}`;
  const raw = readObject(all[name], at, { problems, allowed: FACT_KEYS });
  const type = readWord(raw['type'], `${at}.type`, { problems, words: FACT_TYPES });
  const values = type === 'enum' || type === 'set' ? readValues(raw, at, { all, problems }) : [];
  return {
    name,
    type,
    group: typeof raw['group'] === 'string' ? raw['group'] : (name.split('.')[0] ?? name),
    is: readText(raw['is'], `${at}.is`, problems),
    values,
    lever: raw['lever'] === true,
    promise: raw['promise'] === true,
    reads: readTexts(raw['reads'] ?? [], `${at}.reads`, problems),
    ...(typeof raw['cost'] === 'number' ? { cost: raw['cost'] } : {}),
    ...(raw['offers'] === undefined ? {} : { offers: readTexts(raw['offers'], `${at}.offers`, problems) }),
  };
}

function readValues(raw: JsonObject, at: string, context: { all: JsonObject; problems: Problems }): readonly string[] {
  const borrowed = raw['values_as'];
  const lender = typeof borrowed === 'string' ? context.all[borrowed] : raw;
  const values = isJsonObject(lender) ? lender['values'] : undefined;
  if (isJsonObject(values)) return Object.keys(values);
  complain(context.problems, `${at}.values`, 'missing');
  return [];
}

function readPhase(raw: unknown, at: string, problems: Problems): DutyPhase {
  const duty = readObject(raw, at, { problems, allowed: ['when', 'is'] });
  return readWord(duty['when'], `${at}.when`, { problems, words: ['pre', 'during', 'post'] as const });
}

function readContradictions(
  value: unknown,
  vocabulary: Omit<Vocabulary, 'contradictions'>,
  problems: Problems,
): readonly Contradiction[] {
  const context = {
    vocabulary,
    problems,
    regions: new Set<string>(),
    definitions: new Set<string>(),
    budget: { tests: 0, exceptions: 0 },
  };
  return readList(value, 'contradictions', problems).map((entry, i) => {
    const at = `contradictions.${i}`;
    const raw = readObject(entry, at, { problems, allowed: ['id', 'says', 'when'] });
    const when = readCondition(raw['when'], at, context);
    const facts = [...new Set(testsIn(when, { define: new Map() }).map(({ fact }) => fact))];
    return { id: readText(raw['id'], `${at}.id`, problems), says: readText(raw['says'], `${at}.says`, problems), facts, when };
  });
}

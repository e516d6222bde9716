import { type Day, isJsonObject, type JsonObject, type Result } from '@comity/core';
import { complain, noProblems, type Problems, readObject, readText, readTexts, readWord, settle } from './problems.ts';

export const FACT_TYPES = [
  'enum',
  'set',
  'bool',
  'number',
  'share',
  'country',
  'country_set',
  'region',
  'date',
  'datetime',
  'zone',
] as const;
export type FactType = (typeof FACT_TYPES)[number];

/** What may be said about one circumstance of a transfer. */
export interface FactDefinition {
  readonly name: string;
  readonly type: FactType;
  readonly group: string;
  readonly is: string;
  /** For enum and set: the closed values. */
  readonly values: readonly string[];
  /** A user could truthfully change it. */
  readonly lever: boolean;
  /** A step the parties can still take: absent = not yet done. */
  readonly promise: boolean;
  readonly reads: readonly string[];
  /** What changing it costs, in a unit of the reader's own; only the order counts. */
  readonly cost?: number;
}

export type DutyPhase = 'pre' | 'during' | 'post';

/** The closed words in which packs and facts are written. */
export interface Vocabulary {
  readonly id: string;
  readonly facts: ReadonlyMap<string, FactDefinition>;
  readonly derived: readonly string[];
  readonly duties: ReadonlyMap<string, DutyPhase>;
  readonly regimes: readonly string[];
  /** Regime -> places whose mention makes the regime worth asking about. */
  readonly territories: ReadonlyMap<string, readonly string[]>;
  readonly countries: ReadonlySet<string>;
  readonly subdivisions: ReadonlySet<string>;
}

const FACT_KEYS = ['type', 'group', 'is', 'values', 'values_as', 'unit', 'lever', 'promise', 'reads', 'dpv', 'cost'];
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
  const vocabulary: Vocabulary = {
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
  return settle(problems, vocabulary);
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

/** Whether a dated span `[from, until)` holds on a day. */
export function inForce(span: { readonly from: Day; readonly until?: Day }, on: Day): boolean {
  return span.from <= on && (span.until === undefined || on < span.until);
}

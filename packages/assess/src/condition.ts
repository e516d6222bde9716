import type { Comparison, Condition, Test } from './pack.ts';
import { complain, type Problems, readList, readObject, readTexts } from './problems.ts';
import type { FactDefinition, Vocabulary } from './vocabulary.ts';

/** What a condition may refer to, and how much of it there may be. */
export interface ConditionContext {
  readonly vocabulary: Pick<Vocabulary, 'facts' | 'countries' | 'subdivisions'>;
  readonly regions: ReadonlySet<string>;
  readonly definitions: ReadonlySet<string>;
  readonly problems: Problems;
  /** Counts tests and exceptions read so far: a pack may hold only so many, however it names them again. */
  readonly budget: { tests: number; exceptions: number };
}

const MAX_DEPTH = 24;
const MAX_TESTS = 8000;
const COMPARISONS: readonly Comparison[] = ['over', 'atLeast', 'under', 'atMost'];
const NEVER: Condition = { op: 'any', of: [] };

/** Reads a condition tree. Unknown words, wrong types, too deep or too large: a problem, and a stand-in that is never true. */
export function readCondition(value: unknown, at: string, context: ConditionContext): Condition {
  if (at.split('/').length > MAX_DEPTH) {
    complain(context.problems, at, 'too-deep');
    return NEVER;
  }
  const node = readObject(value, at, { problems: context.problems });
  const [key, ...rest] = Object.keys(node);
  if (key === undefined || rest.length > 0) {
    complain(context.problems, at, 'one-key-per-condition', rest[0]);
    return NEVER;
  }
  return readBranch(key, node[key], { at: `${at}/${key}`, context });
}

function readBranch(key: string, value: unknown, place: { at: string; context: ConditionContext }): Condition {
  const { at, context } = place;
  if (key === 'all' || key === 'any' || key === 'first') {
    const branches = readList(value, at, context.problems);
    return { op: key, of: branches.map((branch, i) => readCondition(branch, `${at}.${i}`, context)) };
  }
  if (key === 'not') return { op: 'not', of: readCondition(value, at, context) };
  if (key !== 'use') return readTest(key, value, place);
  const name = String(value);
  if (!context.definitions.has(name)) complain(context.problems, at, 'definition-unknown', name);
  return { op: 'use', name };
}

function readTest(name: string, value: unknown, place: { at: string; context: ConditionContext }): Condition {
  const { at, context } = place;
  const fact = context.vocabulary.facts.get(name);
  context.budget.tests += 1;
  if (fact === undefined) complain(context.problems, at, 'fact-unknown', name);
  if (context.budget.tests > MAX_TESTS) complain(context.problems, at, 'too-many-tests');
  if (fact === undefined || context.budget.tests > MAX_TESTS) return NEVER;
  const test = readTestOf(fact, value, place);
  return test === undefined ? NEVER : { op: 'test', fact: name, test };
}

function readTestOf(fact: FactDefinition, value: unknown, place: { at: string; context: ConditionContext }): Test | undefined {
  const { at, context } = place;
  if (typeof value === 'boolean' || typeof value === 'string') return oneOf(fact, [value], place);
  const body = readObject(value, at, { problems: context.problems });
  const [key, ...rest] = Object.keys(body);
  const inner = key === undefined || rest.length > 0 ? undefined : body[key];
  if (key === 'in') return oneOf(fact, readTexts(inner, at, context.problems), place);
  if ((key === 'has' || key === 'only') && isSet(fact))
    return { kind: key, values: known(fact, readTexts(inner, at, context.problems), place) };
  if (key === 'count' && fact.type === 'set') return readCount(fact, inner, place);
  if ((key === 'within' || key === 'outside') && isPlace(fact)) return readPlace(inner, key === 'within', place);
  const compare = COMPARISONS.find((candidate) => candidate === key);
  if (compare !== undefined && (fact.type === 'number' || fact.type === 'share') && typeof inner === 'number')
    return { kind: 'number', compare, bound: inner };
  complain(context.problems, at, 'test-unfit', key);
  return undefined;
}

function oneOf(
  fact: FactDefinition,
  values: readonly (string | boolean)[],
  place: { at: string; context: ConditionContext },
): Test {
  if (isSet(fact) || fact.type === 'number' || fact.type === 'share')
    complain(place.context.problems, place.at, 'test-unfit', 'in');
  return { kind: 'one-of', values: known(fact, values, place) };
}

function known<V extends string | boolean>(
  fact: FactDefinition,
  values: readonly V[],
  place: { at: string; context: ConditionContext },
): readonly V[] {
  for (const value of values) {
    if (!fits(fact, value, place.context.vocabulary)) complain(place.context.problems, place.at, 'value-unknown', value);
  }
  return values;
}

function fits(fact: FactDefinition, value: string | boolean, vocabulary: ConditionContext['vocabulary']): boolean {
  if (typeof value === 'boolean') return fact.type === 'bool';
  if (isPlace(fact)) return vocabulary.countries.has(value);
  return fact.type === 'region' ? vocabulary.subdivisions.has(value) : fact.values.includes(value);
}

function readCount(fact: FactDefinition, value: unknown, place: { at: string; context: ConditionContext }): Test {
  const body = readObject(value, place.at, { problems: place.context.problems, allowed: ['atLeast', 'of'] });
  const atLeast = body['atLeast'];
  if (typeof atLeast !== 'number') complain(place.context.problems, place.at, 'not-a-number', atLeast);
  const of = known(fact, readTexts(body['of'], place.at, place.context.problems), place);
  return { kind: 'count', atLeast: typeof atLeast === 'number' ? atLeast : 0, of };
}

function readPlace(region: unknown, inside: boolean, place: { at: string; context: ConditionContext }): Test {
  const name = String(region);
  if (!place.context.regions.has(name)) complain(place.context.problems, place.at, 'region-unknown', name);
  return { kind: 'place', region: name, inside };
}

function isSet(fact: FactDefinition): boolean {
  return fact.type === 'set' || fact.type === 'country_set';
}

function isPlace(fact: FactDefinition): boolean {
  return fact.type === 'country' || fact.type === 'country_set';
}

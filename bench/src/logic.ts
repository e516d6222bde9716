import type { Vocabulary } from '@comity/assess';
import { type Comparison, type Condition, type Exception, inForce, type Need, type Pack, type Rule, type Test } from './ours.ts';

/** A condition that knows yes and no alone: what every engine can say. Regions are resolved to their countries on one day. */
export type Logic =
  | { readonly op: 'true' | 'false' }
  | { readonly op: 'all' | 'any'; readonly of: readonly Logic[] }
  | { readonly op: 'not'; readonly of: Logic }
  | { readonly op: 'ref'; readonly name: string }
  | Question;

/** One fact asked one question. `is`: one value; `some` and `only`: a set; `absent`: a promise that is not mentioned. */
export type Question =
  | { readonly op: 'is'; readonly fact: string; readonly values: readonly (string | boolean)[] }
  | { readonly op: 'some'; readonly fact: string; readonly values: readonly string[]; readonly atLeast: number }
  | { readonly op: 'only'; readonly fact: string; readonly values: readonly string[] }
  | { readonly op: 'number'; readonly fact: string; readonly compare: Comparison; readonly bound: number }
  | { readonly op: 'absent'; readonly fact: string };

/** Rules for two-valued engines: each says when a transfer may not go. */
export interface LogicSet {
  /** In an order in which each names only those before it. */
  readonly definitions: ReadonlyMap<string, Logic>;
  readonly rules: readonly { readonly id: string; readonly stops: Logic }[];
}

const TRUE: Logic = { op: 'true' };
const FALSE: Logic = { op: 'false' };

interface Translating {
  readonly pack: Pack;
  readonly on: string;
  readonly vocabulary: Vocabulary;
  readonly definitions: Map<string, Logic>;
}

/**
 * The rules of packs as they stand on a day, as conditions under which a transfer may not go: prohibited, or waiting for an authority.
 * In: packs, a day, the words they are written in. Out: the same rules without a third value; `first` is its first branch, which is exact when that is known.
 */
export function translate(packs: readonly Pack[], on: string, vocabulary: Vocabulary): LogicSet {
  const definitions = new Map<string, Logic>();
  const rules = packs.flatMap((pack) => {
    const at = { pack, on, vocabulary, definitions };
    return pack.rules
      .filter((rule) => inForce(rule.force, on))
      .map((rule) => ({ id: rule.id, stops: stopsOf(rule, at) }))
      .filter(({ stops }) => stops.op !== 'false');
  });
  return { definitions, rules };
}

/** When a rule stops a transfer: it reaches it, and nothing lifts it or meets it without an authority. */
function stopsOf(rule: Rule, at: Translating): Logic {
  const reaches = plain(rule.when, at);
  const ways = rule.unless.filter((way) => inForce(way.force, at.on));
  if (rule.kind !== 'duty' && rule.kind !== 'mandate')
    return all([reaches, not(any(ways.map((way) => holds(way, 'may go', at))))]);
  const failed = any(needsOf(rule, at).map((need) => not(meets(need, 'holds', at))));
  return all([reaches, not(any(ways.map((way) => holds(way, 'holds', at)))), failed]);
}

/** `holds`: the way out is open, even if an authority must still say yes. `may go`: nobody need be asked. */
type Sense = 'holds' | 'may go';

function holds(way: Exception, sense: Sense, at: Translating): Logic {
  const beaten = way.unless.filter((inner) => inForce(inner.force, at.on)).map((inner) => holds(inner, 'holds', at));
  return all([plain(way.when, at), not(any(beaten)), ...needsOf(way, at).map((need) => meets(need, sense, at))]);
}

function needsOf({ needs }: Pick<Rule, 'needs'>, { on }: Translating): readonly Need[] {
  return needs.filter(({ force }) => force === undefined || inForce(force, on));
}

/** A promise is met, can still be met, or is not asked for. */
function meets(need: Need, sense: Sense, at: Translating): Logic {
  const open: Logic = need.authority && sense === 'may go' ? FALSE : { op: 'absent', fact: need.test.fact };
  return any([not(need.if === undefined ? TRUE : plain(need.if, at)), open, plain(need.test, at)]);
}

function plain(condition: Condition, at: Translating): Logic {
  switch (condition.op) {
    case 'test':
      return asked(condition, at);
    case 'not':
      return not(plain(condition.of, at));
    case 'use':
      return reference(condition.name, at);
    case 'first':
      return condition.of[0] === undefined ? FALSE : plain(condition.of[0], at);
    case 'all':
      return all(condition.of.map((branch) => plain(branch, at)));
    case 'any':
      return any(condition.of.map((branch) => plain(branch, at)));
  }
}

function reference(used: string, at: Translating): Logic {
  const name = `${at.pack.id}/${used}`;
  const definition = at.pack.define.get(used);
  if (definition === undefined) throw new Error(`definition ${used} was not checked when the pack was loaded`);
  const known = at.definitions.get(name);
  const meaning = known ?? plain(definition.when, at);
  // Entered after what it names, so that the order is one in which each can be written down.
  if (known === undefined) at.definitions.set(name, meaning);
  return meaning.op === 'true' || meaning.op === 'false' ? meaning : { op: 'ref', name };
}

/** A promise that is not mentioned is not yet kept: false, not unknown. */
function asked({ fact, test }: Need['test'], at: Translating): Logic {
  const said = question(fact, test, at);
  return at.vocabulary.facts.get(fact)?.promise === true ? all([not({ op: 'absent', fact }), said]) : said;
}

function question(fact: string, test: Test, at: Translating): Logic {
  switch (test.kind) {
    case 'one-of':
      return { op: 'is', fact, values: test.values };
    case 'has':
      return { op: 'some', fact, values: test.values, atLeast: 1 };
    case 'count':
      return { op: 'some', fact, values: test.of, atLeast: test.atLeast };
    case 'only':
      return { op: 'only', fact, values: test.values };
    case 'number':
      return { op: 'number', fact, compare: test.compare, bound: test.bound };
    case 'place':
      return place(fact, test, at);
  }
}

function place(fact: string, test: Extract<Test, { kind: 'place' }>, { pack, on, vocabulary }: Translating): Logic {
  const members = pack.regions.get(test.region)?.members ?? [];
  const values = [...new Set(members.filter((span) => inForce(span, on)).flatMap(({ codes }) => codes))];
  if (vocabulary.facts.get(fact)?.type !== 'country_set')
    return test.inside ? { op: 'is', fact, values } : not({ op: 'is', fact, values });
  return test.inside ? { op: 'some', fact, values, atLeast: 1 } : not({ op: 'only', fact, values });
}

function not(of: Logic): Logic {
  if (of.op === 'true') return FALSE;
  if (of.op === 'false') return TRUE;
  return of.op === 'not' ? of.of : { op: 'not', of };
}

function all(of: readonly Logic[]): Logic {
  return join('all', of);
}

function any(of: readonly Logic[]): Logic {
  return join('any', of);
}

/** Joins branches without those that say nothing; one that settles all stands for all. */
function join(op: 'all' | 'any', branches: readonly Logic[]): Logic {
  const [neutral, final] = op === 'all' ? (['true', 'false'] as const) : (['false', 'true'] as const);
  const left = branches.filter((branch) => branch.op !== neutral).flatMap((branch) => (branch.op === op ? branch.of : [branch]));
  if (left.some((branch) => branch.op === final)) return { op: final };
  const [only, ...others] = left;
  if (only === undefined) return { op: neutral };
  return others.length === 0 ? only : { op, of: left };
}

/** Every question asked, through references once each. */
export function questionsIn({ definitions, rules }: LogicSet): readonly Question[] {
  return [...definitions.values(), ...rules.map(({ stops }) => stops)].flatMap(questionsOf);
}

function questionsOf(logic: Logic): readonly Question[] {
  switch (logic.op) {
    case 'true':
    case 'false':
    case 'ref':
      return [];
    case 'not':
      return questionsOf(logic.of);
    case 'all':
    case 'any':
      return logic.of.flatMap(questionsOf);
    default:
      return [logic];
  }
}

import { type Atom, compileAtom, compilePromise } from './atom.ts';
import type { CompileContext } from './compile.ts';
import { type Encoded, encoderOf, type Slot } from './encode.ts';
import type { Condition, DutyRule, Exception, Rule } from './pack.ts';
import { and, F, not, or, T, type Truth, U } from './truth.ts';
import { STRICTNESS, strictness, type Verdict } from './verdict.ts';
import { inForce } from './vocabulary.ts';

/**
 * The fast half of the engine: the verdict of a rule over encoded facts, without reasons. It says what `compileRule` says; a property test
 * holds the two together. Reasons are worked out afterwards, only for the rules that reach the transfer.
 */
export interface FastRule {
  readonly rule: Rule;
  readonly reaches: Atom;
  /** Position in the order of strictness. */
  readonly verdict: (facts: Encoded) => number;
}

const FREE = strictness('free');
const CONDITIONAL = strictness('conditional');
const UNDECIDED = strictness('undecided');
const AUTHORISATION = strictness('authorisation');
const PROHIBITED = strictness('prohibited');

/** The verdict at a position in the order of strictness. */
export function verdictAt(position: number): Verdict {
  return STRICTNESS[position] ?? 'prohibited';
}

/** A condition as a function of encoded facts. */
export function fastCondition(condition: Condition, context: CompileContext): Atom {
  switch (condition.op) {
    case 'test':
      return compileAtom(slotOf(condition.fact, context), condition.test, context.regions);
    case 'use':
      return fastUse(condition.name, context);
    case 'not': {
      const inner = fastCondition(condition.of, context);
      return (facts) => not(inner(facts));
    }
    default: {
      const branches = condition.of.map((branch) => fastCondition(branch, context));
      if (branches.length === 1 && branches[0] !== undefined) return branches[0];
      if (condition.op === 'first') return fastFirst(branches);
      return condition.op === 'all'
        ? fastJunction(branches, and, { start: T, end: F })
        : fastJunction(branches, or, { start: F, end: T });
    }
  }
}

/** Where a fact stands. */
export function slotOf(fact: string, context: CompileContext): Slot {
  const slot = encoderOf(context.vocabulary).slots.get(fact);
  if (slot === undefined) throw new Error(`fact ${fact} was not checked when the pack was loaded`);
  return slot;
}

function fastUse(name: string, context: CompileContext): Atom {
  const known = context.fast.get(name);
  if (known !== undefined) return known;
  const definition = context.pack.define.get(name);
  if (definition === undefined) throw new Error(`definition ${name} was not checked when the pack was loaded`);
  const compiled = fastCondition(definition.when, context);
  context.fast.set(name, compiled);
  return compiled;
}

function fastJunction(branches: readonly Atom[], join: typeof and, { start, end }: { start: Truth; end: Truth }): Atom {
  const count = branches.length;
  return (facts) => {
    let sofar = start;
    for (let i = 0; i < count; i++) {
      const branch = branches[i];
      if (branch !== undefined) sofar = join(sofar, branch(facts));
      if (sofar === end) return sofar;
    }
    return sofar;
  };
}

function fastFirst(branches: readonly Atom[]): Atom {
  return (facts) => {
    for (const branch of branches) {
      const value = branch(facts);
      if (value !== U) return value;
    }
    return U;
  };
}

interface FastDuty {
  readonly applies: Atom;
  /** For a promise: unknown while it is open. */
  readonly promise?: { readonly ask: Atom; readonly authority: boolean };
}

interface FastWay {
  readonly when: Atom;
  readonly owed: readonly FastDuty[];
  readonly unless: readonly FastWay[];
}

/** Compiles a rule for a day, for its verdict alone. */
export function fastRule(rule: Rule, context: CompileContext): FastRule {
  const reaches = fastCondition(rule.when, context);
  const ways = fastWays(rule.unless, context);
  const owed = fastOwed(rule, context);
  const owing = rule.kind === 'duty' || rule.kind === 'mandate';
  const closed = rule.kind === 'reserved' ? AUTHORISATION : PROHIBITED;
  return {
    rule,
    reaches,
    verdict: (facts) => {
      const reached = reaches(facts);
      if (reached === F) return FREE;
      const verdict = owing ? owe(owed, ways, facts) : choose(ways, closed, facts);
      return reached === U && verdict !== FREE ? UNDECIDED : verdict;
    },
  };
}

/** As in rule.ts: the laxest way that holds; undecided while a laxer one may hold. */
function choose(ways: readonly FastWay[], closed: number, facts: Encoded): number {
  let best = closed;
  let hope = closed;
  for (const way of ways) {
    const { holds, verdict } = walk(way, facts);
    if (holds === T && verdict < best) best = verdict;
    if (holds === U && verdict < hope) hope = verdict;
  }
  if (best <= CONDITIONAL) return best;
  return hope < best ? UNDECIDED : best;
}

function owe(owed: readonly FastDuty[], ways: readonly FastWay[], facts: Encoded): number {
  let excused: Truth = F;
  for (const way of ways) excused = or(excused, walk(way, facts).holds);
  if (excused === T) return FREE;
  const { failed } = settle(owed, facts);
  return excused === U || failed === U ? UNDECIDED : failed === T ? PROHIBITED : CONDITIONAL;
}

function walk(way: FastWay, facts: Encoded): { readonly holds: Truth; readonly verdict: number } {
  const when = way.when(facts);
  if (when === F) return { holds: F, verdict: PROHIBITED };
  let beaten: Truth = F;
  for (const inner of way.unless) beaten = or(beaten, walk(inner, facts).holds);
  const { failed, verdict } = settle(way.owed, facts);
  return { holds: and(and(when, not(beaten)), not(failed)), verdict };
}

/** What the duties that apply come to: whether a promise among them is out of reach, and what is owed. */
function settle(owed: readonly FastDuty[], facts: Encoded): { readonly failed: Truth; readonly verdict: number } {
  let failed: Truth = F;
  let verdict = FREE;
  for (const { applies, promise } of owed) {
    const applied = applies(facts);
    if (applied === F) continue;
    if (verdict === FREE) verdict = CONDITIONAL;
    if (promise === undefined) continue;
    const asked = promise.ask(facts);
    if (asked === U && promise.authority) verdict = AUTHORISATION;
    if (asked === F) failed = or(failed, applied);
  }
  return { failed, verdict };
}

function fastWays(sources: readonly Exception[], context: CompileContext): readonly FastWay[] {
  return sources
    .filter((source) => inForce(source.force, context.on))
    .map((source) => ({
      when: fastCondition(source.when, context),
      owed: fastOwed(source, context),
      unless: fastWays(source.unless, context),
    }));
}

function fastOwed(source: Pick<Rule, 'needs' | 'duties'>, context: CompileContext): readonly FastDuty[] {
  const active = (duty: DutyRule): boolean => duty.force === undefined || inForce(duty.force, context.on);
  const applies = (duty: DutyRule): Atom => fastCondition(duty.if ?? { op: 'all', of: [] }, context);
  const needs = source.needs.filter(active).map((need) => ({
    applies: applies(need),
    promise: { ask: compilePromise(slotOf(need.test.fact, context), need.test.test, context.regions), authority: need.authority },
  }));
  return [...needs, ...source.duties.filter(active).map((duty) => ({ applies: applies(duty) }))];
}

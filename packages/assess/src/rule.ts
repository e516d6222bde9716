import type { Facts } from '@comity/core';
import { type CompileContext, type Compiled, compileCondition } from './compile.ts';
import { confirmationOf, weakest } from './confirmed.ts';
import type { Citation, Confirmation, DutyRule, Exception, Need, Rule } from './pack.ts';
import { askFact } from './testfact.ts';
import { and, F, not, or, T, type Truth, U } from './truth.ts';
import { strictness, type Verdict } from './verdict.ts';
import { type DutyPhase, inForce } from './vocabulary.ts';

/** What is owed, and whether a promise already on file meets it (`met`; undefined for duties that no fact can show). */
export interface Duty {
  readonly duty: string;
  readonly phase: DutyPhase;
  readonly cite: string;
  readonly rule: string;
  readonly met?: boolean;
  readonly authority?: true;
}

/** What one rule says about given facts. */
export interface RuleOutcome {
  readonly rule: Rule;
  readonly verdict: Verdict;
  /** Whether the rule reaches the transfer at all, exceptions apart. */
  readonly reaches: Truth;
  /** The basis whose duties count, if the rule is satisfied by one. */
  readonly basis?: string;
  /** All exceptions that hold. */
  readonly bases: readonly string[];
  readonly duties: readonly Duty[];
  readonly missing: readonly string[];
  /** How well what the outcome rests on was confirmed. */
  readonly confirmed: Confirmation;
}

interface Way {
  readonly id: string;
  readonly holds: Truth;
  readonly verdict: Verdict;
  readonly open: number;
  readonly duties: readonly Duty[];
}

interface CompiledDuty {
  readonly source: DutyRule;
  readonly applies: Compiled;
  /** For a promise: unknown while it is open. */
  readonly ask?: (facts: Facts) => Truth;
  readonly authority: boolean;
}

interface CompiledException {
  readonly source: Exception;
  readonly when: Compiled;
  readonly owed: readonly CompiledDuty[];
  readonly unless: readonly CompiledException[];
  readonly cited: Confirmation;
}

export type CompiledRule = (facts: Facts) => RuleOutcome;

/** Compiles a rule for a day. A rule out of force is not compiled: it says nothing. */
export function compileRule(rule: Rule, context: CompileContext): CompiledRule {
  const when = compileCondition(rule.when, context);
  const own = compileOwed(rule, context);
  const exceptions = compileExceptions(rule.unless, context);
  const cited = confirmationOf(rule.cite, context.pack);
  return (facts) => {
    const reaches = when.truth(facts);
    if (reaches === F) return { rule, verdict: 'free', reaches, bases: [], duties: [], missing: [], confirmed: cited };
    const ways = exceptions.map((exception) => wayOf(exception, facts, rule));
    const outcome =
      rule.kind === 'duty' || rule.kind === 'mandate'
        ? owe(own, ways, { facts, rule })
        : choose(ways, rule.kind === 'reserved' ? 'authorisation' : 'prohibited');
    const settled = settleReach(reaches, outcome.verdict);
    return {
      ...outcome,
      rule,
      reaches,
      verdict: settled,
      duties: settled === 'undecided' ? [] : outcome.duties,
      missing: settled === 'undecided' ? missingOf({ when, own, exceptions, ways, reaches }, facts) : [],
      confirmed: weakest([
        cited,
        when.confirmed(facts),
        ...exceptions
          .filter(({ source }) => outcome.bases.includes(source.id) || source.id === outcome.basis)
          .flatMap((way) => [way.cited, way.when.confirmed(facts)]),
      ]),
    };
  };
}

interface Open {
  readonly when: Compiled;
  readonly own: readonly CompiledDuty[];
  readonly exceptions: readonly CompiledException[];
  readonly ways: readonly Way[];
  readonly reaches: Truth;
}

/** The facts that leave a rule open: of its condition, of the ways out that may hold, and of its duties. */
function missingOf({ when, own, exceptions, ways, reaches }: Open, facts: Facts): readonly string[] {
  const missing = new Set<string>();
  if (reaches === U) when.missing(facts, missing);
  exceptions.forEach((exception, i) => {
    if (ways[i]?.holds === U) exceptionMissing(exception, facts, missing);
  });
  for (const duty of own) duty.applies.missing(facts, missing);
  return [...missing].sort();
}

/** If it is not known whether the rule reaches the transfer, only what it would say either way is certain. */
function settleReach(reaches: Truth, verdict: Verdict): Verdict {
  return reaches === U && verdict !== 'free' ? 'undecided' : verdict;
}

type Choice = Pick<RuleOutcome, 'verdict' | 'basis' | 'bases' | 'duties'>;

/** Among the ways out that hold, the laxest, then one whose promises are kept, then the order of the pack; with no way out, `closed`. */
function choose(ways: readonly Way[], closed: Verdict): Choice {
  const held = ways
    .filter((way) => way.holds === T)
    .sort((a, b) => strictness(a.verdict) - strictness(b.verdict) || Number(a.open > 0) - Number(b.open > 0));
  const bases = held.filter((way) => way.open === 0).map((way) => way.id);
  const best = held[0];
  const verdict = best?.verdict ?? closed;
  if (verdict === 'free' || verdict === 'conditional') return chosen(best, bases, verdict);
  const hope = ways.some((way) => way.holds === U && strictness(way.verdict) < strictness(verdict));
  return hope ? { verdict: 'undecided', bases, duties: [] } : chosen(best, bases, verdict);
}

function chosen(way: Way | undefined, bases: readonly string[], verdict: Verdict): Choice {
  return { verdict, bases, duties: way?.duties ?? [], ...(way === undefined ? {} : { basis: way.id }) };
}

/** A rule of kind duty or mandate: owed unless excepted. */
function owe(own: readonly CompiledDuty[], ways: readonly Way[], at: { facts: Facts; rule: Rule }): Choice {
  const excused = ways.reduce<Truth>((sofar, way) => or(sofar, way.holds), F);
  const bases = ways.filter((way) => way.holds === T).map((way) => way.id);
  if (excused === T) return { verdict: 'free', bases, duties: [] };
  const owed = owedDuties(own, at.facts, { rule: at.rule, cite: at.rule.cite });
  const failed = owed.filter((entry) => entry.state === 'failed').reduce<Truth>((sofar, entry) => or(sofar, entry.applies), F);
  const unsure = excused === U || failed === U;
  return {
    verdict: unsure ? 'undecided' : failed === T ? 'prohibited' : 'conditional',
    bases,
    duties: owed.map((entry) => entry.duty),
  };
}

function compileExceptions(sources: readonly Exception[], context: CompileContext): readonly CompiledException[] {
  return sources
    .filter((source) => inForce(source.force, context.on))
    .map((source) => ({
      source,
      when: compileCondition(source.when, context),
      owed: compileOwed(source, context),
      unless: compileExceptions(source.unless, context),
      cited: confirmationOf(source.cite, context.pack),
    }));
}

function compileOwed(source: Pick<Rule, 'needs' | 'duties'>, context: CompileContext): readonly CompiledDuty[] {
  const active = (duty: DutyRule): boolean => duty.force === undefined || inForce(duty.force, context.on);
  const applies = (duty: DutyRule): Compiled => compileCondition(duty.if ?? { op: 'all', of: [] }, context);
  const needs = source.needs.filter(active).map((need: Need) => ({
    source: need,
    applies: applies(need),
    ask: (facts: Facts) => askFact(need.test.test, facts[need.test.fact], context.regions),
    authority: need.authority,
  }));
  return [...needs, ...source.duties.filter(active).map((duty) => ({ source: duty, applies: applies(duty), authority: false }))];
}

/** Whether an exception holds, its own exceptions apart counted, its promises kept, still open, or out of reach. */
function wayOf(exception: CompiledException, facts: Facts, rule: Rule): Way {
  const owed = owedDuties(exception.owed, facts, { rule, cite: exception.source.cite });
  const open = owed.filter((entry) => entry.state === 'open');
  const failed = owed.filter((entry) => entry.state === 'failed').reduce<Truth>((sofar, entry) => or(sofar, entry.applies), F);
  const beaten = exception.unless.reduce<Truth>((sofar, inner) => or(sofar, wayOf(inner, facts, rule).holds), F);
  const holds = and(and(exception.when.truth(facts), not(beaten)), not(failed));
  const authority = open.some((entry) => entry.duty.authority === true);
  const verdict: Verdict = authority ? 'authorisation' : owed.length > 0 ? 'conditional' : 'free';
  return { id: exception.source.id, holds, verdict, open: open.length, duties: owed.map((entry) => entry.duty) };
}

function exceptionMissing(exception: CompiledException, facts: Facts, into: Set<string>): void {
  exception.when.missing(facts, into);
  for (const duty of exception.owed) duty.applies.missing(facts, into);
  for (const inner of exception.unless) exceptionMissing(inner, facts, into);
}

interface Owed {
  readonly duty: Duty;
  readonly applies: Truth;
  readonly state: 'met' | 'open' | 'failed' | 'to-do';
}

/** The duties that apply or may apply: what is not known to be excused is owed. */
function owedDuties(duties: readonly CompiledDuty[], facts: Facts, from: { rule: Rule; cite: Citation }): readonly Owed[] {
  return duties.flatMap((entry) => {
    const applies = entry.applies.truth(facts);
    if (applies === F) return [];
    const state = stateOf(entry, facts);
    const duty: Duty = {
      duty: entry.source.duty,
      phase: entry.source.phase,
      cite: (entry.source.cite ?? from.cite).ref,
      rule: from.rule.id,
      ...(state === 'to-do' ? {} : { met: state === 'met' }),
      ...(entry.authority ? { authority: true as const } : {}),
    };
    return [{ duty, applies, state }];
  });
}

function stateOf(entry: CompiledDuty, facts: Facts): Owed['state'] {
  if (entry.ask === undefined) return 'to-do';
  const asked = entry.ask(facts);
  return asked === U ? 'open' : asked === T ? 'met' : 'failed';
}

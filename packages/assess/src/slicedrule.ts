import type { DutyRule, Exception, Need, Rule } from './pack.ts';
import { ALL, type Block, type SliceContext, type Sliced, sliceCondition, slicePromise } from './sliced.ts';
import { strictness } from './verdict.ts';
import { inForce } from './vocabulary.ts';

/** Adds a rule's answers to `out`: for each position in the order of strictness, the scenarios in which the rule says that. */
export type SlicedRule = (block: Block, out: Int32Array) => void;

const FREE = strictness('free');
const CONDITIONAL = strictness('conditional');
const UNDECIDED = strictness('undecided');
const AUTHORISATION = strictness('authorisation');
const PROHIBITED = strictness('prohibited');

interface SlicedDuty {
  readonly applies: Sliced;
  readonly promise?: { readonly ask: Sliced; readonly authority: boolean };
}

interface SlicedWay {
  readonly when: Sliced;
  readonly owed: readonly SlicedDuty[];
  readonly unless: readonly SlicedWay[];
}

/** Compiles a rule for blocks; it says in each scenario what `fastRule` says of that scenario's facts. */
export function sliceRule(rule: Rule, context: SliceContext): SlicedRule {
  const reaches = sliceCondition(rule.when, context);
  const ways = sliceWays(rule.unless, context);
  const owed = sliceOwed(rule, context);
  const owing = rule.kind === 'duty' || rule.kind === 'mandate';
  const closed = rule.kind === 'reserved' ? AUTHORISATION : PROHIBITED;
  return (block, out) => {
    const t = reaches(block);
    const unsure = t & block.f;
    if (t === 0) {
      add(out, FREE, ALL);
      return;
    }
    const said = new Int32Array(out.length);
    if (owing) owe(block, { ways, owed }, said);
    else choose(block, { ways, closed }, said);
    for (let position = 0; position < said.length; position++) {
      const lanes = (said[position] ?? 0) & t;
      const sure = position === FREE ? lanes : lanes & ~unsure;
      add(out, position, sure);
      add(out, UNDECIDED, lanes & ~sure);
    }
    add(out, FREE, ~t);
  };
}

function add(out: Int32Array, position: number, lanes: number): void {
  out[position] = (out[position] ?? 0) | lanes;
}

/** What one way out comes to in each scenario: whether it holds, and at what price. */
interface Walked {
  readonly t: number;
  readonly f: number;
  readonly priced: number;
  readonly authority: number;
}

function walk(way: SlicedWay, block: Block): Walked {
  let t = way.when(block);
  let f = block.f;
  if (t === 0) return { t: 0, f: ALL, priced: 0, authority: 0 };
  for (const inner of way.unless) {
    const beaten = walk(inner, block);
    t &= beaten.f;
    f |= beaten.t;
  }
  const { failedT, failedF, priced, authority } = settle(way.owed, block);
  return { t: t & failedF, f: f | failedT, priced, authority };
}

function settle(
  owed: readonly SlicedDuty[],
  block: Block,
): { readonly failedT: number; readonly failedF: number; readonly priced: number; readonly authority: number } {
  let failedT = 0;
  let failedF = ALL;
  let priced = 0;
  let authority = 0;
  for (const { applies, promise } of owed) {
    const t = applies(block);
    const f = block.f;
    priced |= t;
    if (promise === undefined || t === 0) continue;
    const may = promise.ask(block);
    if (promise.authority) authority |= t & may & block.f;
    const lacking = ~may;
    failedT |= t & lacking;
    failedF &= f | ~lacking;
  }
  return { failedT, failedF, priced, authority };
}

function choose(block: Block, { ways, closed }: { ways: readonly SlicedWay[]; closed: number }, said: Int32Array): void {
  const holds = new Int32Array(said.length);
  const hopes = new Int32Array(said.length);
  for (const way of ways) {
    const { t, f, priced, authority } = walk(way, block);
    const sure = t & ~f;
    const maybe = t & f;
    const lanes = [
      [FREE, ~priced],
      [CONDITIONAL, priced & ~authority],
      [AUTHORISATION, authority],
    ] as const;
    for (const [position, at] of lanes) {
      add(holds, position, sure & at);
      add(hopes, position, maybe & at);
    }
  }
  const free = holds[FREE] ?? 0;
  const conditional = (holds[CONDITIONAL] ?? 0) & ~free;
  const rest = ~(free | conditional);
  const granted = (closed > AUTHORISATION ? (holds[AUTHORISATION] ?? 0) : ALL) & rest;
  const laxer = (hopes[FREE] ?? 0) | (hopes[CONDITIONAL] ?? 0);
  const hope = rest & (laxer | (~granted & (hopes[AUTHORISATION] ?? 0)));
  add(said, FREE, free);
  add(said, CONDITIONAL, conditional);
  add(said, UNDECIDED, hope);
  add(said, AUTHORISATION, granted & ~hope);
  add(said, closed, rest & ~granted & ~hope);
}

function owe(block: Block, { ways, owed }: Pick<SlicedWay, 'owed'> & { ways: readonly SlicedWay[] }, said: Int32Array): void {
  let t = 0;
  let f = ALL;
  for (const way of ways) {
    const walked = walk(way, block);
    t |= walked.t;
    f &= walked.f;
  }
  const excused = t & ~f;
  const { failedT, failedF } = settle(owed, block);
  const unsure = ~excused & ((t & f) | (failedT & failedF));
  const failed = ~excused & ~unsure & failedT;
  add(said, FREE, excused);
  add(said, UNDECIDED, unsure);
  add(said, PROHIBITED, failed);
  add(said, CONDITIONAL, ~(excused | unsure | failed));
}

function sliceWays(sources: readonly Exception[], context: SliceContext): readonly SlicedWay[] {
  return sources
    .filter((source) => inForce(source.force, context.compile.on))
    .map((source) => ({
      when: sliceCondition(source.when, context),
      owed: sliceOwed(source, context),
      unless: sliceWays(source.unless, context),
    }));
}

function sliceOwed(source: Pick<Rule, 'needs' | 'duties'>, context: SliceContext): readonly SlicedDuty[] {
  const active = (duty: DutyRule): boolean => duty.force === undefined || inForce(duty.force, context.compile.on);
  const applies = (duty: DutyRule): Sliced => sliceCondition(duty.if ?? { op: 'all', of: [] }, context);
  const needs = source.needs.filter(active).map((need: Need) => ({
    applies: applies(need),
    promise: { ask: slicePromise(need.test.fact, need.test.test, context), authority: need.authority },
  }));
  return [...needs, ...source.duties.filter(active).map((duty) => ({ applies: applies(duty) }))];
}

import type { Facts } from '@comity/core';
import { conditionsOf } from './conditions.ts';
import type { Encoded } from './encode.ts';
import type { FastRule } from './fast.ts';
import type { CompiledRegime, Law } from './law.ts';
import type { CostedLever } from './levers.ts';
import type { Rule } from './pack.ts';
import { verdictOf } from './regime.ts';
import { ALL, type Block, type Lever, type SliceContext, touches } from './sliced.ts';
import { type SlicedRule, sliceRule } from './slicedrule.ts';
import { F } from './truth.ts';
import { STRICTNESS, strictness, type Verdict } from './verdict.ts';

/** The first five levers take turns within a block. */
const TURNS = [0xaaaaaaaa, 0xcccccccc, 0xf0f0f0f0, 0xff00ff00, 0xffff0000].map((word) => word | 0);
const LAWFUL = strictness('conditional');

/** Every subset of some levers, decided. */
export interface Sweep {
  /** Position of the verdict in the order of strictness, by subset: bit i of the subset is lever i. 255: two values of one fact, no subset at all. */
  readonly verdicts: Uint8Array;
}

/** What one rule or regime says of each scenario of a block. */
type Speaker = (block: Block, out: Int32Array) => unknown;

/**
 * Decides every subset of the levers at once, 32 to a word. Three-valued throughout: a subset that only the exact check could settle
 * counts as undecided, so nothing is called lawful that is not.
 */
export function sweep(regimes: readonly CompiledRegime[], levers: readonly Lever[], facts: Encoded): Sweep {
  return sweeper(regimes, levers)(facts);
}

/** The same for many facts: what depends on the levers alone is prepared once. */
export function sweeper(regimes: readonly CompiledRegime[], levers: readonly Lever[]): (facts: Encoded) => Sweep {
  const byFact = Map.groupBy(levers, ({ slot }) => slot.fact.name);
  const parts = regimes.map((regime) => partsOf(regime, byFact));
  const count = 2 ** levers.length;
  return (facts) => {
    const speakers = parts.flatMap((part) => speakersOf(part, facts));
    const verdicts = new Uint8Array(count);
    const block: Block = { facts, pulled: new Int32Array(levers.length), f: 0 };
    const out = new Int32Array(STRICTNESS.length);
    for (let start = 0; start < count; start += 32) {
      pull(block, start);
      out.fill(0);
      for (const speak of speakers) speak(block, out);
      readLanes({ out, clash: clashes(byFact, block), verdicts, start });
    }
    return { verdicts };
  };
}

/** Which levers are pulled in each of the 32 scenarios from a given subset on. */
function pull(block: Block, start: number): void {
  for (let i = 0; i < block.pulled.length; i++) block.pulled[i] = i < 5 ? (TURNS[i] ?? 0) : (start >> i) & 1 ? ALL : 0;
}

function readLanes(at: { out: Int32Array; clash: number; verdicts: Uint8Array; start: number }): void {
  const lanes = Math.min(32, at.verdicts.length - at.start);
  for (let lane = 0; lane < lanes; lane++) {
    let worst = STRICTNESS.length - 1;
    while (worst > 0 && (((at.out[worst] ?? 0) >> lane) & 1) === 0) worst--;
    at.verdicts[at.start + lane] = (at.clash >> lane) & 1 ? 255 : worst;
  }
}

/** Scenarios in which two levers put different values into one fact that holds only one. */
function clashes(byFact: ReadonlyMap<string, readonly Lever[]>, block: Block): number {
  let clash = 0;
  for (const levers of byFact.values()) {
    if ((levers[0]?.slot.words ?? 0) > 0) continue;
    let once = 0;
    for (const { index } of levers) {
      const pulled = block.pulled[index] ?? 0;
      clash |= once & pulled;
      once |= pulled;
    }
  }
  return clash;
}

/** A regime parted by what the levers touch. */
interface Parts {
  /** Rules that say one thing for all scenarios. */
  readonly fixed: readonly FastRule[];
  /** Rules that a lever touches, with how they are sliced, and whether a lever touches already what they reach. */
  readonly touched: readonly { readonly fast: FastRule; readonly slice: () => SlicedRule; readonly wherever: boolean }[];
}

function partsOf(regime: CompiledRegime, levers: SliceContext['levers']): Parts {
  const context = { compile: regime.context, levers };
  const touched = regime.fast.filter(({ rule }) => ruleTouches(rule, context));
  return {
    fixed: regime.fast.filter((fast) => !touched.includes(fast)),
    touched: touched.map((fast) => {
      let sliced: SlicedRule | undefined;
      const slice = (): SlicedRule => {
        sliced ??= sliceRule(fast.rule, context);
        return sliced;
      };
      return { fast, slice, wherever: touches(fast.rule.when, context) };
    }),
  };
}

/** What the rules of a regime say of given facts. A rule that does not reach the transfer whatever is pulled says nothing. */
function speakersOf({ fixed, touched }: Parts, facts: Encoded): readonly Speaker[] {
  const worst = verdictOf({ fast: fixed }, facts);
  const constant: readonly Speaker[] =
    worst === 'free' ? [] : [(_, out) => out.fill(ALL, strictness(worst), strictness(worst) + 1)];
  const reaching = touched.filter(({ fast, wherever }) => wherever || fast.reaches(facts) !== F);
  return [...constant, ...reaching.map(({ slice }) => slice())];
}

/** Whether a lever changes anything that a rule, its exceptions or its duties ask about. */
export function ruleTouches(rule: Rule, context: SliceContext): boolean {
  return conditionsOf(rule).some((condition) => touches(condition, context));
}

/** Smallest subsets that are lawful, as lists of levers: none contains another. */
export function smallestLawful(levers: readonly CostedLever[], { verdicts }: Sweep): readonly (readonly CostedLever[])[] {
  const order = Array.from(verdicts.keys())
    .filter((subset) => (verdicts[subset] ?? 255) <= LAWFUL)
    .sort((a, b) => size(a) - size(b) || a - b);
  const kept: number[] = [];
  for (const subset of order) if (!kept.some((smaller) => (smaller & subset) === smaller)) kept.push(subset);
  return kept.map((subset) => levers.filter((_, i) => (subset >> i) & 1));
}

function size(subset: number): number {
  let count = 0;
  for (let rest = subset; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** Rules that stay in the way whatever is pulled: what each says in every scenario is neither free nor conditional. */
export function immovable(
  law: Law,
  at: { readonly on: string; readonly facts: Facts; readonly levers: readonly Lever[] },
): readonly { readonly rule: Rule; readonly verdict: Verdict }[] {
  const facts = law.encode(at.facts);
  return law.on(at.on).flatMap((regime) =>
    regime.fast.flatMap((fast) => {
      if (fast.reaches(facts) === F) return [];
      const { verdicts } = sweep([{ ...regime, fast: [fast] }], at.levers, facts);
      const laxest = verdicts.reduce((best, verdict) => Math.min(best, verdict), 255);
      return laxest > LAWFUL ? [{ rule: fast.rule, verdict: STRICTNESS[laxest] ?? 'prohibited' }] : [];
    }),
  );
}

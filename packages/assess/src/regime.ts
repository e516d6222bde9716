import type { Facts } from '@comity/core';
import { confirmationTogether } from './confirmed.ts';
import type { Encoded } from './encode.ts';
import { verdictAt } from './fast.ts';
import type { CompiledRegime } from './law.ts';
import type { Confirmation, Rule, RuleKind } from './pack.ts';
import type { Duty, RuleOutcome } from './rule.ts';
import { T } from './truth.ts';
import { strictest, type Verdict } from './verdict.ts';

/** A rule that has something to say, with what it rests on. `says` is the key of its sentence in the pack. */
export interface Reason {
  readonly rule: string;
  readonly kind: RuleKind;
  readonly verdict: Verdict;
  readonly cite: string;
  readonly url?: string;
  readonly says: string;
  /** How well the text of the rule, of its basis, and of every definition and region they use was confirmed: the weakest of them. */
  readonly confirmed: Confirmation;
  readonly basis?: string;
  /** How the law itself provides for a collision with another. */
  readonly route?: Route;
}

export interface Route {
  readonly says: string;
  readonly cite: string;
}

/** A mandate that holds: this law demands the disclosure. */
export interface Demand {
  readonly rule: string;
  readonly cite: string;
  readonly route?: Route;
}

/** What one regime says. */
export interface RegimeAssessment {
  readonly verdict: Verdict;
  readonly because: readonly Reason[];
  readonly duties: readonly Duty[];
  readonly missing: readonly string[];
  /** Exceptions that hold, whose absence would have changed something. */
  readonly bases: readonly string[];
  readonly demands: readonly Demand[];
  /** How well the law behind the verdict was confirmed. */
  readonly confirmed: Confirmation;
}

/** A regime none of whose rules reaches the transfer. */
const SILENT: RegimeAssessment = {
  verdict: 'free',
  because: [],
  duties: [],
  missing: [],
  bases: [],
  demands: [],
  confirmed: 'official',
};

/** Puts the outcomes of a regime's rules together: the strictest counts. */
export function assessRegime(regime: CompiledRegime, facts: Facts, encoded: Encoded): RegimeAssessment {
  const outcomes = regime.run(facts, encoded);
  if (outcomes.length === 0) return SILENT;
  const verdict = strictest(outcomes.map((outcome) => outcome.verdict));
  const speaking = outcomes.filter((outcome) => outcome.verdict !== 'free');
  const missing = new Set(verdict === 'prohibited' ? [] : outcomes.flatMap((outcome) => outcome.missing));
  return {
    verdict,
    because: speaking.map(reasonOf),
    duties: mergeDuties(speaking.flatMap((outcome) => outcome.duties)),
    missing: [...missing].sort(),
    bases: [...new Set(outcomes.flatMap((outcome) => outcome.bases))].sort(),
    demands: outcomes
      .filter((outcome) => outcome.rule.kind === 'mandate' && outcome.verdict !== 'free' && outcome.reaches === T)
      .map(demandOf),
    confirmed: confirmationTogether(verdict, outcomes),
  };
}

/** The verdict alone, for searches that try many worlds. */
export function verdictOf(regime: Pick<CompiledRegime, 'fast'>, encoded: Encoded): Verdict {
  let worst = 0;
  for (const { verdict } of regime.fast) worst = Math.max(worst, verdict(encoded));
  return verdictAt(worst);
}

function reasonOf(outcome: RuleOutcome): Reason {
  const { rule, verdict, basis } = outcome;
  return {
    rule: rule.id,
    kind: rule.kind,
    verdict,
    cite: rule.cite.ref,
    says: rule.says,
    confirmed: outcome.confirmed,
    ...(rule.cite.url === undefined ? {} : { url: rule.cite.url }),
    ...(basis === undefined ? {} : { basis }),
    ...routeOf(rule),
  };
}

function routeOf({ route }: Rule): { readonly route?: Route } {
  return route === undefined ? {} : { route: { says: route.says, cite: route.cite.ref } };
}

function demandOf(outcome: RuleOutcome): Demand {
  return { rule: outcome.rule.id, cite: outcome.rule.cite.ref, ...routeOf(outcome.rule) };
}

/** One entry per duty word; an unmet one outlives a met one, since every rule's promise must be kept. */
function mergeDuties(duties: readonly Duty[]): readonly Duty[] {
  const byWord = new Map<string, Duty>();
  for (const duty of duties) {
    const known = byWord.get(duty.duty);
    if (known === undefined || (known.met !== false && duty.met === false)) byWord.set(duty.duty, duty);
  }
  return [...byWord.values()].sort((a, b) => (a.duty < b.duty ? -1 : 1));
}

import type { Facts } from '@comity/core';
import type { CompiledRegime } from './law.ts';
import type { RuleKind } from './pack.ts';
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
  /** How far the text behind the rule was confirmed; C = from memory. */
  readonly trust?: string;
  readonly basis?: string;
}

/** A mandate that holds: this law demands the disclosure. */
export interface Demand {
  readonly rule: string;
  readonly cite: string;
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
}

/** Puts the outcomes of a regime's rules together: the strictest counts. */
export function assessRegime(regime: CompiledRegime, facts: Facts): RegimeAssessment {
  const outcomes = regime.run(facts);
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
  };
}

/** The verdict alone, for searches that try many worlds. */
export function verdictOf(regime: CompiledRegime, facts: Facts): Verdict {
  return strictest(regime.run(facts).map((outcome) => outcome.verdict));
}

function reasonOf(outcome: RuleOutcome): Reason {
  const { rule, verdict, basis } = outcome;
  return {
    rule: rule.id,
    kind: rule.kind,
    verdict,
    cite: rule.cite.ref,
    says: rule.says,
    ...(rule.cite.url === undefined ? {} : { url: rule.cite.url }),
    ...(rule.cite.trust === undefined ? {} : { trust: rule.cite.trust }),
    ...(basis === undefined ? {} : { basis }),
  };
}

function demandOf(outcome: RuleOutcome): Demand {
  return { rule: outcome.rule.id, cite: outcome.rule.cite.ref };
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

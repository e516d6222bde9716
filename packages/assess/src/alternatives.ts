import type { Facts, FactValue } from '@comity/core';
import { relocate } from './countries.ts';
import { type Decided, decide, type Question } from './decide.ts';
import type { CompiledRegime, Law } from './law.ts';
import type { Test } from './pack.ts';
import { strictness, type Verdict } from './verdict.ts';

/** One thing a user could truthfully change. */
export interface Change {
  readonly fact: string;
  /** For a set: the value added; otherwise the value put. */
  readonly value: string;
}

/** A smallest set of changes after which the transfer may go, and what it then costs and owes. It is a to-do list, not a permission. */
export interface Alternative {
  readonly changes: readonly Change[];
  readonly cost: number;
  readonly verdict: Verdict;
  readonly duties: readonly string[];
}

export interface Alternatives {
  readonly now: Verdict;
  readonly sets: readonly Alternative[];
  /** When `sets` is empty: the rules that no change tried here satisfies. */
  readonly never: readonly { readonly rule: string; readonly cite: string; readonly says: string }[];
  /** Combinations decided. */
  readonly tried: number;
  /** More levers were there than could be combined exhaustively: only sets of up to `depth` changes were tried. */
  readonly depth: number;
}

/** Cost of a change in the user's own unit, by `fact=value`, by `fact`, else the default order of magnitude below. */
export type Costs = Readonly<Record<string, number>>;

const DEFAULT_COSTS: Costs = {
  safeguards: 2,
  instruments: 1,
  'procedure.assessments': 1,
  'procedure.notices': 1,
  'procedure.filings': 1,
  'data.form': 5,
  'importer.country': 8,
};
const MAX_TRIED = 4096;
const MAX_CHANGES = 4;
const MAX_DESTINATIONS = 6;
const FORMS = ['deidentified', 'anonymous', 'aggregate', 'synthetic'];

/**
 * The cheapest smallest sets of changes that make a transfer free or conditional. Exhaustive over the levers the rules in question ask
 * about, up to a bound that is reported. An authority's permission is not a lever: nobody can decide to have it.
 */
export function alternatives(law: Law, question: Question, costs: Costs = {}): Alternatives {
  const now = decide(law, question);
  const levers = leversOf(law, question, now);
  const found: Alternative[] = [];
  let tried = 0;
  let depth = 0;
  for (let size = 1; size <= MAX_CHANGES && tried + combinations(levers.length, size) <= MAX_TRIED; size++) {
    depth = size;
    for (const changes of subsets(levers, size)) {
      if (clash(changes) || found.some((known) => known.changes.every((change) => changes.includes(change)))) continue;
      tried += 1;
      const then = decide(law, { facts: withChanges(question, changes), on: question.on });
      if (isLawful(then.verdict)) found.push(alternativeOf(changes, then, costs));
    }
  }
  const sets = found.sort((a, b) => a.cost - b.cost || a.changes.length - b.changes.length);
  return { now: now.verdict, sets, never: sets.length > 0 ? [] : obstacles(now), tried, depth };
}

function isLawful(verdict: Verdict): boolean {
  return strictness(verdict) <= strictness('conditional');
}

function obstacles(now: Decided): Alternatives['never'] {
  const reasons = Object.values(now.regimes).flatMap((regime) => regime.because);
  return reasons.filter((reason) => !isLawful(reason.verdict)).map(({ rule, cite, says }) => ({ rule, cite, says }));
}

/** Changes worth trying: what the regimes that stand in the way ask about, and the user could change. */
function leversOf(law: Law, question: Question, now: Decided): readonly Change[] {
  const blocking = law.on(question.on).filter((regime) => !isLawful(now.regimes[regime.pack.regime]?.verdict ?? 'free'));
  const asked = blocking.flatMap((regime) => [...regime.asked].map(([fact, tests]) => ({ fact, tests })));
  const promised = asked.flatMap(({ fact, tests }) =>
    isPromise(law, fact) ? valuesIn(tests).map((value) => ({ fact, value })) : [],
  );
  const forms = FORMS.filter((form) => question.facts['data.form'] !== form).map((value) => ({ fact: 'data.form', value }));
  return unique([...promised, ...forms, ...destinations(law, question, blocking)]).filter(
    (change) => !holds(question.facts[change.fact], change.value),
  );
}

function isPromise(law: Law, fact: string): boolean {
  const definition = law.vocabulary.facts.get(fact);
  return definition?.promise === true && definition.lever && definition.type === 'set' && fact !== 'procedure.approvals';
}

/** One destination for each way in which a single move of the importer would be lawful by itself, the exporter's own country first. */
function destinations(law: Law, question: Question, blocking: readonly CompiledRegime[]): readonly Change[] {
  if (question.facts['importer.country'] === undefined) return [];
  const named = blocking.flatMap((regime) => [...regime.regions.values()].flatMap((codes) => [...codes]));
  const home = question.facts['exporter.country'];
  const candidates = [...(typeof home === 'string' ? [home] : []), ...new Set(named), ...law.vocabulary.countries];
  const seen = new Set<string>();
  return candidates.flatMap((value) => {
    const key = blocking.map((regime) => [...regime.regions.values()].map((codes) => codes.has(value)).join('')).join('');
    if (seen.has(key) || seen.size >= MAX_DESTINATIONS) return [];
    seen.add(key);
    return [{ fact: 'importer.country', value }];
  });
}

function valuesIn(tests: readonly Test[]): readonly string[] {
  return tests.flatMap((test) => (test.kind === 'has' ? test.values : []));
}

function unique(changes: readonly Change[]): readonly Change[] {
  return [...new Map(changes.map((change) => [`${change.fact}=${change.value}`, change])).values()];
}

function holds(value: FactValue | undefined, wanted: string): boolean {
  return Array.isArray(value) ? value.includes(wanted) : value === wanted;
}

/** Two values for one fact that holds only one. */
function clash(changes: readonly Change[]): boolean {
  const single = changes
    .filter((change) => change.fact === 'data.form' || change.fact === 'importer.country')
    .map((change) => change.fact);
  return new Set(single).size < single.length;
}

/** The facts after the changes. A move of the importer comes first, so that nothing else is undone by it. */
function withChanges(question: Question, changes: readonly Change[]): Facts {
  const move = changes.find((change) => change.fact === 'importer.country');
  const facts: Record<string, FactValue> = { ...(move === undefined ? question.facts : relocate(question, move.value)) };
  for (const { fact, value } of changes) {
    const old = facts[fact];
    if (fact === 'data.form') facts[fact] = value;
    else if (fact !== 'importer.country') facts[fact] = [...(Array.isArray(old) ? old : []), value];
  }
  return facts;
}

function alternativeOf(changes: readonly Change[], then: Decided, costs: Costs): Alternative {
  const price = ({ fact, value }: Change): number => costs[`${fact}=${value}`] ?? costs[fact] ?? DEFAULT_COSTS[fact] ?? 3;
  const duties = new Set(Object.values(then.regimes).flatMap((regime) => regime.duties.map((duty) => duty.duty)));
  return {
    changes,
    cost: changes.reduce((sum, change) => sum + price(change), 0),
    verdict: then.verdict,
    duties: [...duties].sort(),
  };
}

function combinations(n: number, k: number): number {
  let count = 1;
  for (let i = 0; i < k; i++) count = (count * (n - i)) / (i + 1);
  return Math.max(0, count);
}

function* subsets(levers: readonly Change[], size: number, from = 0): Generator<readonly Change[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let i = from; i <= levers.length - size; i++) {
    const lever = levers[i];
    if (lever !== undefined) for (const rest of subsets(levers, size - 1, i + 1)) yield [lever, ...rest];
  }
}

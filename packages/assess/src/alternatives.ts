import type { Facts } from '@comity/core';
import { classesOfPlaces, relocate } from './countries.ts';
import { type Decided, decide, type Question } from './decide.ts';
import { verdictAt } from './fast.ts';
import type { Law } from './law.ts';
import { type Change, type CostedLever, type Costs, leversOf, priceOf, withChanges } from './levers.ts';
import { immovable, smallestLawful, sweep } from './search.ts';
import { strictness, type Verdict } from './verdict.ts';

export type { Change, Costs } from './levers.ts';

/** A smallest set of changes after which the transfer may go, and what it then costs and owes. It is a to-do list, not a permission. */
export interface Alternative {
  readonly changes: readonly Change[];
  readonly cost: number;
  readonly verdict: Verdict;
  readonly duties: readonly string[];
}

export interface Alternatives {
  readonly now: Verdict;
  /** Cheapest first; none contains another. */
  readonly sets: readonly Alternative[];
  /** When `sets` is empty: the rules that stay in the way whatever is changed; if each gives way to something, all that stand there now. */
  readonly never: readonly { readonly rule: string; readonly cite: string; readonly says: string }[];
  /** Combinations decided. */
  readonly tried: number;
  /** Levers that were left out because there were too many; the costliest ones. */
  readonly left: number;
  /** Facts that are unknown and matter: answered, they may open ways that cannot be seen now. */
  readonly missing: readonly string[];
}

/** Subsets of this many levers are tried at each destination: 4,096. */
const MAX_LEVERS = 12;
const MAX_SETS = 40;

interface Destination {
  readonly facts: Facts;
  readonly move: readonly Change[];
  readonly cost: number;
}

/**
 * The cheapest smallest sets of changes that make a transfer free or conditional: every subset of up to twelve levers, here and at every
 * destination that the rules can tell apart. An authority's permission is no lever: nobody can decide to have it.
 */
export function alternatives(law: Law, question: Question, costs: Costs = {}): Alternatives {
  const now = decide(law, question);
  if (isLawful(now.verdict)) return { now: now.verdict, sets: [], never: [], tried: 0, left: 0, missing: [] };
  const found: Alternative[] = [];
  let tried = 0;
  let left = 0;
  for (const place of destinations(law, question, costs)) {
    const levers = leversAt(law, { question, place, costs, most: 64 });
    left = Math.max(left, levers.length - MAX_LEVERS);
    const used = levers.slice(0, MAX_LEVERS);
    const swept = sweep(law.on(question.on), used, law.encode(place.facts));
    tried += swept.verdicts.length;
    for (const set of smallestLawful(used, swept)) add(found, { law, question, place, set });
  }
  const smallest = found.filter((one) => !found.some((other) => other !== one && contains(one, other)));
  const sets = [...merged(smallest)].sort(cheapest).slice(0, MAX_SETS);
  return {
    now: now.verdict,
    sets,
    never: sets.length > 0 ? [] : obstacles(law, { question, now, costs }),
    tried,
    left,
    missing: now.missing,
  };
}

function add(found: Alternative[], at: { law: Law; question: Question; place: Destination; set: readonly CostedLever[] }): void {
  const { law, question, place, set } = at;
  if (place.move.length === 0 && set.length === 0) return;
  const then = decide(law, {
    facts: withChanges(
      place.facts,
      set.map(({ change }) => change),
      law,
    ),
    on: question.on,
  });
  const duties = new Set(Object.values(then.regimes).flatMap((regime) => regime.duties.map((duty) => duty.duty)));
  found.push({
    changes: [...place.move, ...set.map(({ change }) => change)],
    cost: place.cost + set.reduce((sum, { cost }) => sum + cost, 0),
    verdict: then.verdict,
    duties: [...duties].sort(),
  });
}

/** Sets that differ only in the country are one, with all their countries; the first of them stands for all. */
function merged(found: readonly Alternative[]): readonly Alternative[] {
  const key = ({ changes, cost, verdict, duties }: Alternative): string =>
    JSON.stringify([
      changes.map(({ fact, value, countries }) => [fact, countries === undefined ? value : '']),
      cost,
      verdict,
      duties,
    ]);
  return [...Map.groupBy(found, key).values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const countries = same.flatMap((one) => one.changes.flatMap((change) => change.countries ?? [])).sort();
    return [
      { ...first, changes: first.changes.map((change) => (change.countries === undefined ? change : { ...change, countries })) },
    ];
  });
}

function cheapest(a: Alternative, b: Alternative): number {
  return a.cost - b.cost || a.changes.length - b.changes.length;
}

/** Whether a set does all that a smaller one does, and more. */
function contains(large: Alternative, small: Alternative): boolean {
  const has = ({ fact, value }: Change): boolean =>
    large.changes.some((change) => change.fact === fact && change.value === value);
  return small.changes.length < large.changes.length && small.changes.every(has);
}

/** Here, and one country for each class of countries that the rules can tell apart: home first, then what lies in the same territory. */
function destinations(law: Law, question: Question, costs: Costs): readonly Destination[] {
  const here: Destination = { facts: question.facts, move: [], cost: 0 };
  const now = question.facts['importer.country'];
  if (now === undefined) return [here];
  const near = nearTo(law, question.facts['exporter.country']);
  const classes = classesOfPlaces(law, question).filter((countries) => !countries.includes(String(now)));
  const rank = (countries: readonly string[]): number =>
    Math.min(...countries.map((country) => near.indexOf(country)).map((at) => (at < 0 ? 999 : at)));
  const moves = [...classes]
    .sort((a, b) => rank(a) - rank(b))
    .map((countries): Destination => {
      const value = near.find((country) => countries.includes(country)) ?? countries[0] ?? String(now);
      const change = { fact: 'importer.country', value, countries };
      return {
        facts: relocate(question, value),
        move: [change],
        cost: priceOf(law.vocabulary.facts.get('importer.country'), change, costs),
      };
    });
  return [here, ...moves];
}

/** The exporter's own country, then the places that some regime counts to the same territory, such as Puerto Rico to the United States. */
function nearTo(law: Law, home: unknown): readonly string[] {
  if (typeof home !== 'string') return [];
  const territories = [...law.vocabulary.territories.values()].filter((places) => places.includes(home));
  return [home, ...new Set(territories.flat().filter((country) => country !== home))];
}

/** The levers that the rules in the way at a place would notice. */
function leversAt(law: Law, at: { question: Question; place: Destination; costs: Costs; most: number }): readonly CostedLever[] {
  const facts = law.encode(at.place.facts);
  const blocking = law.on(at.question.on).flatMap((regime) => {
    const rules = regime.fast.filter(({ verdict }) => !isLawful(verdictAt(verdict(facts)))).map(({ rule }) => rule);
    return rules.length === 0 ? [] : [{ regime, rules }];
  });
  return blocking.length === 0 ? [] : leversOf(law, { blocking, facts: at.place.facts, costs: at.costs, most: at.most });
}

function isLawful(verdict: Verdict): boolean {
  return strictness(verdict) <= strictness('conditional');
}

function obstacles(law: Law, at: { question: Question; now: Decided; costs: Costs }): Alternatives['never'] {
  const place = { facts: at.question.facts, move: [], cost: 0 };
  const levers = leversAt(law, { question: at.question, place, costs: at.costs, most: MAX_LEVERS });
  const firm = immovable(law, { on: at.question.on, facts: at.question.facts, levers });
  if (firm.length > 0) return firm.map(({ rule }) => ({ rule: rule.id, cite: rule.cite.ref, says: rule.says }));
  const reasons = Object.values(at.now.regimes).flatMap((regime) => regime.because);
  return reasons.filter(({ verdict }) => !isLawful(verdict)).map(({ rule, cite, says }) => ({ rule, cite, says }));
}

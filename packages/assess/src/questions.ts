import type { FactValue } from '@comity/core';
import { type Decided, decide, type Question } from './decide.ts';
import type { CompiledRegime, Law } from './law.ts';
import type { Test } from './pack.ts';

/** A fact that somebody still has to be asked for. */
export interface NextQuestion {
  readonly fact: string;
  /** Open regimes whose answer waits for it, by name. */
  readonly regimes: readonly string[];
  /** Fewest facts, this one among them, that are still missing in one of these regimes: 1 means that it closes one. */
  readonly left: number;
  /** Values that some rule of these regimes names, what is named most often first: those worth offering first. Empty for places. */
  readonly named: readonly (string | boolean)[];
  /** For a number: the ranges that no rule of these regimes divides further. */
  readonly ranges: readonly FactValue[];
}

/**
 * The facts still to ask, so that few questions lead to an answer: first what most of the open regimes ask; then what closes a regime
 * soonest; among equals what more regimes ask. A fact that cannot change any open regime is not in the list.
 */
export function nextQuestions(
  law: Law,
  question: Pick<Question, 'facts' | 'on'>,
  { regimes }: Pick<Decided, 'regimes'> = decide(law, question),
): readonly NextQuestion[] {
  const open = Object.entries(regimes).filter(([, { verdict, missing }]) => verdict === 'undecided' && missing.length > 0);
  const asking = Map.groupBy(
    open.flatMap(([regime, { missing }]) => missing.map((fact) => ({ fact, regime, left: missing.length }))),
    ({ fact }) => fact,
  );
  const compiled = law.on(question.on);
  const found = [...asking].map(([fact, all]): NextQuestion => {
    const names = all.map(({ regime }) => regime);
    const tests = compiled.filter(({ pack }) => names.includes(pack.regime)).flatMap((regime) => testsOf(regime, fact));
    return {
      fact,
      regimes: names,
      left: Math.min(...all.map(({ left }) => left)),
      named: namedIn(tests),
      ranges: law.vocabulary.facts.get(fact)?.type === 'number' ? rangesOf(tests) : [],
    };
  });
  const place = ({ fact }: NextQuestion): boolean => law.vocabulary.facts.get(fact)?.type === 'country';
  return found.sort((a, b) => compare(a, b, open.length) || Number(place(b)) - Number(place(a)) || (a.fact < b.fact ? -1 : 1));
}

function testsOf(regime: CompiledRegime, fact: string): readonly Test[] {
  return regime.asked.get(fact) ?? [];
}

/** What most regimes ask stands before everything else. Equals are then asked places first: a place settles most. */
function compare(a: NextQuestion, b: NextQuestion, open: number): number {
  const [byMost, otherByMost] = [a, b].map(({ regimes }) => regimes.length > 1 && regimes.length * 2 > open);
  if (byMost !== otherByMost) return byMost === true ? -1 : 1;
  const wide = b.regimes.length - a.regimes.length;
  const soon = a.left - b.left;
  return byMost === true ? wide || soon : soon || wide;
}

function namedIn(tests: readonly Test[]): readonly (string | boolean)[] {
  const values = tests.flatMap((test): readonly (string | boolean)[] => {
    if (test.kind === 'one-of' || test.kind === 'has' || test.kind === 'only') return test.values;
    return test.kind === 'count' ? test.of : [];
  });
  const often = Map.groupBy(values, (value) => value);
  return [...often.keys()].sort((a, b) => (often.get(b)?.length ?? 0) - (often.get(a)?.length ?? 0));
}

/** Whole numbers between the bounds that rules draw. */
function rangesOf(tests: readonly Test[]): readonly FactValue[] {
  const starts = tests.flatMap((test) => {
    if (test.kind !== 'number') return [];
    // The first whole number on the far side of the bound.
    const beyond = test.compare === 'over' || test.compare === 'atMost';
    return [beyond ? Math.floor(test.bound) + 1 : Math.ceil(test.bound)];
  });
  const cuts = [...new Set(starts)].filter((start) => start > 0).sort((a, b) => a - b);
  if (cuts.length === 0) return [];
  return [0, ...cuts].map((min, i): FactValue => {
    const next = cuts[i];
    return next === undefined ? { min } : { min, max: next - 1 };
  });
}

import type { Facts } from '@comity/core';
import { ourAnswer } from './agree.ts';
import { otherValues } from './complete.ts';
import { decide, strictness } from './ours.ts';
import type { Answer } from './peer.ts';
import type { RuleSet } from './ruleset.ts';

/** A stopped transfer without one fact that decides it. */
export interface Trial {
  readonly facts: Facts;
  readonly dropped: string;
}

/** What came of the trials: of so many, how many became a permission; and how many of the engines' answers bore a warning or failed. */
export interface Failing {
  readonly trials: number;
  readonly permitted: number;
  /** Permitted with a warning beside it. */
  readonly warned: number;
  /** No answer at all. */
  readonly silent: number;
}

/**
 * Stopped transfers, each without one fact that decides it: some other value of that fact would let the transfer go. So whoever does not know
 * it cannot know that the transfer may go. Facts whose absence the law itself answers are never dropped.
 */
export function dropDecisive(set: RuleSet, cases: readonly Facts[]): readonly Trial[] {
  const { vocabulary } = set.law;
  return cases
    .filter((facts) => ourAnswer(set, facts).stops.length > 0)
    .flatMap((facts) =>
      set.asked
        .filter(({ fact }) => facts[fact.name] !== undefined && !set.answered.has(fact.name))
        .filter((asked) =>
          otherValues(asked, facts[asked.fact.name], vocabulary).some(
            (value) => ourAnswer(set, { ...facts, [asked.fact.name]: value }).stops.length === 0,
          ),
        )
        .map(({ fact }) => ({ facts: without(facts, fact.name), dropped: fact.name })),
    );
}

function without(facts: Facts, name: string): Facts {
  const { [name]: _dropped, ...rest } = facts;
  return rest;
}

/** What our engine says, everything it has at hand: three values, then every completion of what is missing; and whether it asks for the fact that was dropped. */
export function weSay({ law, on }: RuleSet, { facts, dropped }: Trial): Answer & { readonly asks: boolean } {
  const { verdict, missing } = decide(law, { facts, on });
  return { stops: strictness(verdict) > strictness('conditional') ? [verdict] : [], asks: missing.includes(dropped) };
}

/** Counts what became of the trials. */
export function failing(answers: readonly Answer[]): Failing {
  const open = answers.filter(({ stops, failed }) => stops.length === 0 && failed === undefined);
  return {
    trials: answers.length,
    permitted: open.length,
    warned: open.filter(({ warned }) => warned).length,
    silent: answers.filter(({ failed }) => failed !== undefined).length,
  };
}

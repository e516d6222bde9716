import { canonicalJson, type Day, type Facts } from '@comity/core';
import { type Decided, decide, type Question } from './decide.ts';
import type { Law } from './law.ts';

/**
 * The first day after the question's on which the verdict or the duties would differ, facts unchanged except those that expire.
 * Null when nothing dated in the packs or facts changes the answer.
 */
export function lawfulUntil(law: Law, question: Question, now: Decided): Day | null {
  const expiries = Object.values(question.expires ?? {});
  const days = [...new Set([...law.epochs, ...expiries])].filter((day) => day > question.on).sort();
  const before = essence(now);
  return days.find((day) => essence(decide(law, { facts: factsLeft(question, day), on: day })) !== before) ?? null;
}

function factsLeft(question: Question, day: Day): Facts {
  const expires = question.expires ?? {};
  return Object.fromEntries(Object.entries(question.facts).filter(([name]) => (expires[name] ?? '9999-12-31') > day));
}

function essence(decided: Decided): string {
  const regimes = Object.entries(decided.regimes).map(([name, regime]) => [
    name,
    regime.verdict,
    regime.duties.map((duty) => [duty.duty, duty.met ?? null]),
  ]);
  return canonicalJson([decided.verdict, regimes]);
}

import { canonicalJson, type Day, type Facts } from '@comity/core';
import type { Question } from './decide.ts';
import type { CompiledRegime, Law } from './law.ts';
import { assessRegime } from './regime.ts';

/**
 * The first day after the question's on which the verdict or the duties of some regime would differ, facts unchanged except those that
 * expire. Three-valued: whether something open would settle itself is not tried. Null when nothing dated in the packs or facts changes the answer. Only regimes whose pack changes on a day are decided again.
 */
export function lawfulUntil(law: Law, question: Question): Day | null {
  const expiries = Object.values(question.expires ?? {});
  const days = [...new Set([...law.epochs, ...expiries])].filter((day) => day > question.on).sort();
  const base = law.on(question.on, question.decided);
  const said = new Map<CompiledRegime, string>();
  const essence = (regime: CompiledRegime, facts: Facts): string => {
    const known = facts === question.facts ? said.get(regime) : undefined;
    const fresh = known ?? essenceOf(law, regime, facts);
    if (facts === question.facts) said.set(regime, fresh);
    return fresh;
  };
  const differs = (day: Day): boolean => {
    const facts = factsLeft(question, day);
    return law.on(day, question.decided).some((regime, i) => {
      const before = base[i];
      if (before === undefined || (before === regime && facts === question.facts)) return before === undefined;
      return essence(before, question.facts) !== essence(regime, facts);
    });
  };
  return days.find(differs) ?? null;
}

function factsLeft(question: Question, day: Day): Facts {
  const gone = Object.entries(question.expires ?? {}).filter(([, end]) => end <= day);
  if (gone.length === 0) return question.facts;
  const names = new Set(gone.map(([name]) => name));
  return Object.fromEntries(Object.entries(question.facts).filter(([name]) => !names.has(name)));
}

function essenceOf(law: Law, regime: CompiledRegime, facts: Facts): string {
  const { verdict, duties, demands } = assessRegime(regime, facts, law.encode(facts));
  return canonicalJson([verdict, duties.map((duty) => [duty.duty, duty.met ?? null]), demands.map((demand) => demand.rule)]);
}

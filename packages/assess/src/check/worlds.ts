import { canonicalJson, type Day, type Facts } from '@comity/core';
import { compileContext } from '../compile.ts';
import type { Encoded } from '../encode.ts';
import { fastRule } from '../fast.ts';
import type { Pack, Rule } from '../pack.ts';
import { compileRule } from '../rule.ts';
import { inForce, type Vocabulary } from '../vocabulary.ts';

/** Facts on a day. */
export interface World {
  readonly on: Day;
  readonly facts: Facts;
}

/** What one rule says of a world, as it is frozen: nothing of reasons, everything of consequences. */
export interface Said {
  readonly verdict: string;
  readonly duties: readonly string[];
  readonly missing: readonly string[];
}

/** What a rule of a pack says of worlds; compiled once for each stretch of days in which nothing changes. */
export interface Speaker {
  readonly say: (world: World) => Said;
  /** The verdict alone, as its position in the order of strictness, of facts that are encoded already. */
  readonly verdict: (on: Day, facts: Encoded) => number;
}

/** Prepares a rule of a pack to be asked about worlds. */
export function speaker(rule: Rule, pack: Pack, vocabulary: Vocabulary): Speaker {
  const compiled = new Map<Day, ReturnType<typeof compileRule>>();
  const fast = new Map<Day, ReturnType<typeof fastRule>>();
  const kept = <V>(map: Map<Day, V>, on: Day, make: () => V): V => {
    const known = map.get(on) ?? make();
    map.set(on, known);
    return known;
  };
  return {
    say: ({ on, facts }) => {
      if (!inForce(rule.force, on)) return { verdict: 'free', duties: [], missing: [] };
      const outcome = kept(compiled, on, () => compileRule(rule, compileContext(pack, vocabulary, on)))(facts);
      return {
        verdict: outcome.verdict,
        duties: [...new Set(outcome.duties.map(({ duty }) => duty))].sort(),
        missing: outcome.missing,
      };
    },
    verdict: (on, facts) => {
      if (!inForce(rule.force, on)) return 0;
      return kept(fast, on, () => fastRule(rule, compileContext(pack, vocabulary, on))).verdict(facts);
    },
  };
}

/** A statement as text, for comparing. */
export function saidText(said: Said): string {
  return canonicalJson([said.verdict, said.duties, said.missing]);
}

/** The examples of a pack, or of one of its rules, as worlds. They were checked against the vocabulary when they were run. */
export function exampleWorlds(pack: Pack, rule?: string): readonly World[] {
  return pack.rules
    .filter(({ id }) => rule === undefined || id === rule)
    .flatMap(({ examples }) => examples.map(({ on, facts }) => ({ on, facts: facts as Facts })));
}

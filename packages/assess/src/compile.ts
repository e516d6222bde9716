import { type Day, type Facts, isPartialSet } from '@comity/core';
import type { Atom } from './atom.ts';
import { best, confirmationOf, weakest } from './confirmed.ts';
import type { Condition, Confirmation, Pack, Test } from './pack.ts';
import { askFact, type Regions } from './testfact.ts';
import { and, F, not, or, T, type Truth, U } from './truth.ts';
import { inForce, type Vocabulary } from './vocabulary.ts';

/** A condition compiled for one day: closures over facts. */
export interface Compiled {
  readonly truth: (facts: Facts) => Truth;
  /** Adds the facts that leave it unknown: the union over its unknown branches. Adds nothing when it is known. */
  readonly missing: (facts: Facts, into: Set<string>) => void;
  /** How well what its truth rests on was confirmed: of what makes it true, or false, or leaves it open, and of nothing else. */
  readonly confirmed: (facts: Facts) => Confirmation;
}

/** What compiling needs to know, and what it gathers. */
export interface CompileContext {
  readonly pack: Pick<Pack, 'define' | 'regions' | 'sources'>;
  readonly vocabulary: Vocabulary;
  readonly regions: Regions;
  readonly definitions: Map<string, Compiled>;
  /** The same definitions over encoded facts. */
  readonly fast: Map<string, Atom>;
  /** The day for which is compiled. */
  readonly on: Day;
}

/** A context in which the conditions of a pack are compiled for a day: its regions as they stand on that day. */
export function compileContext(
  pack: Pick<Pack, 'define' | 'regions' | 'sources'>,
  vocabulary: Vocabulary,
  on: Day,
): CompileContext {
  const regions = new Map(
    [...pack.regions].map(([name, region]) => [
      name,
      new Set(region.members.filter((member) => inForce(member, on)).flatMap((m) => m.codes)),
    ]),
  );
  return { pack, vocabulary, regions, definitions: new Map(), fast: new Map(), on };
}

/** Turns a condition into closures. */
export function compileCondition(condition: Condition, context: CompileContext): Compiled {
  switch (condition.op) {
    case 'test':
      return compileTest(condition.fact, condition.test, context);
    case 'not':
      return compileNot(compileCondition(condition.of, context));
    case 'use':
      return compileUse(condition.name, context);
    case 'all':
      return compileJunction(compileEach(condition.of, context), { join: and, start: T, end: F });
    case 'any':
      return compileJunction(compileEach(condition.of, context), { join: or, start: F, end: T });
    case 'first':
      return compileFirst(compileEach(condition.of, context));
  }
}

function compileEach(conditions: readonly Condition[], context: CompileContext): readonly Compiled[] {
  return conditions.map((condition) => compileCondition(condition, context));
}

function compileTest(fact: string, test: Test, context: CompileContext): Compiled {
  const { regions, vocabulary, pack } = context;
  const region = test.kind === 'place' ? pack.regions.get(test.region) : undefined;
  const confirmed = region === undefined ? 'official' : confirmationOf(region.cite, pack);
  // An absent promise is a step not yet taken: false, never unknown (law contract, Meaning 3).
  const absent = vocabulary.facts.get(fact)?.promise === true ? F : U;
  const truth = (facts: Facts): Truth => {
    const value = facts[fact];
    if (value === undefined) return absent;
    const asked = askFact(test, value, regions);
    // Of a set that is known in part, what is not said is as absent as the whole would be.
    return asked === U ? (isPartialSet(value) ? absent : U) : asked;
  };
  return {
    truth,
    missing: (facts, into) => {
      if (truth(facts) === U) into.add(fact);
    },
    confirmed: () => confirmed,
  };
}

function compileNot(inner: Compiled): Compiled {
  return { ...inner, truth: (facts) => not(inner.truth(facts)) };
}

function compileUse(name: string, context: CompileContext): Compiled {
  const known = context.definitions.get(name);
  if (known !== undefined) return known;
  const definition = context.pack.define.get(name);
  if (definition === undefined) throw new Error(`definition ${name} was not checked when the pack was loaded`);
  const inner = compileCondition(definition.when, context);
  const own = confirmationOf(definition.cite, context.pack);
  const compiled: Compiled = { ...inner, confirmed: (facts) => weakest([own, inner.confirmed(facts)]) };
  context.definitions.set(name, compiled);
  return compiled;
}

interface Junction {
  readonly join: (a: Truth, b: Truth) => Truth;
  readonly start: Truth;
  /** Value at which the rest no longer matters. */
  readonly end: Truth;
}

function compileJunction(branches: readonly Compiled[], junction: Junction): Compiled {
  const truth = (facts: Facts): Truth => {
    let sofar = junction.start;
    for (const branch of branches) {
      sofar = junction.join(sofar, branch.truth(facts));
      if (sofar === junction.end) return sofar;
    }
    return sofar;
  };
  return {
    truth,
    missing: (facts, into) => {
      if (truth(facts) !== U) return;
      for (const branch of branches) if (branch.truth(facts) === U) branch.missing(facts, into);
    },
    confirmed: (facts) => {
      const value = truth(facts);
      // One branch is enough to end it, and the best confirmed one stands for it; else it rests on every branch that says the same.
      const same = branches.filter((branch) => branch.truth(facts) === value).map((branch) => branch.confirmed(facts));
      return value === junction.end ? best(same) : weakest(same);
    },
  };
}

/** The first branch that is known; unknown, and missing what any of them misses, when none is. */
function compileFirst(branches: readonly Compiled[]): Compiled {
  const truth = (facts: Facts): Truth => {
    for (const branch of branches) {
      const value = branch.truth(facts);
      if (value !== U) return value;
    }
    return U;
  };
  return {
    truth,
    missing: (facts, into) => {
      if (truth(facts) === U) for (const branch of branches) branch.missing(facts, into);
    },
    confirmed: (facts) => {
      const known = branches.find((branch) => branch.truth(facts) !== U);
      return known?.confirmed(facts) ?? weakest(branches.map((branch) => branch.confirmed(facts)));
    },
  };
}

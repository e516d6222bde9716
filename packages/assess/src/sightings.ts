import { type Facts, isPartialSet } from '@comity/core';

/** A member of a set that was seen in the data themselves: `data.categories` has `health`. That something was not seen says nothing. */
export interface Sighting {
  readonly fact: string;
  readonly value: string;
}

/** Facts with what was seen, and the names of those facts that say of something that was seen that it is not there. */
export interface Sighted {
  readonly facts: Facts;
  readonly against: readonly string[];
}

/**
 * Adds what was seen to what was stated. A fact that nobody stated becomes a set of which that part is known. A stated set that knows everything seen stays as it is. A
 * stated set that rules out something seen is contradicted: what both name is there, everything else that it ruled out is unknown again, so the answer can become stricter or ask, and
 * nothing that was seen is ever taken for absent. Facts that are no sets stay as they are.
 */
export function withSightings(stated: Facts, seen: readonly Sighting[]): Sighted {
  const facts: Record<string, Facts[string]> = { ...stated };
  const against: string[] = [];
  for (const fact of new Set(seen.map((one) => one.fact))) {
    const values = [...new Set(seen.filter((one) => one.fact === fact).map(({ value }) => value))].sort();
    const before = stated[fact];
    if (before === undefined) facts[fact] = { has: values };
    else if (isList(before)) {
      if (values.every((value) => before.includes(value))) continue;
      facts[fact] = { has: together(before, values) };
      against.push(fact);
    } else if (isPartialSet(before)) {
      const { has = [], lacks = [] } = before;
      const still = lacks.filter((value) => !values.includes(value));
      facts[fact] = { has: together(has, values), ...(still.length === 0 ? {} : { lacks: still }) };
      if (still.length < lacks.length) against.push(fact);
    }
  }
  return { facts, against };
}

function together(a: readonly string[], b: readonly string[]): readonly string[] {
  return [...new Set([...a, ...b])].sort();
}

function isList(value: Facts[string]): value is readonly string[] {
  return Array.isArray(value);
}

import { type FactValue, isPartialSet, type PartialSet } from '@comity/core';
import type { Comparison, Test } from './pack.ts';
import { F, fromBoolean, T, type Truth, U } from './truth.ts';

/** Codes that a region holds on the day for which a pack was compiled. */
export type Regions = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Asks one fact one question. In: the fact's value, or undefined when it is unknown.
 * A list is a complete set; of a set that is known in part, what is not said is unknown. A number may be a range, and is then true or
 * false only if every number in it is.
 */
export function askFact(test: Test, value: FactValue | undefined, regions: Regions): Truth {
  if (value === undefined) return U;
  if (isPartialSet(value)) return askPart(test, value, regions);
  switch (test.kind) {
    case 'one-of':
      return fromBoolean(test.values.some((candidate) => candidate === value));
    case 'has':
      return fromBoolean(listOf(value).some((item) => test.values.includes(item)));
    case 'only':
      return fromBoolean(listOf(value).every((item) => test.values.includes(item)));
    case 'count':
      return fromBoolean(listOf(value).filter((item) => test.of.includes(item)).length >= test.atLeast);
    case 'place':
      return fromBoolean(listOf(value).some((code) => (regions.get(test.region)?.has(code) === true) === test.inside));
    case 'number':
      return askNumber(test.compare, test.bound, value);
  }
}

/** Asks a set of which only part is known: true by what it has, false by what it lacks, else unknown. */
function askPart(test: Test, { has = [], lacks = [] }: PartialSet, regions: Regions): Truth {
  switch (test.kind) {
    case 'has':
      if (has.some((item) => test.values.includes(item))) return T;
      return test.values.every((item) => lacks.includes(item)) ? F : U;
    case 'only':
      return has.some((item) => !test.values.includes(item)) ? F : U;
    case 'count': {
      const possible = test.of.filter((item) => !lacks.includes(item));
      if (has.filter((item) => test.of.includes(item)).length >= test.atLeast) return T;
      return possible.length < test.atLeast ? F : U;
    }
    case 'place': {
      const codes = regions.get(test.region) ?? new Set();
      if (has.some((code) => codes.has(code) === test.inside)) return T;
      return test.inside && [...codes].every((code) => lacks.includes(code)) ? F : U;
    }
    default:
      return U;
  }
}

function listOf(value: FactValue): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value : [];
}

function askNumber(compare: Comparison, bound: number, value: FactValue): Truth {
  const [low, high] = bounds(value);
  const lowest = compareNumber(compare, bound, low);
  const highest = compareNumber(compare, bound, high);
  if (lowest !== highest) return U;
  return lowest ? T : F;
}

/** Lowest and highest number a value can be. */
export function bounds(value: FactValue): readonly [number, number] {
  if (typeof value === 'number') return [value, value];
  if (typeof value !== 'object' || !('min' in value || 'max' in value)) return [0, Number.POSITIVE_INFINITY];
  const { min = 0, max = Number.POSITIVE_INFINITY } = value;
  return [min, max];
}

function compareNumber(compare: Comparison, bound: number, value: number): boolean {
  if (compare === 'over') return value > bound;
  if (compare === 'atLeast') return value >= bound;
  return compare === 'under' ? value < bound : value <= bound;
}

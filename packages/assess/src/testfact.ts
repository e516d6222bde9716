import type { FactValue } from '@comity/core';
import type { Comparison, Test } from './pack.ts';
import { F, fromBoolean, T, type Truth, U } from './truth.ts';

/** Codes that a region holds on the day for which a pack was compiled. */
export type Regions = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Asks one fact one question. In: the fact's value, or undefined when it is unknown.
 * A set is complete; a number may be a range, and is then true or false only if every number in it is.
 */
export function askFact(test: Test, value: FactValue | undefined, regions: Regions): Truth {
  if (value === undefined) return U;
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
  return [value.min ?? 0, value.max ?? Number.POSITIVE_INFINITY];
}

function compareNumber(compare: Comparison, bound: number, value: number): boolean {
  if (compare === 'over') return value > bound;
  if (compare === 'atLeast') return value >= bound;
  return compare === 'under' ? value < bound : value <= bound;
}

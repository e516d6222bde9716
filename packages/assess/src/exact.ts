import type { Facts, FactValue } from '@comity/core';
import { valueClasses } from './classes.ts';
import { type Encoded, encoderOf, put, type Slot } from './encode.ts';
import type { CompiledRegime, Law } from './law.ts';
import { type RegimeAssessment, verdictOf } from './regime.ts';
import type { Verdict } from './verdict.ts';

/** Most worlds tried before the check gives up and the answer stays undecided. */
const MAX_WORLDS = 4096;
/** Steps this far apart visit every world once, since no count of worlds below the bound has it as a factor. */
const STEP = 7919;

/** What trying completions showed. */
export interface ExactAnswer {
  /** Every completion gives this verdict. */
  readonly verdict?: Verdict;
  /** A completion that gives it: its reasons and duties stand for all. */
  readonly completion?: Facts;
  /** The facts on which the answer truly depends. */
  readonly missing: readonly string[];
}

/** One unknown fact and the values worth trying. */
interface Axis {
  readonly name: string;
  readonly slot: Slot;
  readonly values: readonly FactValue[];
  /** How far apart two worlds are that differ by one value here. */
  readonly stride: number;
}

/**
 * Three-valued logic loses correlation ("A or not A"), so an undecided regime is tried on completions of its missing facts, one value per
 * class that no rule can tell apart, until each fact was seen to matter; all completions, when they agree. Undefined when there are too
 * many worlds or a completion is itself undecided: then the regime stays undecided, with its full list.
 */
export function checkExactly(
  regime: CompiledRegime,
  undecided: RegimeAssessment,
  at: { readonly facts: Facts; readonly law: Law },
): ExactAnswer | undefined {
  const axes = axesOf(regime, undecided.missing, at);
  const worlds = axes.reduce((product, { values }) => product * values.length, 1);
  if (axes.length === 0 || worlds === 0 || worlds > MAX_WORLDS) return undefined;
  const ask = asker(regime, axes, at);
  const mattering = new Set<Axis>();
  for (let i = 0; i < worlds && mattering.size < axes.length; i++) {
    const world = (i * STEP) % worlds;
    const verdict = ask(world);
    if (verdict === 'undecided') return undefined;
    for (const axis of axes) if (!mattering.has(axis) && ask(neighbour(world, axis)) !== verdict) mattering.add(axis);
  }
  if (mattering.size > 0) return { missing: axes.filter((axis) => mattering.has(axis)).map(({ name }) => name) };
  return { verdict: ask(0), completion: { ...at.facts, ...valuesAt(0, axes) }, missing: [] };
}

function axesOf(
  regime: CompiledRegime,
  names: readonly string[],
  at: { readonly facts: Facts; readonly law: Law },
): readonly Axis[] {
  const { vocabulary } = at.law;
  let stride = 1;
  return names.flatMap((name) => {
    const values = valueClasses(name, regime, { facts: at.facts, vocabulary });
    const slot = encoderOf(vocabulary).slots.get(name);
    if (slot === undefined) return [];
    const axis = { name, slot, values, stride };
    stride *= values.length;
    return [axis];
  });
}

/** The verdict of a world, each worked out once, over facts that are filled in place. */
function asker(
  regime: CompiledRegime,
  axes: readonly Axis[],
  at: { readonly facts: Facts; readonly law: Law },
): (world: number) => Verdict {
  const known = new Map<number, Verdict>();
  const encoded = at.law.encode(at.facts);
  return (world) => {
    const before = known.get(world);
    if (before !== undefined) return before;
    for (const axis of axes) fill(encoded, axis, world);
    const verdict = verdictOf(regime, encoded);
    known.set(world, verdict);
    return verdict;
  };
}

function fill(encoded: Encoded, { slot, values, stride }: Axis, world: number): void {
  const value = values[Math.floor(world / stride) % values.length];
  if (value === undefined) return;
  if (slot.words > 0) encoded.cells.fill(0, slot.at, slot.at + 1 + 2 * slot.words);
  put(encoded, slot, value);
}

/** The world that differs on one axis alone, by the next value there. */
function neighbour(world: number, { values, stride }: Axis): number {
  const position = Math.floor(world / stride) % values.length;
  return world + (((position + 1) % values.length) - position) * stride;
}

function valuesAt(world: number, axes: readonly Axis[]): Facts {
  return Object.fromEntries(
    axes.flatMap(({ name, values, stride }): readonly (readonly [string, FactValue])[] => {
      const value = values[Math.floor(world / stride) % values.length];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

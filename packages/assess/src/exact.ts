import type { Facts, FactValue } from '@comity/core';
import { valueClasses } from './classes.ts';
import { type Encoded, encoderOf, put, type Slot } from './encode.ts';
import type { CompiledRegime, Law } from './law.ts';
import { type RegimeAssessment, verdictOf } from './regime.ts';
import type { Verdict } from './verdict.ts';

/** Most partial completions tried before the check gives up and the answer stays undecided. */
const MAX_TRIED = 200;

/** What trying completions showed. */
export interface ExactAnswer {
  /** Every completion gives this verdict. */
  readonly verdict?: Verdict;
  /** A completion that gives it: its reasons and duties stand for all. */
  readonly completion?: Facts;
  /** The facts on which the answer truly depends. */
  readonly missing: readonly string[];
}

/** One unknown fact and the values worth trying: one of each class that no rule can tell apart. */
interface Axis {
  readonly name: string;
  readonly slot: Slot;
  readonly values: readonly FactValue[];
}

/**
 * Three-valued logic loses correlation ("A or not A"), so an undecided regime is decided fact by fact: each missing fact in turn takes
 * each of its values, and a branch ends as soon as the rest no longer matters. Branches that come to the same are one, so a fact whose
 * values all come to the same does not matter. Undefined when there is too much to try or a completion is itself undecided: then the
 * regime stays undecided, with its full list.
 */
export function checkExactly(
  regime: CompiledRegime,
  undecided: RegimeAssessment,
  at: { readonly facts: Facts; readonly law: Law },
): ExactAnswer | undefined {
  const axes = axesOf(regime, undecided.missing, at);
  if (axes.length === 0 || axes.some(({ values }) => values.length === 0)) return undefined;
  const search: Search = {
    regime,
    axes,
    encoded: at.law.encode(at.facts),
    mattering: new Set(),
    diagrams: new Map(),
    tried: 0,
    open: false,
  };
  const root = explore(search, 0);
  if (search.open) return undefined;
  if (search.mattering.size > 0) return { missing: undecided.missing.filter((name) => search.mattering.has(name)) };
  const completion = Object.fromEntries(
    axes.flatMap(({ name, values: [value] }) => (value === undefined ? [] : [[name, value]])),
  );
  // Nothing matters, so the root is no branch but the verdict that all completions share.
  return { verdict: root as Verdict, completion: { ...at.facts, ...completion }, missing: [] };
}

interface Search {
  readonly regime: CompiledRegime;
  readonly axes: readonly Axis[];
  /** Facts in which the axes are filled in place. */
  readonly encoded: Encoded;
  readonly mattering: Set<string>;
  /** Branches by what they come to, so that equal ones have one name. */
  readonly diagrams: Map<string, string>;
  tried: number;
  open: boolean;
}

/** What the facts come to from here on: a verdict, or the name of a branch. Equal names, equal answers on every completion. */
function explore(search: Search, level: number): string {
  search.tried += 1;
  const verdict = verdictOf(search.regime, search.encoded);
  if (verdict !== 'undecided') return verdict;
  const axis = search.axes[level];
  if (axis === undefined || search.tried > MAX_TRIED) search.open = true;
  if (axis === undefined || search.open) return verdict;
  const restore = keep(search.encoded, axis.slot);
  const ends: string[] = [];
  for (const value of axis.values) {
    fill(search.encoded, axis.slot, value);
    ends.push(explore(search, level + 1));
    if (search.open) break;
  }
  restore();
  const [first = verdict] = ends;
  if (ends.every((end) => end === first)) return first;
  search.mattering.add(axis.name);
  return nameOf(search.diagrams, `${level}:${ends.join(',')}`);
}

function nameOf(diagrams: Map<string, string>, diagram: string): string {
  const known = diagrams.get(diagram) ?? `#${diagrams.size}`;
  diagrams.set(diagram, known);
  return known;
}

/** The missing facts, those first that the rules ask first: they stand for scope, and end most branches. */
function axesOf(
  regime: CompiledRegime,
  names: readonly string[],
  { facts, law }: { readonly facts: Facts; readonly law: Law },
): readonly Axis[] {
  const { slots } = encoderOf(law.vocabulary);
  const asked = [...regime.asked.keys()].filter((name) => names.includes(name));
  return asked.flatMap((name) => {
    const slot = slots.get(name);
    return slot === undefined ? [] : [{ name, slot, values: valueClasses(name, regime, { facts, vocabulary: law.vocabulary }) }];
  });
}

function isNumber({ fact }: Slot): boolean {
  return fact.type === 'number' || fact.type === 'share';
}

/** Remembers what stands in a slot; gives how to put it back. */
function keep({ cells, numbers }: Encoded, slot: Slot): () => void {
  const { at, words } = slot;
  const from = isNumber(slot) ? numbers : cells;
  const kept = from.slice(at, at + (isNumber(slot) ? 2 : 1 + 2 * words));
  return () => from.set(kept, at);
}

function fill(encoded: Encoded, slot: Slot, value: FactValue): void {
  if (slot.words > 0) encoded.cells.fill(0, slot.at, slot.at + 1 + 2 * slot.words);
  put(encoded, slot, value);
}

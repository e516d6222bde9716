import { type Facts, type FactValue, isPartialSet } from '@comity/core';
import { bounds } from './testfact.ts';
import type { FactDefinition, Vocabulary } from './vocabulary.ts';

/**
 * Facts as numbers, so that asking one is an array access. In `cells`, 0 is unknown: a single value is its code; a set is 1 when it is
 * complete and 2 when it is known in part, then as bits what it has, then as bits what it lacks. In `numbers`, lowest and highest; not a
 * number is unknown.
 */
export interface Encoded {
  readonly cells: Int32Array;
  readonly numbers: Float64Array;
}

/** Where one fact stands in the arrays, and the code of each of its values. */
export interface Slot {
  readonly fact: FactDefinition;
  readonly at: number;
  /** Words of 32 members that a set takes; 0 for a single value. */
  readonly words: number;
  /** Code of a value: from 1 for single values, from 0 for members of a set. */
  readonly codes: ReadonlyMap<string | boolean, number>;
}

export interface Encoder {
  readonly slots: ReadonlyMap<string, Slot>;
  /** All facts as numbers, or those alone that are named; the others stay unknown. */
  readonly encode: (facts: Facts, only?: ReadonlySet<string>) => Encoded;
}

const made = new WeakMap<Vocabulary, Encoder>();

/** The encoder of a vocabulary; made once. */
export function encoderOf(vocabulary: Vocabulary): Encoder {
  const known = made.get(vocabulary);
  if (known !== undefined) return known;
  const fresh = makeEncoder(vocabulary);
  made.set(vocabulary, fresh);
  return fresh;
}

function makeEncoder(vocabulary: Vocabulary): Encoder {
  const slots = new Map<string, Slot>();
  let cells = 0;
  let numbers = 0;
  for (const fact of vocabulary.facts.values()) {
    const isNumber = fact.type === 'number' || fact.type === 'share';
    const codes = codesOf(fact, vocabulary);
    const words = fact.type === 'set' || fact.type === 'country_set' ? Math.ceil(codes.size / 32) : 0;
    slots.set(fact.name, { fact, at: isNumber ? numbers : cells, words, codes });
    if (isNumber) numbers += 2;
    else cells += 1 + 2 * words;
  }
  const size = { cells, numbers };
  return { slots, encode: (facts, only) => encode(facts, { slots, size, only }) };
}

function codesOf(fact: FactDefinition, vocabulary: Vocabulary): ReadonlyMap<string | boolean, number> {
  if (fact.type === 'bool')
    return new Map<boolean, number>([
      [true, 1],
      [false, 2],
    ]);
  const words = fact.type.startsWith('country')
    ? [...vocabulary.countries]
    : fact.type === 'region'
      ? [...vocabulary.subdivisions]
      : fact.values;
  const first = fact.type === 'set' || fact.type === 'country_set' ? 0 : 1;
  return new Map(words.map((word, i) => [word, i + first]));
}

interface Into {
  readonly slots: Encoder['slots'];
  readonly size: { readonly cells: number; readonly numbers: number };
  readonly only: ReadonlySet<string> | undefined;
}

function encode(facts: Facts, { slots, size, only }: Into): Encoded {
  const encoded = { cells: new Int32Array(size.cells), numbers: new Float64Array(size.numbers).fill(Number.NaN) };
  for (const name in facts) {
    if (only?.has(name) === false) continue;
    const slot = slots.get(name);
    const value = facts[name];
    if (slot !== undefined && value !== undefined) put(encoded, slot, value);
  }
  return encoded;
}

/** Writes one fact into encoded facts. */
export function put({ cells, numbers }: Encoded, slot: Slot, value: FactValue): void {
  const { type } = slot.fact;
  if (type === 'number' || type === 'share') {
    const [low, high] = bounds(value);
    numbers[slot.at] = low;
    numbers[slot.at + 1] = high;
  } else if (slot.words > 0) {
    putSet(cells, slot, value);
  } else if (typeof value === 'string' || typeof value === 'boolean') {
    // A value without a code (a date, a time) is known, and no rule can ask about it.
    cells[slot.at] = slot.codes.get(value) ?? -1;
  }
}

export const COMPLETE = 1;
export const PARTIAL = 2;

function putSet(cells: Int32Array, slot: Slot, value: FactValue): void {
  const { has = [], lacks = [] } = isPartialSet(value) ? value : { has: Array.isArray(value) ? value : [] };
  const first = slot.at + 1;
  cells[slot.at] = isPartialSet(value) ? PARTIAL : COMPLETE;
  setBits(cells, first, codesIn(slot, has));
  setBits(cells, first + slot.words, codesIn(slot, lacks));
  if (isPartialSet(value)) return;
  for (let word = 0; word < slot.words; word++) cells[first + slot.words + word] = ~(cells[first + word] ?? 0);
}

function codesIn(slot: Slot, members: readonly string[]): readonly number[] {
  return members.map((member) => slot.codes.get(member) ?? 0);
}

function setBits(cells: Int32Array, first: number, codes: readonly number[]): void {
  for (const code of codes) cells[first + (code >> 5)] = (cells[first + (code >> 5)] ?? 0) | (1 << (code & 31));
}

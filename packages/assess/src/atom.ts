import { type Encoded, PARTIAL, type Slot } from './encode.ts';
import type { Test } from './pack.ts';
import type { Regions } from './testfact.ts';
import { F, fromBoolean, not, T, type Truth, U } from './truth.ts';

/** One fact asked one question, over encoded facts. */
export type Atom = (facts: Encoded) => Truth;

/** Prepares a question. Says what `askFact` says of the same fact and question; an absent promise is false. */
export function compileAtom(slot: Slot, test: Test, regions: Regions): Atom {
  return prepare(slot, test, { regions, absent: slot.fact.promise ? F : U });
}

/** The same question about a promise, which is unknown while it is open: neither kept nor out of reach. */
export function compilePromise(slot: Slot, test: Test, regions: Regions): Atom {
  return prepare(slot, test, { regions, absent: U });
}

function prepare(slot: Slot, test: Test, { regions, absent }: Reading): Atom {
  if (test.kind === 'number') return numberAtom(slot.at, test, absent);
  return slot.words === 0 ? singleAtom(slot, test, { regions, absent }) : setAtom(slot, test, { regions, absent });
}

interface Reading {
  readonly regions: Regions;
  readonly absent: Truth;
}

/** Codes that satisfy a question about a single value. */
export function holdsOf(test: Test, regions: Regions): (value: string | boolean) => boolean {
  if (test.kind === 'one-of') return (value) => test.values.includes(value);
  if (test.kind !== 'place') return () => false;
  const codes = regions.get(test.region);
  return (value) => (codes?.has(String(value)) === true) === test.inside;
}

function singleAtom(slot: Slot, test: Test, { regions, absent }: Reading): Atom {
  const holds = holdsOf(test, regions);
  const table = new Uint8Array(slot.codes.size + 1);
  table[0] = absent;
  for (const [value, code] of slot.codes) table[code] = fromBoolean(holds(value));
  const { at } = slot;
  // The table holds truth values only; what lies outside it has no code and answers to no question.
  return ({ cells }) => (table[cells[at] ?? 0] ?? F) as Truth;
}

function setAtom(slot: Slot, test: Test, { regions, absent }: Reading): Atom {
  const { at, words } = slot;
  const mask = maskOf(slot, test, regions);
  const named = mask.reduce((sum, word) => sum + ones(word), 0);
  const needed = test.kind === 'count' ? test.atLeast : 1;
  const outside = test.kind === 'only' || (test.kind === 'place' && !test.inside);
  const found: Truth = test.kind === 'only' ? F : T;
  const first = at + 1;
  return ({ cells }) => {
    const state = cells[at];
    if (state === 0) return absent;
    let has = 0;
    let lacks = 0;
    for (let word = 0; word < words; word++) {
      const members = cells[first + word] ?? 0;
      const wanted = mask[word] ?? 0;
      has += ones(outside ? members & ~wanted : members & wanted);
      lacks += ones((cells[first + words + word] ?? 0) & wanted);
    }
    if (has >= needed) return found;
    // What is wanted and not known to be lacking may still be there; of what stands outside, only a complete set tells.
    const possible = outside ? state === PARTIAL : named - lacks >= needed;
    return possible ? absent : not(found);
  };
}

/** The members that a question names, as bits. */
export function maskOf(slot: Slot, test: Test, regions: Regions): Int32Array {
  const mask = new Int32Array(slot.words);
  const named: Iterable<string> =
    test.kind === 'place'
      ? (regions.get(test.region) ?? [])
      : test.kind === 'count'
        ? test.of
        : test.kind === 'has' || test.kind === 'only'
          ? test.values
          : [];
  for (const value of named) {
    const code = slot.codes.get(value);
    if (code !== undefined) mask[code >> 5] = (mask[code >> 5] ?? 0) | (1 << (code & 31));
  }
  return mask;
}

function numberAtom(at: number, { compare, bound }: Extract<Test, { kind: 'number' }>, absent: Truth): Atom {
  const holds = {
    over: (value: number) => value > bound,
    atLeast: (value: number) => value >= bound,
    under: (value: number) => value < bound,
    atMost: (value: number) => value <= bound,
  }[compare];
  return ({ numbers }) => {
    const low = numbers[at] ?? Number.NaN;
    if (Number.isNaN(low)) return absent;
    const lowest = holds(low);
    return lowest === holds(numbers[at + 1] ?? low) ? fromBoolean(lowest) : U;
  };
}

/** How many bits are set in a word. */
function ones(word: number): number {
  let count = 0;
  for (let rest = word; rest !== 0; rest &= rest - 1) count++;
  return count;
}

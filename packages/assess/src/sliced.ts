import { type Atom, compilePromise, maskOf } from './atom.ts';
import type { CompileContext } from './compile.ts';
import { COMPLETE, type Encoded, PARTIAL, type Slot } from './encode.ts';
import { fastCondition, slotOf } from './fast.ts';
import type { Condition, Test } from './pack.ts';

/**
 * 32 scenarios at once. A condition is two words: `t`, a bit for each scenario in which it can be true, and `f`, one for each in which
 * it can be false. The scenarios are the subsets of some changes ("levers") to the same facts; in a block of 32 the first five levers
 * take turns, the others are all in or all out.
 */
export interface Block {
  /** The facts that no lever touches, and the base values of those that one does. */
  facts: Encoded;
  /** For each lever, a bit for each scenario in which it is pulled. */
  readonly pulled: Int32Array;
  /** Second half of the last answer: scenarios in which it can be false. */
  f: number;
}

/** A condition over a block: gives the scenarios in which it can be true, and leaves in `f` those in which it can be false. */
export type Sliced = (block: Block) => number;

/** A change of one fact: a member added to a set, or another single value. */
export interface Lever {
  readonly slot: Slot;
  /** For a set: code of the member that is added. */
  readonly code: number;
  /** Facts of which only this one is known, with the new value. */
  readonly alone: Encoded;
  /** Position of its word in `pulled`. */
  readonly index: number;
}

export interface SliceContext {
  readonly compile: CompileContext;
  /** Levers by the name of the fact they change. */
  readonly levers: ReadonlyMap<string, readonly Lever[]>;
}

export const ALL = -1;

/** Compiles a condition for blocks. Conditions that no lever touches are asked once and hold for the whole block. */
export function sliceCondition(condition: Condition, context: SliceContext): Sliced {
  if (!touches(condition, context)) return spread(fastCondition(condition, context.compile));
  switch (condition.op) {
    case 'test':
      return sliceTest(condition.fact, condition.test, context);
    case 'use':
      return sliceCondition(definitionOf(condition.name, context), context);
    case 'not': {
      const inner = sliceCondition(condition.of, context);
      return (block) => {
        const t = inner(block);
        const f = block.f;
        block.f = t;
        return f;
      };
    }
    default: {
      const branches = condition.of.map((branch) => sliceCondition(branch, context));
      return condition.op === 'all' ? sliceAll(branches) : condition.op === 'any' ? sliceAny(branches) : sliceFirst(branches);
    }
  }
}

/** Whether any lever changes a fact that a condition asks about. */
export function touches(condition: Condition, context: SliceContext): boolean {
  if (condition.op === 'test') return context.levers.has(condition.fact);
  if (condition.op === 'use') return touches(definitionOf(condition.name, context), context);
  return condition.op === 'not' ? touches(condition.of, context) : condition.of.some((branch) => touches(branch, context));
}

function definitionOf(name: string, context: SliceContext): Condition {
  const definition = context.compile.pack.define.get(name);
  if (definition === undefined) throw new Error(`definition ${name} was not checked when the pack was loaded`);
  return definition.when;
}

function spread(atom: Atom): Sliced {
  return (block) => {
    const truth = atom(block.facts);
    block.f = truth & 2 ? ALL : 0;
    return truth & 1 ? ALL : 0;
  };
}

function sliceAll(branches: readonly Sliced[]): Sliced {
  return (block) => {
    let t = ALL;
    let f = 0;
    for (const branch of branches) {
      t &= branch(block);
      f |= block.f;
      if (t === 0 && f === ALL) break;
    }
    block.f = f;
    return t;
  };
}

function sliceAny(branches: readonly Sliced[]): Sliced {
  return (block) => {
    let t = 0;
    let f = ALL;
    for (const branch of branches) {
      t |= branch(block);
      f &= block.f;
      if (t === ALL && f === 0) break;
    }
    block.f = f;
    return t;
  };
}

/** In each scenario the first branch that is known there. */
function sliceFirst(branches: readonly Sliced[]): Sliced {
  return (block) => {
    let open = ALL;
    let t = ALL;
    let f = ALL;
    for (const branch of branches) {
      const bt = branch(block);
      const bf = block.f;
      const take = open & ~(bt & bf);
      t = (t & ~take) | (bt & take);
      f = (f & ~take) | (bf & take);
      open &= ~take;
    }
    block.f = f;
    return t;
  };
}

function sliceTest(name: string, test: Test, context: SliceContext): Sliced {
  return sliceAsked(fastCondition({ op: 'test', fact: name, test }, context.compile), { name, test, context });
}

/** The question about a promise, over a block: open in the scenarios in which it can be both true and false. */
export function slicePromise(name: string, test: Test, context: SliceContext): Sliced {
  const base = compilePromise(slotOf(name, context.compile), test, context.compile.regions);
  return context.levers.has(name) ? sliceAsked(base, { name, test, context }) : spread(base);
}

interface AskedTest {
  readonly name: string;
  readonly test: Test;
  readonly context: SliceContext;
}

function sliceAsked(base: Atom, { name, test, context }: AskedTest): Sliced {
  const slot = slotOf(name, context.compile);
  const levers = context.levers.get(name) ?? [];
  if (slot.words === 0) return sliceSingle(base, levers, singleTruths(base, levers));
  return test.kind === 'count' ? sliceCount(slot, levers, base) : sliceSet(slot, levers, { base, test, context });
}

/** What each lever's value answers: levers of one single fact exclude each other, so one at most is pulled. */
function singleTruths(base: Atom, levers: readonly Lever[]): readonly number[] {
  return levers.map(({ alone }) => base(alone));
}

function sliceSingle(base: Atom, levers: readonly Lever[], truths: readonly number[]): Sliced {
  return (block) => {
    const truth = base(block.facts);
    let t = 0;
    let f = 0;
    let rest = ALL;
    levers.forEach(({ index }, i) => {
      const pulled = block.pulled[index] ?? 0;
      if ((truths[i] ?? 0) & 1) t |= pulled;
      if ((truths[i] ?? 0) & 2) f |= pulled;
      rest &= ~pulled;
    });
    block.f = f | (truth & 2 ? rest : 0);
    return t | (truth & 1 ? rest : 0);
  };
}

/** A set that levers add members to: what it answers with none, and what each added member changes. */
function sliceSet(slot: Slot, levers: readonly Lever[], at: { base: Atom; test: Test; context: SliceContext }): Sliced {
  const mask = maskOf(slot, at.test, at.context.compile.regions);
  const named = ({ code }: Lever): boolean => (((mask[code >> 5] ?? 0) >> (code & 31)) & 1) === 1;
  const outside = at.test.kind === 'only' || (at.test.kind === 'place' && !at.test.inside);
  // A member decides where it counts: named for "has", not named for "only" and "outside".
  const deciding = levers.filter((lever) => named(lever) !== outside);
  const whenAdded = at.test.kind === 'only' ? 2 : 1;
  const known = levers.map(({ index }) => index);
  const plain = at.test.kind === 'only' ? 1 : 2;
  return (block) => {
    const truth = at.base(block.facts);
    const unknown = block.facts.cells[slot.at] === 0;
    let added = 0;
    let touched = 0;
    for (const { index } of deciding) added |= block.pulled[index] ?? 0;
    for (const index of known) touched |= block.pulled[index] ?? 0;
    // A set that nobody stated becomes known once something is put into it.
    const otherwise = unknown ? touched & ~added : 0;
    const rest = ALL & ~added & ~otherwise;
    const t = (whenAdded & 1 ? added : 0) | (plain & 1 ? otherwise : 0) | (truth & 1 ? rest : 0);
    block.f = (whenAdded & 2 ? added : 0) | (plain & 2 ? otherwise : 0) | (truth & 2 ? rest : 0);
    return t;
  };
}

/** How many of the named members there are, scenario by scenario: rare enough not to be worth slicing. */
function sliceCount(slot: Slot, levers: readonly Lever[], base: Atom): Sliced {
  return (block) => {
    let t = 0;
    let f = 0;
    for (let lane = 0; lane < 32; lane++) {
      const pulled = levers.filter(({ index }) => ((block.pulled[index] ?? 0) >> lane) & 1);
      const truth = base({
        cells: pulled.length === 0 ? block.facts.cells : withMembers(block.facts.cells, slot, pulled),
        numbers: block.facts.numbers,
      });
      if (truth & 1) t |= 1 << lane;
      if (truth & 2) f |= 1 << lane;
    }
    block.f = f;
    return t;
  };
}

/** The cells with members added to a set; one that nobody stated is then complete. */
function withMembers(cells: Int32Array, slot: Slot, added: readonly Lever[]): Int32Array {
  const changed = Int32Array.from(cells);
  const complete = changed[slot.at] !== PARTIAL;
  if (complete) changed[slot.at] = COMPLETE;
  for (const { code } of added) {
    const has = slot.at + 1 + (code >> 5);
    const bit = 1 << (code & 31);
    changed[has] = (changed[has] ?? 0) | bit;
    changed[has + slot.words] = (changed[has + slot.words] ?? 0) & ~bit;
  }
  if (complete)
    for (let word = 0; word < slot.words; word++) changed[slot.at + 1 + slot.words + word] = ~(changed[slot.at + 1 + word] ?? 0);
  return changed;
}

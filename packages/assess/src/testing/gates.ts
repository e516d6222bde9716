import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Facts } from '@comity/core';
import { compileGates, type Gates } from '../gate/compilegate.ts';
import type { GatePack } from '../gate/gate.ts';
import { loadGate } from '../gate/loadgate.ts';
import { committedVocabulary, fromRoot, must, readJson } from './law.ts';

/** A case of a gate, with its stated outcome. */
export interface GateCase {
  readonly id: string;
  readonly regime: string;
  readonly on: string;
  readonly facts: Facts;
  readonly expect: {
    readonly decision: string;
    readonly due?: string;
    readonly also_due?: readonly string[];
    readonly notify?: boolean;
    readonly tasks?: readonly string[];
    readonly missing?: readonly string[];
  };
}

/** The words of the gates. */
export const vocabulary = committedVocabulary('cooperation');

/** The committed gates as they were read. */
export function committedGatePacks(): readonly GatePack[] {
  const names = readdirSync(fromRoot('law/packs')).filter((name) => name.startsWith('gate.'));
  return names.map((name) => must(loadGate(readJson(`law/packs/${name}`), vocabulary)));
}

/** The committed gates. */
export function committedGates(): Gates {
  return compileGates(vocabulary, committedGatePacks());
}

/** The cases in a file; none when there is no such file. */
export function gateCasesIn(path: string): readonly GateCase[] {
  const file = fromRoot(path);
  if (!existsSync(file)) return [];
  // Written for this shape; a case that is not of it fails its own test.
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as GateCase);
}

/** Every case of a gate that stands in law/cases/gates. */
export function ownGateCases(): readonly GateCase[] {
  return readdirSync(fromRoot('law/cases/gates'))
    .sort()
    .flatMap((name) => gateCasesIn(`law/cases/gates/${name}`));
}

/** Worlds made up at random from a seed: facts of the vocabulary, with the numbers about which the law counts. */
export function madeUpWorlds(count: number, seed: number): readonly Facts[] {
  let state = seed;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const pick = <V>(values: readonly V[]): V | undefined => values[next(values.length)];
  const names = [...vocabulary.facts.keys()];
  return Array.from({ length: count }, () => {
    const world: Record<string, unknown> = {};
    for (const name of names) if (next(4) > 0) world[name] = factOf(name, pick);
    return Object.fromEntries(Object.entries(world).filter(([, value]) => value !== undefined)) as Facts;
  });
}

const NUMBERS = [0, 1, 2.9, 3, 4, 9, 10, 11, 14, 15, 48, 49, 60, 61, 90, 91, 96, 97];
const COUNTRIES = ['FR', 'DE', 'DK', 'IE', 'US', 'GB', 'MX', 'CA'];

function factOf(name: string, pick: <V>(values: readonly V[]) => V | undefined): unknown {
  const fact = vocabulary.facts.get(name);
  switch (fact?.type) {
    case 'bool':
      return pick([true, false]);
    case 'enum':
      return pick(fact.values);
    case 'set':
      return pick([[], ...fact.values.map((value) => [value])]);
    case 'country':
      return pick(COUNTRIES);
    case 'number':
      return pick(NUMBERS);
    default:
      return undefined;
  }
}

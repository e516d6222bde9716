import type { Dice } from '../synthesise/dice.ts';
import type { Rows } from '../synthesise/sample.ts';
import { areaUnder, beyondControl, caughtAt, meanGap, meanOf, type Share, wilson } from './intervals.ts';
import { nearestIn, someOf } from './nearest.ts';

/** An attack tried on subjects in the data, beside the same tried on subjects that were not. */
export interface Tried {
  readonly tries: number;
  readonly attack: Share;
  readonly control: Share;
  /** (attack − control) / (1 − control). */
  readonly beyond: Share;
}

export interface Attacks {
  /** Whether nearness to a synthetic row tells who was in the data: 0.5 is a coin. */
  readonly membership: Share;
  /** People inside who are told by that where one in a hundred outside is taken for inside: the worst case, which the figure above averages away (Carlini and others 2022). */
  readonly caught: Tried;
  /** Columns in which a row differs from the nearest synthetic one, on average; `contrast` is how many fewer it is for rows inside. */
  readonly nearest: { readonly inside: number; readonly outside: number; readonly contrast: Share };
  /** Rows that stand in the synthetic data as they are, of those inside and of those outside. */
  readonly exact: Tried;
  readonly singlingOut: Tried;
  readonly linkability: Tried;
  /** For each column that was guessed from the others. */
  readonly inference: readonly (Tried & { readonly column: number })[];
}

export interface Attacked {
  /** Rows that the synthetic data were made from, and rows that were not. */
  readonly inside: Rows;
  readonly outside: Rows;
  readonly synthetic: Rows;
  readonly sizes: readonly number[];
  readonly dice: Dice;
}

const TARGETS = 1_000;
const POOL = 50_000;
const MOST_SECRETS = 5;
/** Share of people outside who may be taken for inside. */
const FALSE_ALARMS = 0.01;

/**
 * The three criteria of Opinion 05/2014 (WP216) and membership, each beside a control that shows what the attack gets without the person's data.
 * An attack that fails proves little; one that succeeds proves much. The guarantee is ε, not this.
 */
export function attacksOn(given: Attacked): Attacks {
  const even = Math.min(given.inside[0]?.length ?? 0, given.outside[0]?.length ?? 0);
  const most = Math.min(TARGETS, even);
  const attacked = {
    ...given,
    inside: someOf(given.inside, most),
    outside: someOf(given.outside, most),
    synthetic: someOf(given.synthetic, POOL),
  };
  const all = attacked.sizes.map((_, column) => column);
  const inside = nearestIn(attacked.synthetic, attacked.inside, all).distance;
  const outside = nearestIn(attacked.synthetic, attacked.outside, all).distance;
  const near = (distances: Uint16Array): Float64Array => Float64Array.from(distances, (distance) => -distance);
  return {
    membership: areaUnder(near(inside), near(outside)),
    caught: tried(...caughtAt(FALSE_ALARMS, inside, outside)),
    nearest: { inside: meanOf(inside), outside: meanOf(outside), contrast: meanGap(outside, inside, all.length) },
    exact: tried([count(inside, 0), most], [count(outside, 0), most]),
    singlingOut: singleOut({ ...attacked, inside: someOf(given.inside, even), outside: someOf(given.outside, even) }),
    linkability: link(attacked, all),
    inference: secretsOf(attacked.sizes).map((column) => ({ column, ...infer(attacked, column) })),
  };
}

function tried(attack: readonly [number, number], control: readonly [number, number]): Tried {
  return { tries: attack[1], attack: wilson(...attack), control: wilson(...control), beyond: beyondControl(attack, control) };
}

function count(list: ArrayLike<number>, wanted: number): number {
  let hits = 0;
  for (let i = 0; i < list.length; i++) if (list[i] === wanted) hits += 1;
  return hits;
}

const GUESSES = 1_000;
const COLUMNS_PER_GUESS = 5;

/** Takes some values of a synthetic row that stand together in no other synthetic row, and hopes that they fit exactly one person. */
function singleOut({ inside, outside, synthetic, sizes, dice }: Attacked): Tried {
  const rows = synthetic[0]?.length ?? 0;
  let [guesses, hits, controls] = [0, 0, 0];
  for (let i = 0; i < 5 * GUESSES && guesses < GUESSES && rows > 0; i++) {
    const row = dice.below(rows);
    const columns = someColumns(sizes.length, dice);
    const values = columns.map((column) => synthetic[column]?.[row] ?? 0);
    if (matches(synthetic, columns, values) !== 1) continue;
    guesses += 1;
    if (matches(inside, columns, values) === 1) hits += 1;
    if (matches(outside, columns, values) === 1) controls += 1;
  }
  return tried([hits, guesses], [controls, guesses]);
}

function someColumns(width: number, dice: Dice): readonly number[] {
  const chosen = new Set<number>();
  while (chosen.size < Math.min(COLUMNS_PER_GUESS, width)) chosen.add(dice.below(width));
  return [...chosen];
}

/** How many rows fit, counted up to two. */
function matches(rows: Rows, columns: readonly number[], values: readonly number[]): number {
  const length = rows[0]?.length ?? 0;
  let found = 0;
  for (let row = 0; row < length && found < 2; row++) {
    if (columns.every((column, i) => rows[column]?.[row] === values[i])) found += 1;
  }
  return found;
}

/** Two parts of what is known of a person, in two places: does each lead to the same synthetic row? */
function link({ inside, outside, synthetic }: Attacked, all: readonly number[]): Tried {
  const halves = [all.filter((column) => column % 2 === 0), all.filter((column) => column % 2 === 1)];
  const linked = (targets: Rows): number => {
    const [a, b] = halves.map((columns) => nearestIn(synthetic, targets, columns).row);
    let same = 0;
    for (let i = 0; i < (a?.length ?? 0); i++) if (a?.[i] === b?.[i]) same += 1;
    return same;
  };
  const tries = inside[0]?.length ?? 0;
  return tried([linked(inside), tries], [linked(outside), outside[0]?.length ?? 0]);
}

/** The columns that are worth guessing: more than two values, the fewest first. */
function secretsOf(sizes: readonly number[]): readonly number[] {
  return [...sizes.keys()]
    .filter((column) => (sizes[column] ?? 0) > 1)
    .sort((a, b) => (sizes[a] ?? 0) - (sizes[b] ?? 0))
    .slice(0, MOST_SECRETS);
}

/** All but one value of a person is known; the last is taken from the nearest synthetic row. */
function infer({ inside, outside, synthetic, sizes }: Attacked, secret: number): Tried {
  const known = [...sizes.keys()].filter((column) => column !== secret);
  const guessed = (targets: Rows): number => {
    const { row } = nearestIn(synthetic, targets, known);
    let hits = 0;
    for (let i = 0; i < row.length; i++) if (synthetic[secret]?.[row[i] ?? -1] === targets[secret]?.[i]) hits += 1;
    return hits;
  };
  const tries = inside[0]?.length ?? 0;
  return tried([guessed(inside), tries], [guessed(outside), outside[0]?.length ?? 0]);
}

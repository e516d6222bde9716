import type { Dice } from './dice.ts';
import type { Rows } from './sample.ts';

/** Values of one column brought together, because the noise on each by itself would be greater than what it counts. */
export interface Pool {
  /** From the number of a value to the number of its pool. */
  readonly map: Int32Array;
  readonly size: number;
  /** For drawing a value of a pool again: the noisy counts, which are public. */
  readonly noisy: Float64Array;
}

/** Columns up to this many values are told value by value. */
export const POOL_FROM = 128;
/** Multiples of the noise below which a count says nothing. */
const HELD = 3;
/** Rows of the noise that neighbours must hold together. */
const MOST_POOLS = 256;

/**
 * Pools of a wide column, from noisy counts alone. Values with an order are pooled with their neighbours until a pool holds enough; of others every rare one goes into one pool.
 */
export function poolOf(noisy: Float64Array, sigma: number, ordered: boolean): Pool {
  const held = HELD * sigma;
  return ordered ? poolNeighbours(noisy, held) : poolRare(noisy, held);
}

function poolNeighbours(noisy: Float64Array, held: number): Pool {
  const total = noisy.reduce((sum, count) => sum + Math.max(0, count), 0);
  const enough = Math.max(held, total / MOST_POOLS);
  const map = new Int32Array(noisy.length);
  let [pool, inside] = [0, 0];
  for (const [value, count] of noisy.entries()) {
    if (inside >= enough) [pool, inside] = [pool + 1, 0];
    map[value] = pool;
    inside += Math.max(0, count);
  }
  return { map, size: pool + 1, noisy };
}

function poolRare(noisy: Float64Array, held: number): Pool {
  const frequent = [...noisy.keys()]
    .filter((value) => (noisy[value] ?? 0) > held)
    .sort((a, b) => (noisy[b] ?? 0) - (noisy[a] ?? 0))
    .slice(0, MOST_POOLS);
  const map = new Int32Array(noisy.length).fill(frequent.length);
  for (const [pool, value] of frequent.entries()) map[value] = pool;
  return { map, size: frequent.length + (frequent.length < noisy.length ? 1 : 0), noisy };
}

/** Rows of pools become rows of values again: each value of a pool as likely as its noisy count says, all alike where none says anything. */
export function expandRows(rows: Rows, pools: readonly (Pool | undefined)[], dice: Dice): Rows {
  return rows.map((list, column) => {
    const pool = pools[column];
    if (pool === undefined) return list;
    const choices = Array.from({ length: pool.size }, (_, at) => choicesIn(pool, at));
    return list.map((at) => drawFrom(choices[at] ?? [], dice));
  });
}

interface Choice {
  readonly value: number;
  readonly until: number;
}

function choicesIn({ map, noisy }: Pool, at: number): readonly Choice[] {
  const members = [...map.keys()].filter((value) => map[value] === at);
  const total = members.reduce((sum, value) => sum + Math.max(0, noisy[value] ?? 0), 0);
  let until = 0;
  return members.map((value) => {
    until += total > 0 ? Math.max(0, noisy[value] ?? 0) / total : 1 / members.length;
    return { value, until };
  });
}

const GRAIN = 2 ** 32;

function drawFrom(choices: readonly Choice[], dice: Dice): number {
  const mark = dice.below(GRAIN) / GRAIN;
  let [low, high] = [0, choices.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((choices[middle]?.until ?? 1) > mark) high = middle;
    else low = middle + 1;
  }
  return choices[low]?.value ?? 0;
}

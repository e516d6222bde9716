import type { CodedData } from '../engines/codes.ts';
import type { Counts } from './counts.ts';
import type { Dice } from './dice.ts';
import { addNoise, sigmaOf, varianceOf } from './noise.ts';
import { POOL_FROM, type Pool, poolOf } from './pool.ts';

/** Beyond this many columns the pairs are too many to count them all: a tree of pairs is chosen from the rows themselves. */
export const WIDE = 40;
const MOST_ROWS = 500_000;
/** Part of ρ that finds out which values of wide columns are rare. */
const POOL_RHO = 0.1;

export interface Gathered {
  readonly counts: Counts;
  readonly pools: readonly (Pool | undefined)[];
  /** ρ that the pools cost. */
  readonly spent: number;
}

export interface Gathering {
  readonly rho: number;
  readonly rowsPerSubject: number;
  readonly ordered: readonly boolean[];
  readonly dice: Dice;
}

/** Counts all that a mechanism may look at, values of wide columns in pools. */
export async function gather(data: CodedData, gathering: Gathering): Promise<Gathered> {
  const raw = await Promise.all(data.sizes.map((_, column) => data.count([column], 'learn')));
  const { pools, spent } = poolsOf(raw, gathering);
  const maps = pools.map((pool) => pool?.map);
  const sizes = data.sizes.map((size, column) => pools[column]?.size ?? size);
  const ones = raw.map((counts, column) => pooled(counts, pools[column]));
  if (sizes.length > WIDE) {
    const read = await data.read('learn', MOST_ROWS);
    const rows = read.map((list, column) => mapped(list, maps[column]));
    return { counts: { sizes, ones, pairs: new Map(), rows }, pools, spent };
  }
  const pairs = new Map<string, Float64Array>();
  for (const column of sizes.keys()) {
    for (let other = column + 1; other < sizes.length; other++) {
      pairs.set(`${column},${other}`, await data.count([column, other], 'learn', maps));
    }
  }
  return { counts: { sizes, ones, pairs }, pools, spent };
}

function poolsOf(
  raw: readonly Float64Array[],
  { rho, rowsPerSubject, ordered, dice }: Gathering,
): Pick<Gathered, 'pools' | 'spent'> {
  const wide = raw.filter(({ length }) => length > POOL_FROM).length;
  if (wide === 0) return { pools: raw.map(() => undefined), spent: 0 };
  const spent = rho * POOL_RHO;
  const variance = varianceOf(rowsPerSubject * Math.sqrt(wide / (2 * spent)));
  const pools = raw.map((counts, column) =>
    counts.length > POOL_FROM ? poolOf(addNoise(counts, variance, dice), sigmaOf(variance), ordered[column] ?? true) : undefined,
  );
  return { pools, spent };
}

function pooled(counts: Float64Array, pool: Pool | undefined): Float64Array {
  if (pool === undefined) return counts;
  const into = new Float64Array(pool.size);
  for (const [value, count] of counts.entries()) {
    const at = pool.map[value] ?? 0;
    into[at] = (into[at] ?? 0) + count;
  }
  return into;
}

function mapped(list: Uint16Array, map: Int32Array | undefined): Uint16Array {
  return map === undefined ? list : list.map((value) => map[value] ?? 0);
}

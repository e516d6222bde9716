/** How many bins a bought range has, about. */
const BINS = 40;
/** Multiples of the noise above which a bucket counts as held: by chance alone none of two hundred passes it in ninety-nine cases of a hundred. */
const HELD = 4;
const LOWEST = -61;
const HIGHEST = 61;

type Noisy = (bucket: number) => number;

/**
 * Edges of bins over the powers of two that hold something: a power with more rows is cut into more bins. Undefined when none holds enough.
 * Bucket 0 is zero, ±n the numbers from 2^(n-21) up to twice that.
 */
export function numberEdges(noisy: Noisy, sigma: number, whole: boolean): readonly number[] | undefined {
  const buckets = Array.from({ length: HIGHEST - LOWEST + 1 }, (_, i) => ({ bucket: LOWEST + i, count: noisy(LOWEST + i) }));
  const held = buckets.filter(({ count }) => count > HELD * sigma);
  const total = held.reduce((sum, { count }) => sum + count, 0);
  if (held.length === 0) return undefined;
  const edges = new Set<number>();
  for (const { bucket, count } of held) {
    for (const edge of cut(boundsOf(bucket, whole), Math.max(1, Math.round((BINS * count) / total)), whole)) edges.add(edge);
  }
  return [...edges].sort((a, b) => a - b);
}

function boundsOf(bucket: number, whole: boolean): readonly [number, number] {
  if (bucket === 0) return whole ? [0, 1] : [0, 2 ** -20];
  const low = 2 ** (Math.abs(bucket) - 21);
  const [from, until] = bucket > 0 ? [low, 2 * low] : [-2 * low, -low];
  // Bins of whole numbers begin with one: of the numbers above -2 up to -1 that is -1.
  return whole && bucket < 0 ? [from + 1, until + 1] : [from, until];
}

function cut([from, until]: readonly [number, number], parts: number, whole: boolean): readonly number[] {
  const most = whole ? Math.max(1, Math.min(parts, until - from)) : parts;
  return Array.from({ length: most + 1 }, (_, i) => {
    const edge = from + ((until - from) * i) / most;
    return whole ? Math.round(edge) : edge;
  });
}

const FIRST_YEAR = 1900;
const LAST_YEAR = 2100;

/** Years by which days are counted: fixed for all data. */
export const YEARS = {
  sql: (value: string): string => {
    const year = `least(greatest(year(TRY_CAST(${value} AS DATE)), ${FIRST_YEAR}), ${LAST_YEAR})`;
    return `SELECT ${year}, count(*) FROM held WHERE TRY_CAST(${value} AS DATE) IS NOT NULL GROUP BY 1`;
  },
};

/** Edges by month over a few years, by quarter or by year over more. Undefined when no year holds enough. */
export function dateEdges(noisy: Noisy, sigma: number): readonly string[] | undefined {
  const years = Array.from({ length: LAST_YEAR - FIRST_YEAR + 1 }, (_, i) => FIRST_YEAR + i);
  const held = years.filter((year) => noisy(year) > HELD * sigma);
  const [first, last] = [held[0], held.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const span = last - first + 1;
  const months = span <= 4 ? 1 : span <= 12 ? 3 : 12;
  const edges: string[] = [];
  for (let month = 0; month <= span * 12; month += months) {
    edges.push(new Date(Date.UTC(first, month, 1)).toISOString().slice(0, 10));
  }
  return edges;
}

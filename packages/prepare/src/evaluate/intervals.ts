/** A measured share with the interval in which the true one lies in ninety-five of a hundred cases. */
export interface Share {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const Z = 1.959964;

/** Wilson's interval of `hits` out of `tries` (Wilson 1927). */
export function wilson(hits: number, tries: number): Share {
  if (tries === 0) return { value: 0, low: 0, high: 1 };
  const share = hits / tries;
  const square = (Z * Z) / tries;
  const middle = (share + square / 2) / (1 + square);
  const reach = (Z / (1 + square)) * Math.sqrt((share * (1 - share)) / tries + square / (4 * tries));
  return { value: share, low: Math.max(0, middle - reach), high: Math.min(1, middle + reach) };
}

/**
 * How much of what an attack gets beyond a control it could get at most: (attack − control) / (1 − control), with the interval of the difference by Newcombe's method (1998, method 10).
 * Zero or below: the data helped no more than guessing. Never more than all, or less than nothing at all: where the control gets everything, nothing is left to measure.
 */
export function beyondControl(attack: readonly [number, number], control: readonly [number, number]): Share {
  const [a, c] = [wilson(...attack), wilson(...control)];
  const room = Math.max(1e-9, 1 - c.value);
  const difference = a.value - c.value;
  const low = difference - Math.sqrt((a.value - a.low) ** 2 + (c.high - c.value) ** 2);
  const high = difference + Math.sqrt((a.high - a.value) ** 2 + (c.value - c.low) ** 2);
  const within = (share: number): number => Math.max(-1, Math.min(1, share / room));
  return { value: within(difference), low: within(low), high: within(high) };
}

/** The chance that a positive scores above a negative, ties half, with its interval (Hanley and McNeil 1982). */
export function areaUnder(positives: Float64Array, negatives: Float64Array): Share {
  const [n, m] = [positives.length, negatives.length];
  if (n === 0 || m === 0) return { value: 0.5, low: 0, high: 1 };
  const area = rankSum(positives, negatives) / (n * m);
  const [q1, q2] = [area / (2 - area), (2 * area * area) / (1 + area)];
  const variance = (area * (1 - area) + (n - 1) * (q1 - area * area) + (m - 1) * (q2 - area * area)) / (n * m);
  const reach = Z * Math.sqrt(Math.max(0, variance));
  return { value: area, low: Math.max(0, area - reach), high: Math.min(1, area + reach) };
}

/** Pairs in which the positive wins, ties half. */
function rankSum(positives: Float64Array, negatives: Float64Array): number {
  const sorted = negatives.slice().sort();
  let sum = 0;
  for (const score of positives) sum += (countBelow(sorted, score, false) + countBelow(sorted, score, true)) / 2;
  return sum;
}

function countBelow(sorted: Float64Array, score: number, orEqual: boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const value = sorted[middle] ?? 0;
    if (value < score || (orEqual && value === score)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * How many of those inside lie nearer than a bound that takes the share `alarms` of those outside for inside: hits and tries inside, and outside. Where many lie equally far, lots are drawn among them, so that hits need not be whole.
 */
export function caughtAt(
  alarms: number,
  inside: Uint16Array,
  outside: Uint16Array,
): readonly [readonly [number, number], readonly [number, number]] {
  const bound = alarms * outside.length;
  let [hits, wrong] = [0, 0];
  for (const distance of [...new Set([...inside, ...outside])].sort((a, b) => a - b)) {
    const [here, there] = [timesIn(inside, distance), timesIn(outside, distance)];
    const part = there === 0 ? 1 : Math.min(1, (bound - wrong) / there);
    hits += part * here;
    wrong += part * there;
    if (part < 1) break;
  }
  return [
    [hits, inside.length],
    [wrong, outside.length],
  ];
}

function timesIn(list: Uint16Array, wanted: number): number {
  return list.reduce((count, value) => count + (value === wanted ? 1 : 0), 0);
}

/** The mean of a list; 0 where it is empty. */
export function meanOf(list: Uint16Array): number {
  return list.length === 0 ? 0 : list.reduce((sum, value) => sum + value, 0) / list.length;
}

/** By how much the mean of `a` exceeds that of `b`, neither of which can be more than `most`, with its interval (Welch 1947, large samples). */
export function meanGap(a: Uint16Array, b: Uint16Array, most: number): Share {
  const value = meanOf(a) - meanOf(b);
  const reach = Z * Math.sqrt(errorOf(a) + errorOf(b));
  return { value, low: Math.max(-most, value - reach), high: Math.min(most, value + reach) };
}

/** The square of the standard error of a mean. */
function errorOf(list: Uint16Array): number {
  const mean = meanOf(list);
  const squares = list.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return list.length < 2 ? Number.POSITIVE_INFINITY : squares / (list.length - 1) / list.length;
}

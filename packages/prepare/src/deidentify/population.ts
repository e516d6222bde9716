import type { Sizes } from './classSizes.ts';

/**
 * How many persons of a population are alone in it by their quasi-identifiers, estimated from a sample.
 *
 * Estimator: Pitman's model, as N. Hoshino, "Applying Pitman's Sampling Formula to Microdata Disclosure Risk Assessment", Journal of
 * Official Statistics 17 (2001) 499-520: its two parameters by greatest likelihood, then the expected number of uniques of a population
 * of that size. The sample must have been drawn at random from the population; the estimate has no bound on its error.
 */
export interface PopulationEstimate {
  readonly estimator: 'pitman';
  readonly size: number;
  /** Expected number of persons who are alone in the population. */
  readonly uniques: number;
  /** The same as a share of the population. */
  readonly share: number;
  readonly alpha: number;
  readonly theta: number;
}

/** Undefined where nothing can be told: no rows, no unique row, or nothing but unique rows; or a population smaller than the sample. */
export function estimatePopulation(sizes: Sizes, population: number): PopulationEstimate | undefined {
  const listed = [...sizes];
  const rows = listed.reduce((sum, [size, classes]) => sum + size * classes, 0);
  const classes = listed.reduce((sum, [, count]) => sum + count, 0);
  const alone = sizes.get(1) ?? 0;
  if (rows === 0 || alone === 0 || alone === rows || classes < 2 || population < rows) return undefined;
  const { alpha, theta } = fit({ sizes: listed, rows, classes });
  const uniques = Math.min(population, expectedUniques({ alpha, theta }, population));
  return { estimator: 'pitman', size: population, uniques, share: uniques / population, alpha, theta };
}

interface Pitman {
  readonly alpha: number;
  readonly theta: number;
}

/** N Γ(θ+α+N-1) Γ(θ+1) / (Γ(θ+α) Γ(θ+N)): the expectation under the model, exact for every N. */
export function expectedUniques({ alpha, theta }: Pitman, n: number): number {
  return n * Math.exp(lnGamma(theta + alpha + n - 1) - lnGamma(theta + alpha) + lnGamma(theta + 1) - lnGamma(theta + n));
}

interface Sample {
  readonly sizes: readonly (readonly [number, number])[];
  readonly rows: number;
  readonly classes: number;
}

/** The likelihood has one hill: golden section over α, and within it over ln θ. */
function fit(sample: Sample): Pitman {
  const bestTheta = (alpha: number): number =>
    Math.exp(highest((log) => likelihood(sample, { alpha, theta: Math.exp(log) }), Math.log(1e-6), Math.log(1e9)));
  const alpha = highest((a) => likelihood(sample, { alpha: a, theta: bestTheta(a) }), 1e-6, 1 - 1e-6);
  return { alpha, theta: bestTheta(alpha) };
}

function likelihood({ sizes, rows, classes }: Sample, { alpha, theta }: Pitman): number {
  const opened = (classes - 1) * Math.log(alpha) + lnGamma(theta / alpha + classes) - lnGamma(theta / alpha + 1);
  const drawn = lnGamma(theta + rows) - lnGamma(theta + 1);
  const filled = sizes.reduce((sum, [size, count]) => sum + count * (lnGamma(size - alpha) - lnGamma(1 - alpha)), 0);
  return opened - drawn + filled;
}

const GOLDEN = (Math.sqrt(5) - 1) / 2;

function highest(of: (at: number) => number, from: number, until: number): number {
  let [low, high] = [from, until];
  let [left, right] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
  let [atLeft, atRight] = [of(left), of(right)];
  for (let step = 0; step < 60; step++) {
    if (atLeft >= atRight) {
      [high, right, atRight] = [right, left, atLeft];
      left = high - GOLDEN * (high - low);
      atLeft = of(left);
    } else {
      [low, left, atLeft] = [left, right, atRight];
      right = low + GOLDEN * (high - low);
      atRight = of(right);
    }
  }
  return (low + high) / 2;
}

const LANCZOS = [
  676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905, -0.13857109526572012,
  9.984369578019572e-6, 1.5056327351493116e-7,
];

/** Logarithm of the gamma function for positive numbers: Stirling's series for large ones, Lanczos's approximation (g = 7) for the others. */
export function lnGamma(x: number): number {
  if (x > 1e4) return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * x) - 1 / (360 * x ** 3);
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - lnGamma(1 - x);
  const sum = LANCZOS.reduce((total, term, i) => total + term / (x + i), 0.9999999999998099);
  const base = x + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(base) - base + Math.log(sum);
}

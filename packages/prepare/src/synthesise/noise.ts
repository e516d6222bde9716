import type { Dice } from './dice.ts';

/**
 * A variance as a fraction of whole numbers. It is rounded up from what was asked, so that the noise is never smaller than the budget was charged for.
 * INVARIANT: everything below is exact in whole numbers; noise drawn with floating-point logarithms can be read back out of its last bits (Mironov 2012).
 */
export interface Variance {
  readonly over: number;
  readonly under: number;
}

/** The smallest fraction at or above `sigma` squared that stays exact in doubles while it is drawn from. `sigma` must be positive and finite. */
export function varianceOf(sigma: number): Variance {
  if (!(sigma > 0 && Number.isFinite(sigma))) throw new Error('a standard deviation is positive and finite');
  let under = 1;
  while (under < 1 << 16 && (Math.floor(sigma) + 1) ** 2 * under * 2 <= 1 << 20) under *= 2;
  return { over: Math.ceil(sigma * sigma * under), under };
}

/** What a measurement that is charged for `sigma` really has as its standard deviation: never less. */
export function sigmaOf({ over, under }: Variance): number {
  return Math.sqrt(over / under);
}

/**
 * One draw of the discrete Gaussian with mean 0: exact, by rejection from a discrete Laplace
 * (Canonne, Kamath and Steinke, "The Discrete Gaussian for Differential Privacy", arXiv 2004.00010, algorithms 1 to 3).
 */
export function discreteGaussian({ over, under }: Variance, dice: Dice): number {
  const scale = Math.floor(Math.sqrt(over / under)) + 1;
  for (;;) {
    const drawn = discreteLaplace(scale, dice);
    const distance = Math.abs(drawn) * scale * under - over;
    const below = 2 * over * under * scale * scale;
    if (exact(distance * distance, below, dice)) return drawn;
  }
}

function discreteLaplace(scale: number, dice: Dice): number {
  for (;;) {
    const rest = dice.below(scale);
    if (!expBernoulli(rest, scale, dice)) continue;
    let whole = 0;
    while (expBernoulli(1, 1, dice)) whole += 1;
    const size = rest + scale * whole;
    const negative = dice.below(2) === 1;
    if (negative && size === 0) continue;
    return negative ? -size : size;
  }
}

/** Room for the divisor to grow in `expBernoulli` while its products stay whole numbers. */
const ROOM = 2 ** 46;

function exact(over: number, under: number, dice: Dice): boolean {
  if (over < Number.MAX_SAFE_INTEGER && under < ROOM) return expBernoulli(over, under, dice);
  return expBernoulliBig(BigInt(over), BigInt(under), dice);
}

/** True with probability exp(-over/under), exactly: whole numbers, under < 2^46. */
function expBernoulli(over: number, under: number, dice: Dice): boolean {
  let left = over;
  while (left > under) {
    if (!expBernoulli(under, under, dice)) return false;
    left -= under;
  }
  let turn = 1;
  while (dice.below(under * turn) < left) turn += 1;
  return turn % 2 === 1;
}

/** The same in numbers of any size, for very large noise. */
function expBernoulliBig(over: bigint, under: bigint, dice: Dice): boolean {
  let left = over;
  while (left > under) {
    if (!expBernoulli(1, 1, dice)) return false;
    left -= under;
  }
  let turn = 1n;
  while (belowBig(under * turn, dice) < left) turn += 1n;
  return turn % 2n === 1n;
}

function belowBig(bound: bigint, dice: Dice): bigint {
  const words = Math.ceil(bound.toString(2).length / 32);
  for (;;) {
    let drawn = 0n;
    for (let i = 0; i < words; i++) drawn = (drawn << 32n) | BigInt(dice.below(2 ** 32));
    drawn &= (1n << BigInt(bound.toString(2).length)) - 1n;
    if (drawn < bound) return drawn;
  }
}

/** Adds a draw to every count. The result may be negative: what is done with it afterwards costs no privacy. */
export function addNoise(counts: Float64Array, variance: Variance, dice: Dice): Float64Array {
  return counts.map((count) => count + discreteGaussian(variance, dice));
}

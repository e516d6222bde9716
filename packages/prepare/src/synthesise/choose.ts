import type { Dice } from './dice.ts';

const GRAIN = 2 ** 53;

/**
 * The exponential mechanism: the number of one of the scores, each with probability proportional to exp(ε·score / (2·sensitivity)), where `sensitivity` is how far one subject can move a score
 * (McSherry and Talwar 2007). Costs ε²/8 of ρ (Cesar and Rogers, arXiv 2004.07223). The draw has 53 bits.
 */
export function chooseBy(
  scores: readonly number[],
  { epsilon, sensitivity, dice }: { readonly epsilon: number; readonly sensitivity: number; readonly dice: Dice },
): number {
  const best = Math.max(...scores);
  const weights = scores.map((score) => Math.exp((epsilon * (score - best)) / (2 * sensitivity)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let left = (dice.below(GRAIN) / GRAIN) * total;
  for (const [at, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return at;
  }
  return weights.length - 1;
}

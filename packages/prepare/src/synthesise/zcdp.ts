/**
 * Differential privacy in two currencies: (ε, δ), in which it is promised, and ρ of zero-concentrated differential privacy (zCDP), in which it is spent, for ρ adds up exactly.
 * A Gaussian measurement of L2 sensitivity s with standard deviation σ costs s²/(2σ²); an exponential mechanism with ε costs ε²/8.
 */

/** The δ that ρ-zCDP gives at ε: the tight conversion of Canonne, Kamath and Steinke (arXiv 2004.00010, proposition 12). */
export function deltaOf(rho: number, epsilon: number): number {
  if (rho <= 0) return 0;
  let [low, high] = [1 + 1e-9, (epsilon + 1) / (2 * rho) + 2];
  for (let i = 0; i < 200; i++) {
    const alpha = (low + high) / 2;
    const slope = (2 * alpha - 1) * rho - epsilon + Math.log1p(-1 / alpha);
    if (slope < 0) low = alpha;
    else high = alpha;
  }
  const alpha = (low + high) / 2;
  const log = (alpha - 1) * (alpha * rho - epsilon) + alpha * Math.log1p(-1 / alpha) - Math.log(alpha - 1);
  return Math.min(1, Math.exp(log));
}

/** The greatest ρ whose conversion keeps both ε and δ. Both must be positive, δ below 1. */
export function rhoOf(epsilon: number, delta: number): number {
  let [low, high] = [0, epsilon + 1];
  for (let i = 0; i < 200; i++) {
    const rho = (low + high) / 2;
    if (deltaOf(rho, epsilon) <= delta) low = rho;
    else high = rho;
  }
  return low;
}

/** The ε that ρ-zCDP gives at δ: for showing what a ledger has spent. */
export function epsilonOf(rho: number, delta: number): number {
  if (rho <= 0) return 0;
  let [low, high] = [0, rho + 2 * Math.sqrt(rho * Math.log(1 / delta)) + 1];
  for (let i = 0; i < 200; i++) {
    const epsilon = (low + high) / 2;
    if (deltaOf(rho, epsilon) <= delta) high = epsilon;
    else low = epsilon;
  }
  return high;
}

/**
 * How much better than a coin anybody can tell whether one person's rows were in the data: at most this share, whatever else they know and however they look
 * (true minus false positives). By Pinsker's and by Bretagnolle and Huber's inequality from the divergence ρ, and by ε and δ themselves: the least of them.
 */
export function greatestAdvantage(rho: number, epsilon: number, delta: number): number {
  const byEpsilon = (Math.exp(epsilon) - 1 + 2 * delta) / (Math.exp(epsilon) + 1);
  return Math.min(1, Math.sqrt(rho / 2), Math.sqrt(1 - Math.exp(-rho)), byEpsilon);
}

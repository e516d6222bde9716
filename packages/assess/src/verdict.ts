/** What a regime, or all regimes together, say about one proposed transfer. */
export type Verdict = 'free' | 'conditional' | 'undecided' | 'authorisation' | 'conflict' | 'prohibited';

/** Laxest first. `undecided` stands above `conditional`: what is not known never sends. */
export const STRICTNESS: readonly Verdict[] = ['free', 'conditional', 'undecided', 'authorisation', 'conflict', 'prohibited'];

/** Position in the order of strictness; higher is stricter. */
export function strictness(verdict: Verdict): number {
  return STRICTNESS.indexOf(verdict);
}

/** The strictest of some verdicts; `free` when there are none. */
export function strictest(verdicts: readonly Verdict[]): Verdict {
  return verdicts.reduce<Verdict>((worst, verdict) => (strictness(verdict) > strictness(worst) ? verdict : worst), 'free');
}

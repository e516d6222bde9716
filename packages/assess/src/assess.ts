import type { Day } from '@comity/core';
import { type Decided, decide, type Question } from './decide.ts';
import type { Law, PackRef } from './law.ts';
import { lawfulUntil } from './lawfuluntil.ts';
import { countriesNotAssessed, notAssessed } from './notassessed.ts';

/** What the loaded law says about one transfer on one day. */
export interface Assessment extends Decided {
  readonly on: Day;
  /** The day on which was decided, if law made later was to be left out. */
  readonly decided?: Day;
  readonly packs: readonly PackRef[];
  /** First day on which, on unchanged facts, the law would say or ask something else; null when no known date changes it. */
  readonly lawfulUntil: Day | null;
  /** Regimes that might apply and for which no pack is loaded. Never read as free. */
  readonly notAssessed: readonly string[];
  /** Countries that the facts name and whose own law no loaded pack covers. Never read as free. */
  readonly countriesNotAssessed: readonly string[];
}

/**
 * What the law says about a transfer on a day.
 * Positive answers mean: no rule in these packs forbids it, on these facts. Same input, same answer, same bytes.
 */
export function assess(law: Law, question: Question): Assessment {
  const decided = decide(law, question);
  return {
    on: question.on,
    ...(question.decided === undefined ? {} : { decided: question.decided }),
    ...decided,
    packs: law.packs,
    lawfulUntil: lawfulUntil(law, question),
    notAssessed: notAssessed(law, question.facts),
    countriesNotAssessed: countriesNotAssessed(law, question.facts),
  };
}

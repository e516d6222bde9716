import type { Assessment } from './assess.ts';
import type { Confirmation } from './pack.ts';
import type { Verdict } from './verdict.ts';

/** One output line of `comity assess --batch --json`. */
export interface ContractLine {
  readonly id: string;
  readonly verdict: Verdict;
  readonly regimes: Readonly<
    Record<
      string,
      {
        readonly verdict: Verdict;
        readonly because: readonly { readonly rule: string; readonly cite: string }[];
        readonly duties: readonly string[];
        readonly missing: readonly string[];
      }
    >
  >;
  readonly derived: Readonly<Record<string, boolean>>;
  /** How well the law behind the verdict was confirmed. */
  readonly confirmed: Confirmation;
}

/** Writes an assessment in the form of the law contract; nothing is added to it. */
export function toContractLine(id: string, assessment: Assessment): ContractLine {
  const regimes = Object.entries(assessment.regimes).map(([name, regime]) => [
    name,
    {
      verdict: regime.verdict,
      because: regime.because.map(({ rule, cite }) => ({ rule, cite })),
      duties: regime.duties.map((duty) => duty.duty),
      missing: regime.missing,
    },
  ]);
  return {
    id,
    verdict: assessment.verdict,
    regimes: Object.fromEntries(regimes),
    derived: assessment.derived,
    confirmed: assessment.confirmed,
  };
}

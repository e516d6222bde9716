import { canonicalJson, type Day, digestJson, type Facts, type Sha256 } from '@comity/core';
import { type Assessment, assess } from './assess.ts';
import type { Law, PackRef } from './law.ts';
import type { Confirmation } from './pack.ts';
import type { RegimeAssessment } from './regime.ts';
import type { Verdict } from './verdict.ts';

/** Name of the rules by which this package decides; a change that can change an answer changes it. */
export const ENGINE = 'comity-assess/2';

/** A decision that anyone with the facts and the packs can take again, byte for byte. */
export interface DecisionRecord {
  readonly engine: string;
  readonly on: Day;
  readonly decided?: Day;
  readonly factsSha256: string;
  readonly packs: readonly PackRef[];
  readonly verdict: Verdict;
  readonly regimes: Readonly<Record<string, RegimeAssessment>>;
  readonly derived: Readonly<Record<string, boolean>>;
  readonly notAssessed: readonly string[];
  readonly countriesNotAssessed: readonly string[];
  readonly lawfulUntil: Day | null;
  readonly confirmed: Confirmation;
  /** Digest of all fields above. */
  readonly sha256: string;
}

/** Writes the record of a decision. The facts themselves stay out of it: only their digest is kept. */
export function decisionRecord(assessment: Assessment, facts: Facts, sha256: Sha256): DecisionRecord {
  const body = {
    engine: ENGINE,
    on: assessment.on,
    ...(assessment.decided === undefined ? {} : { decided: assessment.decided }),
    factsSha256: digestJson(facts, sha256),
    packs: assessment.packs,
    verdict: assessment.verdict,
    regimes: assessment.regimes,
    derived: assessment.derived,
    notAssessed: assessment.notAssessed,
    countriesNotAssessed: assessment.countriesNotAssessed,
    lawfulUntil: assessment.lawfulUntil,
    confirmed: assessment.confirmed,
  };
  return { ...body, sha256: digestJson(body, sha256) };
}

/** What a replay found: the same decision, or the fields in which it differs. */
export type Replay = { readonly same: true } | { readonly same: false; readonly differs: readonly string[] };

/** Takes a recorded decision again. In: the record, its facts (and their expiry days, if it had some), and the packs it names. */
export function replay(
  record: DecisionRecord,
  question: { facts: Facts; expires?: Readonly<Record<string, Day>> },
  law: Law,
): Replay {
  const again = decisionRecord(
    assess(law, { ...question, on: record.on, ...(record.decided === undefined ? {} : { decided: record.decided }) }),
    question.facts,
    law.sha256,
  );
  const differs = Object.entries(again)
    .filter(
      ([key, value]) =>
        canonicalJson(value) !== canonicalJson(Object.entries(record).find(([name]) => name === key)?.[1] ?? null),
    )
    .map(([key]) => key);
  return differs.length === 0 ? { same: true } : { same: false, differs };
}

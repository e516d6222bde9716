import type { Day, Facts } from '@comity/core';
import { confirmationTogether } from './confirmed.ts';
import type { Encoded } from './encode.ts';
import { checkExactly } from './exact.ts';
import type { CompiledRegime, Law } from './law.ts';
import type { Confirmation } from './pack.ts';
import { assessRegime, type Reason, type RegimeAssessment, type Route } from './regime.ts';
import { strictest, type Verdict } from './verdict.ts';

/** One transfer, as far as it is known, on one day. */
export interface Question {
  readonly facts: Facts;
  /** The day of the event: which law applies. */
  readonly on: Day;
  /** The day on which is decided: law that was made later, even if it reaches back, is not known. All law that is loaded, when left out. */
  readonly decided?: Day;
  /** Fact -> day from which it counts as unknown; bounds how long the answer holds. */
  readonly expires?: Readonly<Record<string, Day>>;
  /** What the asker takes for granted of an importer in another country, e.g. that one would be found that is no covered person. */
  readonly elsewhere?: Facts;
}

/** One law demands what another forbids. The engine never resolves it; both sides are named. */
export interface Conflict {
  readonly demanding: Side;
  readonly forbidding: Side;
}

/** One side of a collision, with the way out that its law provides. */
export interface Side {
  readonly regime: string;
  readonly rule: string;
  readonly cite: string;
  readonly route?: Route;
}

/** The part of an assessment that depends on the day's law and the facts alone. */
export interface Decided {
  readonly verdict: Verdict;
  readonly regimes: Readonly<Record<string, RegimeAssessment>>;
  readonly derived: Readonly<Record<string, boolean>>;
  readonly missing: readonly string[];
  readonly conflicts: readonly Conflict[];
  /** How well the law behind the verdict was confirmed. */
  readonly confirmed: Confirmation;
}

/** Decides every regime and puts them together. */
export function decide(law: Law, question: Pick<Question, 'facts' | 'on' | 'decided'>): Decided {
  const compiled = law.on(question.on, question.decided);
  const encoded = law.encode(question.facts);
  const single = compiled.map((regime) => decideRegime(regime, { facts: question.facts, encoded, law }));
  const derived = Object.assign({}, ...compiled.map((regime) => regime.derived(question.facts)));
  return { ...together(compiled, single), derived };
}

/** Puts what single regimes say together: the strictest counts, and a demand that another law stands against is a conflict. */
export function together(compiled: readonly CompiledRegime[], results: readonly RegimeAssessment[]): Omit<Decided, 'derived'> {
  const single = results.map((result, i): readonly [string, RegimeAssessment] => [compiled[i]?.pack.regime ?? '', result]);
  const conflicts = findConflicts(single);
  const regimes = Object.fromEntries(single.map(([name, result]) => [name, withConflict(name, result, conflicts)]));
  const verdict = overall(regimes, conflicts);
  return {
    verdict,
    regimes,
    missing: [...new Set(Object.values(regimes).flatMap((regime) => regime.missing))].sort(),
    conflicts,
    confirmed: confirmationTogether(verdict === 'conflict' ? 'prohibited' : verdict, Object.values(regimes)),
  };
}

interface Asked {
  readonly facts: Facts;
  readonly encoded: Encoded;
  readonly law: Law;
}

/** What one regime says: three-valued first, and where that leaves it open, by trying every completion. */
export function decideRegime(regime: CompiledRegime, { facts, encoded, law }: Asked): RegimeAssessment {
  const quick = assessRegime(regime, facts, encoded);
  if (quick.verdict !== 'undecided') return quick;
  const exact = checkExactly(regime, quick, { facts, law });
  if (exact === undefined) return quick;
  if (exact.completion === undefined) return { ...quick, missing: exact.missing };
  const settled = assessRegime(regime, exact.completion, law.encode(exact.completion));
  return { ...settled, missing: [] };
}

/** A law that forbids, or forbids until an authority has said yes, stands against a demand. */
function isClosed(verdict: Verdict): boolean {
  return verdict === 'prohibited' || verdict === 'authorisation';
}

/** Every pair of a demand that holds and a regime other than its own that stands against it. */
function findConflicts(results: readonly (readonly [string, RegimeAssessment])[]): readonly Conflict[] {
  const forbidding = results.filter(([, result]) => isClosed(result.verdict));
  return results.flatMap(([regime, result]) =>
    result.demands.flatMap((demand) =>
      forbidding
        .filter(([other]) => other !== regime)
        .flatMap(([other, refusal]) =>
          refusal.because
            .filter((reason) => isClosed(reason.verdict))
            .map((reason) => ({
              demanding: { regime, ...demand },
              forbidding: sideOf(other, reason),
            })),
        ),
    ),
  );
}

function sideOf(regime: string, { rule, cite, route }: Reason): Side {
  return { regime, rule, cite, ...(route === undefined ? {} : { route }) };
}

function withConflict(name: string, result: RegimeAssessment, conflicts: readonly Conflict[]): RegimeAssessment {
  const demanding = conflicts.some((conflict) => conflict.demanding.regime === name);
  return demanding ? { ...result, verdict: strictest([result.verdict, 'conflict']) } : result;
}

/** The strictest regime; but a prohibition that another law's demand stands against counts as the conflict it is, so that neither hides the other. */
function overall(regimes: Readonly<Record<string, RegimeAssessment>>, conflicts: readonly Conflict[]): Verdict {
  const disputed = new Set(conflicts.map((conflict) => conflict.forbidding.regime));
  return strictest(Object.entries(regimes).map(([name, regime]) => (disputed.has(name) ? 'conflict' : regime.verdict)));
}

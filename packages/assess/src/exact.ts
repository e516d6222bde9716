import type { Facts, FactValue } from '@comity/core';
import { valueClasses } from './classes.ts';
import type { CompiledRegime, Law } from './law.ts';
import { type RegimeAssessment, verdictOf } from './regime.ts';
import type { Verdict } from './verdict.ts';

/** Most worlds tried before the check gives up and the answer stays undecided. */
const MAX_WORLDS = 4096;

/** What trying every completion showed. */
export interface ExactAnswer {
  /** Every completion gives this verdict. */
  readonly verdict?: Verdict;
  /** A completion that gives it: its reasons and duties stand for all. */
  readonly completion?: Facts;
  /** The facts on which the answer truly depends. */
  readonly missing: readonly string[];
}

/**
 * Three-valued logic loses correlation ("A or not A"), so an undecided regime is tried on every completion of its missing facts, one
 * value per class that no rule can tell apart. Undefined when there are too many worlds: then it stays undecided, with its full list.
 */
export function checkExactly(
  regime: CompiledRegime,
  undecided: RegimeAssessment,
  at: { facts: Facts; law: Law },
): ExactAnswer | undefined {
  const names = undecided.missing;
  const classes = names.map((name) => valueClasses(name, regime, { facts: at.facts, vocabulary: at.law.vocabulary }));
  const worlds = classes.reduce((product, values) => product * values.length, 1);
  if (names.length === 0 || worlds === 0 || worlds > MAX_WORLDS) return undefined;
  const verdicts = Array.from({ length: worlds }, (_, world) =>
    verdictOf(regime, at.law.encode(completion(at.facts, { names, classes, world }))),
  );
  const [first] = verdicts;
  if (first !== undefined && first !== 'undecided' && verdicts.every((verdict) => verdict === first)) {
    return { verdict: first, completion: completion(at.facts, { names, classes, world: 0 }), missing: [] };
  }
  if (verdicts.includes('undecided')) return undefined;
  return { missing: names.filter((_, axis) => matters(verdicts, classes, axis)) };
}

interface World {
  readonly names: readonly string[];
  readonly classes: readonly (readonly FactValue[])[];
  readonly world: number;
}

function completion(facts: Facts, { names, classes, world }: World): Facts {
  const added: Record<string, FactValue> = {};
  let rest = world;
  names.forEach((name, axis) => {
    const values = classes[axis] ?? [];
    const value = values[rest % values.length];
    if (value !== undefined) added[name] = value;
    rest = Math.floor(rest / values.length);
  });
  return { ...facts, ...added };
}

/** Whether two worlds that differ only on this axis differ in their verdict. */
function matters(verdicts: readonly Verdict[], classes: readonly (readonly FactValue[])[], axis: number): boolean {
  const stride = classes.slice(0, axis).reduce((product, values) => product * values.length, 1);
  const size = classes[axis]?.length ?? 1;
  return verdicts.some((verdict, world) => {
    const position = Math.floor(world / stride) % size;
    return position > 0 && verdicts[world - position * stride] !== verdict;
  });
}

import type { Day, Facts } from '@comity/core';
import { decide, decideRegime } from './decide.ts';
import type { Encoded } from './encode.ts';
import type { CompiledRegime, Law } from './law.ts';
import { assessRegime, verdictOf } from './regime.ts';
import type { Verdict } from './verdict.ts';

/** A transfer that runs today. */
export interface LiveTransfer {
  readonly id: string;
  readonly facts: Facts;
}

/** A live transfer that a change of law decides otherwise. */
export interface Changed {
  readonly id: string;
  readonly from: Verdict;
  readonly to: Verdict;
  /** First day of the stretch in which old and new law differ. */
  readonly since: Day;
  /** The regimes whose verdict or duties change. */
  readonly regimes: readonly RegimeChange[];
}

/** What one regime says before and after; the duties that come or go count as a change too. */
export interface RegimeChange {
  readonly regime: string;
  readonly from: Verdict;
  readonly to: Verdict;
  readonly duties: { readonly come: readonly string[]; readonly go: readonly string[] };
}

export interface Impact {
  readonly decided: number;
  /** Live transfers in the order given. */
  readonly changed: readonly Changed[];
}

interface Laws {
  readonly before: Law;
  readonly after: Law;
}

/** A regime as it stands on a day in both laws, where they differ. */
interface Pair {
  readonly regime: string;
  readonly before: CompiledRegime | undefined;
  readonly after: CompiledRegime | undefined;
}

/** From a day on, the regimes that stand differently. */
interface Stretch {
  readonly day: Day;
  readonly pairs: readonly Pair[];
}

interface Asked {
  readonly facts: Facts;
  readonly encoded: Encoded;
}

/**
 * What a change of law does to everything that runs on a day, and will do: every live transfer decided under both laws. Only the regimes
 * whose packs differ are decided for each; the whole is worked out for those that change. What is undecided under both does not run, and
 * is no change.
 */
export function impact(laws: Laws, live: Iterable<LiveTransfer>, on: Day): Impact {
  const days = [on, ...laws.after.epochs.filter((day) => day > on)];
  const differing = (day: Day): Stretch => ({ day, pairs: differingOn(laws, day) });
  const stretches = days.map(differing).filter(unlikeTheLast);
  const earlier = [...new Set([...laws.before.epochs, ...laws.after.epochs])]
    .filter((day) => day <= on)
    .sort()
    .reverse()
    .map(differing);
  const read = factsReadIn([...stretches, ...earlier]);
  const changed: Changed[] = [];
  let decided = 0;
  for (const { id, facts } of live) {
    decided += 1;
    const asked = { facts, encoded: laws.after.encode(facts, read) };
    const first = stretches.find(({ pairs }) => pairs.some((pair) => differs(pair, asked)));
    if (first === undefined) continue;
    const regimes = first.pairs.flatMap((pair) => changeOf(pair, asked, laws));
    if (regimes.length === 0) continue;
    const since = first.day === on ? sinceWhen(asked, earlier) : first.day;
    changed.push({ id, ...overall(laws, facts, first.day), since: since ?? on, regimes });
  }
  return { decided, changed };
}

/** The facts that the differing regimes read: no other can make a difference, so no other is put into numbers. */
function factsReadIn(stretches: readonly Stretch[]): ReadonlySet<string> {
  const regimes = stretches.flatMap(({ pairs }) => pairs.flatMap(({ before, after }) => [before, after]));
  return new Set(regimes.flatMap((regime) => [...(regime?.asked.keys() ?? [])]));
}

/** Days on which the same regimes stand as on the day before them say nothing new. */
function unlikeTheLast(one: Stretch, i: number, all: readonly Stretch[]): boolean {
  const last = all[i - 1]?.pairs;
  const same =
    last?.length === one.pairs.length &&
    one.pairs.every(({ before, after }, k) => last[k]?.before === before && last[k]?.after === after);
  return one.pairs.length > 0 && !same;
}

/** The regimes that stand differently in the two laws on a day. Equal digests, equal law. */
function differingOn({ before, after }: Laws, day: Day): readonly Pair[] {
  const digests = new Map(before.packs.map(({ id, sha256 }) => [id, sha256]));
  const same = new Set(after.packs.filter(({ id, sha256 }) => digests.get(id) === sha256).map(({ id }) => id));
  const old = before.on(day).filter(({ pack }) => !same.has(pack.id));
  const fresh = after.on(day).filter(({ pack }) => !same.has(pack.id));
  const regimes = [...new Set([...old, ...fresh].map(({ pack }) => pack.regime))].sort();
  return regimes.map((regime) => ({
    regime,
    before: old.find(({ pack }) => pack.regime === regime),
    after: fresh.find(({ pack }) => pack.regime === regime),
  }));
}

/** Whether the two say something else: another verdict, or the same one on other duties. */
function differs({ before, after }: Pair, { facts, encoded }: Asked): boolean {
  const old = before === undefined ? 'free' : verdictOf(before, encoded);
  const fresh = after === undefined ? 'free' : verdictOf(after, encoded);
  if (old !== fresh || before === undefined || after === undefined) return old !== fresh;
  return old === 'conditional' && owed(before, { facts, encoded }).join() !== owed(after, { facts, encoded }).join();
}

function owed(regime: CompiledRegime, { facts, encoded }: Asked): readonly string[] {
  return assessRegime(regime, facts, encoded).duties.map(({ duty }) => duty);
}

/** What a regime says before and after, settled exactly; nothing when that comes to the same. */
function changeOf({ regime, before, after }: Pair, { facts, encoded }: Asked, laws: Laws): readonly RegimeChange[] {
  const old = before === undefined ? undefined : decideRegime(before, { facts, encoded, law: laws.before });
  const fresh = after === undefined ? undefined : decideRegime(after, { facts, encoded, law: laws.after });
  const [from, to] = [old?.verdict ?? 'free', fresh?.verdict ?? 'free'];
  const had = (old?.duties ?? []).map(({ duty }) => duty);
  const has = (fresh?.duties ?? []).map(({ duty }) => duty);
  const duties = { come: has.filter((duty) => !had.includes(duty)), go: had.filter((duty) => !has.includes(duty)) };
  return from === to && duties.come.length + duties.go.length === 0 ? [] : [{ regime, from, to, duties }];
}

function overall({ before, after }: Laws, facts: Facts, on: Day): { readonly from: Verdict; readonly to: Verdict } {
  return { from: decide(before, { facts, on }).verdict, to: decide(after, { facts, on }).verdict };
}

/** The first day of the stretch, reaching up to the first of the given days, latest first, in which the two laws differ on these facts. */
function sinceWhen(asked: Asked, earlier: readonly Stretch[]): Day | undefined {
  let since: Day | undefined;
  for (const { day, pairs } of earlier) {
    if (!pairs.some((pair) => differs(pair, asked))) return since;
    since = day;
  }
  return since;
}

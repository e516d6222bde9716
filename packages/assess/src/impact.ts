import type { Day, Facts } from '@comity/core';
import { type Decided, decide } from './decide.ts';
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

/**
 * What a change of law does to everything that runs on a day, and will do: every live transfer decided under both laws. Only the regimes
 * whose packs differ are decided for each; the rest is worked out for those that change.
 */
export function impact(laws: Laws, live: Iterable<LiveTransfer>, on: Day): Impact {
  const days = [on, ...laws.after.epochs.filter((day) => day > on)];
  const stretches = days.map((day) => ({ day, pairs: differingOn(laws, day) })).filter(({ pairs }) => pairs.length > 0);
  const changed: Changed[] = [];
  let decided = 0;
  for (const transfer of live) {
    decided += 1;
    const facts = { facts: transfer.facts, encoded: laws.after.encode(transfer.facts) };
    const first = stretches.find(({ pairs }) => pairs.some((pair) => mayDiffer(pair, facts)));
    const found = first === undefined ? undefined : changeOf(laws, transfer, { on, days: stretches.map(({ day }) => day) });
    if (found !== undefined) changed.push(found);
  }
  return { decided, changed };
}

interface Asked {
  readonly facts: Facts;
  readonly encoded: Encoded;
}

interface Pair {
  readonly before: CompiledRegime | undefined;
  readonly after: CompiledRegime | undefined;
}

/** The regimes that stand differently in the two laws on a day. Equal digests, equal law. */
function differingOn({ before, after }: Laws, day: Day): readonly Pair[] {
  const digests = new Map(before.packs.map(({ id, sha256 }) => [id, sha256]));
  const same = new Set(after.packs.filter(({ id, sha256 }) => digests.get(id) === sha256).map(({ id }) => id));
  const old = before.on(day).filter(({ pack }) => !same.has(pack.id));
  const fresh = after.on(day).filter(({ pack }) => !same.has(pack.id));
  const ids = new Set([...old, ...fresh].map(({ pack }) => pack.id));
  return [...ids].map((id) => ({
    before: old.find(({ pack }) => pack.id === id),
    after: fresh.find(({ pack }) => pack.id === id),
  }));
}

/** Whether the two may differ: other verdicts, or the same one in which other duties may be owed. */
function mayDiffer({ before, after }: Pair, facts: Asked): boolean {
  const old = before === undefined ? 'free' : verdictOf(before, facts.encoded);
  const fresh = after === undefined ? 'free' : verdictOf(after, facts.encoded);
  if (old !== fresh || old === 'undecided') return true;
  return old === 'conditional' && owed(before, facts) !== owed(after, facts);
}

/** The duties that a regime owes, as text. */
function owed(regime: CompiledRegime | undefined, { facts, encoded }: Asked): string {
  if (regime === undefined) return '';
  return JSON.stringify(assessRegime(regime, facts, encoded).duties.map(({ duty }) => duty));
}

type Laws = { readonly before: Law; readonly after: Law };

function changeOf(laws: Laws, { id, facts }: LiveTransfer, at: { on: Day; days: readonly Day[] }): Changed | undefined {
  for (const day of at.days) {
    const before = decide(laws.before, { facts, on: day });
    const after = decide(laws.after, { facts, on: day });
    const regimes = regimeChanges(before, after);
    const since = day === at.on ? () => sinceWhen(laws, facts, day) : () => day;
    if (regimes.length > 0) return { id, from: before.verdict, to: after.verdict, since: since(), regimes };
  }
  return undefined;
}

function regimeChanges(before: Decided, after: Decided): readonly RegimeChange[] {
  const names = [...new Set([...Object.keys(before.regimes), ...Object.keys(after.regimes)])].sort();
  return names.flatMap((regime) => {
    const old = before.regimes[regime];
    const fresh = after.regimes[regime];
    const [from, to] = [old?.verdict ?? 'free', fresh?.verdict ?? 'free'];
    const had = (old?.duties ?? []).map(({ duty }) => duty);
    const has = (fresh?.duties ?? []).map(({ duty }) => duty);
    const duties = { come: has.filter((duty) => !had.includes(duty)), go: had.filter((duty) => !has.includes(duty)) };
    return from === to && duties.come.length + duties.go.length === 0 ? [] : [{ regime, from, to, duties }];
  });
}

/** The first day of the stretch, reaching up to the given day, in which the two laws differ on these facts. */
function sinceWhen({ before, after }: Laws, facts: Facts, on: Day): Day {
  const epochs = [...new Set([...before.epochs, ...after.epochs])]
    .filter((day) => day <= on)
    .sort()
    .reverse();
  let since = on;
  for (const day of epochs) {
    if (regimeChanges(decide(before, { facts, on: day }), decide(after, { facts, on: day })).length === 0) return since;
    since = day;
  }
  return since;
}

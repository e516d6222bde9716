import { type ActBody, actDigest, type Refusal, type Sha256 } from '@comity/core';
import { apply } from './apply.ts';
import { judge } from './judge.ts';
import { type CaseState, emptyCase, type Folded, type JudgedAct, type Setting } from './state.ts';

interface Known {
  readonly body: ActBody;
  readonly digest: string;
}

/** What the fold has worked out about one act: everything it was made in knowledge of, and whether it counts. */
interface Placed extends Known {
  readonly past: ReadonlySet<string>;
  readonly refusal?: Refusal;
}

/**
 * A case is the fold of its acts under its procedure. Each act is judged in the light of its own causal past alone, so what arrives
 * later, twice or in another order never changes how it counts; as every track is moved by one seat only, the outcome is the same on every node.
 */
export function fold(setting: Setting, bodies: readonly ActBody[], sha256: Sha256): Folded {
  const known = new Map(bodies.map((body) => [actDigest(body, sha256), body]));
  const order = causalOrder([...known].map(([digest, body]) => ({ digest, body })));
  const id = bodies[0]?.case ?? '';
  const placed = new Map<string, Placed>();
  let state = emptyCase(id, setting.procedure);
  for (const act of order.ready) {
    const past = pastOf(act.body, placed);
    const before =
      past.size === countedIn(placed)
        ? state
        : replay(
            setting,
            id,
            [...placed.values()].filter((p) => past.has(p.digest)),
          );
    const refusal = act.body.case === id ? judge(setting, before, act.body) : ({ code: 'case-unknown', field: 'case' } as const);
    placed.set(act.digest, refusal === undefined ? { ...act, past } : { ...act, past, refusal });
    if (refusal === undefined) state = apply(setting.procedure, state, act);
  }
  const waiting = order.waiting.map(
    (act): JudgedAct => ({ digest: act.digest, verdict: 'waiting', refusal: { code: 'act-unready' } }),
  );
  return { state, acts: [...[...placed.values()].map(judged), ...waiting], heads: headsOf([...placed.values()]) };
}

/** Folds a causally closed, ordered list of acts that are known to count. */
function replay(setting: Setting, id: string, acts: readonly Known[]): CaseState {
  return acts.reduce((state, act) => apply(setting.procedure, state, act), emptyCase(id, setting.procedure));
}

/** Counted acts among everything an act refers to, directly or through others. */
function pastOf(body: ActBody, placed: ReadonlyMap<string, Placed>): ReadonlySet<string> {
  const past = new Set<string>();
  for (const digest of body.prev) {
    const act = placed.get(digest);
    if (act === undefined) continue;
    for (const earlier of act.past) past.add(earlier);
    if (act.refusal === undefined) past.add(digest);
  }
  return past;
}

function countedIn(placed: ReadonlyMap<string, Placed>): number {
  return [...placed.values()].filter((act) => act.refusal === undefined).length;
}

/** Acts whose whole past is there, each after its past; ties by time, then digest. The rest waits. */
function causalOrder(acts: readonly Known[]): { readonly ready: readonly Known[]; readonly waiting: readonly Known[] } {
  const byTime = [...acts].sort((a, b) =>
    a.body.at === b.body.at ? compare(a.digest, b.digest) : compare(a.body.at, b.body.at),
  );
  const ready = new Map<string, Known>();
  let rest = byTime;
  for (;;) {
    const next = rest.find((act) => act.body.prev.every((digest) => ready.has(digest)));
    if (next === undefined) return { ready: [...ready.values()], waiting: rest };
    ready.set(next.digest, next);
    rest = rest.filter((act) => act !== next);
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function judged(act: Placed): JudgedAct {
  return act.refusal === undefined
    ? { digest: act.digest, verdict: 'counted' }
    : { digest: act.digest, verdict: 'void', refusal: act.refusal };
}

function headsOf(acts: readonly Placed[]): readonly string[] {
  const counted = acts.filter((act) => act.refusal === undefined);
  const referred = new Set(counted.flatMap((act) => [...act.past]));
  return counted
    .map((act) => act.digest)
    .filter((digest) => !referred.has(digest))
    .sort(compare);
}

import { assess } from '@comity/assess';
import type { Facts } from '@comity/core';
import { median } from './measure.ts';
import { decide, verdictOf } from './ours.ts';
import { type Engine, type Pace, paceOf } from './peer.ts';
import type { RuleSet } from './ruleset.ts';
import { comparison, type Figure } from './sheet.ts';

const RUNS = 5;
const SECONDS = 0.5;
const MICRO = 1e6;

/** A way to decide, under the name of its row. */
interface Contender {
  readonly name: string;
  /** Undefined: not here. */
  readonly pace: (() => Promise<Pace>) | undefined;
}

/** What one decision takes, ours beside each peer's: runs of all engines in turn, so that a busy moment hits all. */
export async function decisionFigures(
  set: RuleSet,
  cases: readonly Facts[],
  peers: { readonly here: readonly Engine[]; readonly absent: readonly string[] },
): Promise<readonly Figure[]> {
  const { law, on } = set;
  const ours = {
    reasons: { name: 'decision', pace: () => paceOf(cases, SECONDS, (facts) => decide(law, { facts, on })) },
    bare: { name: 'decision-bare', pace: encodedPace(set, cases) },
  };
  const rows: Figure[] = [];
  for (const asking of ['reasons', 'bare'] as const) {
    const here = peers.here.map((engine) => ({ name: engine.name, pace: () => engine.pace(cases, asking, SECONDS) }));
    const absent = peers.absent.map((name) => ({ name, pace: undefined }));
    rows.push(...(await race(ours[asking], [...here, ...absent])));
  }
  return rows;
}

/** What our engine takes for more than the others do, or for less: nothing to be put beside it. */
export async function ownFigures(set: RuleSet, cases: readonly Facts[], open: readonly Facts[]): Promise<readonly Figure[]> {
  const { law, on } = set;
  const rows: Contender[] = [
    { name: 'decision-bare, encoding counted', pace: () => paceOf(cases, SECONDS, (facts) => verdicts(set, law.encode(facts))) },
    { name: 'decision, one decisive fact unknown', pace: () => paceOf(open, SECONDS, (facts) => decide(law, { facts, on })) },
    {
      name: 'assess: the same and until when it holds',
      pace: () => paceOf(cases, SECONDS, (facts) => assess(law, { facts, on })),
    },
  ];
  const figures: Figure[] = [];
  for (const row of rows) figures.push(...(await race(row, [])));
  return figures;
}

function encodedPace(set: RuleSet, cases: readonly Facts[]): () => Promise<Pace> {
  const encoded = cases.map((facts) => set.law.encode(facts));
  return () => paceOf(encoded, SECONDS, (facts) => verdicts(set, facts));
}

function verdicts({ law, on }: RuleSet, facts: ReturnType<RuleSet['law']['encode']>): number {
  let said = 0;
  for (const regime of law.on(on)) said += verdictOf(regime, facts).length;
  return said;
}

async function race(ours: Contender, peers: readonly Contender[]): Promise<readonly Figure[]> {
  const runs = new Map<Contender, Pace[]>([ours, ...peers].map((one) => [one, []]));
  for (let i = 0; i < RUNS; i++) for (const [one, paces] of runs) if (one.pace !== undefined) paces.push(await one.pace());
  const shown = (one: Contender, part: keyof Pace, of: (values: readonly number[]) => number): number =>
    of((runs.get(one) ?? []).map((pace) => pace[part] * MICRO));
  const least = (values: readonly number[]): number => Math.min(...values);
  return [...(peers.length === 0 ? [undefined] : peers)].flatMap((peer) => {
    const beside = (what: string, part: keyof Pace, of: typeof median): Figure =>
      comparison(`${ours.name}, ${what}`, 'us', {
        ours: shown(ours, part, of),
        peer: { name: peer?.name ?? 'none', value: peer?.pace === undefined ? null : shown(peer, part, of) },
      });
    return [beside('CPU, median', 'cpu', median), beside('CPU, least', 'cpu', least), beside('wall, median', 'wall', median)];
  });
}

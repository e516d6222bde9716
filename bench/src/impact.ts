import { impact, type Law, type LiveTransfer } from '@comity/assess';
import type { Facts } from '@comity/core';
import { changedLaw, fleetOf } from './fleet.ts';
import { ON } from './map.ts';
import { type Spent, spend } from './measure.ts';
import { strictness, verdictOf } from './ours.ts';
import type { Peer } from './peer.ts';
import { ruleSetOf } from './ruleset.ts';
import { comparison, type Figure } from './sheet.ts';

const MILLION = 1_000_000;
/** Transfers from which it is told how long a million would take. */
const SAMPLE = 5000;
const SMALL_SAMPLE = 500;
/** CPU seconds beyond which a million is not decided but extrapolated. */
const PATIENCE = 150;
const SECONDS = 1;

/** A change of one pack. */
interface Change {
  readonly name: string;
  readonly pack: string;
  readonly change: (text: string) => string;
}

const BRAZIL = '{"codes":["BR"],"from":"2026-01-26"';
const HEALTH = '"data.us_people_12m.health":{"over":10000}';

const CHANGES: readonly Change[] = [
  {
    name: 'Brazil is no longer adequate (eu.gdpr)',
    pack: 'eu.gdpr',
    change: (text) => text.replaceAll(BRAZIL, `${BRAZIL},"until":"${ON}"`),
  },
  {
    name: 'bulk health data from 5,000 people on (us.dsp)',
    pack: 'us.dsp',
    change: (text) => text.replaceAll(HEALTH, HEALTH.replace('10000', '5000')),
  },
];

/** Everything that runs, decided again after a change of law, beside peers that decide the changed pack's rules twice. */
export async function impactFigures(
  law: Law,
  peers: readonly Peer[],
): Promise<{ figures: readonly Figure[]; notes: readonly string[] }> {
  const figures: Figure[] = [];
  const notes: string[] = [];
  for (const change of CHANGES) {
    const before = law;
    const after = changedLaw(law, change.pack, change.change);
    const live = await ours({ before, after }, { passes: goes(law, change.pack), sample: SAMPLE });
    const open = await ours({ before, after }, { passes: () => true, sample: SMALL_SAMPLE });
    const sample = fleetOf(law, SMALL_SAMPLE, goes(law, change.pack)).map(({ facts }) => facts);
    for (const peer of peers) {
      const theirs = await secondsOf(peer, [before, after], { pack: change.pack, sample });
      if (typeof theirs === 'string') notes.push(theirs);
      figures.push(
        ...rows(change.name, live, {
          name: `${peer.name}, extrapolated`,
          spent: typeof theirs === 'string' ? undefined : theirs,
        }),
      );
    }
    figures.push(...rows(`${change.name}, whatever stands today`, open, { name: 'none', spent: undefined }));
    notes.push(`${change.name}: of transfers that go today, ${said(live)}. Of all, ${said(open)}.`);
  }
  return { figures, notes: [...notes, ABOUT] };
}

const ABOUT =
  `impact-1M: the cases of law of every pack, varied over countries, numbers of people and forms. "Go today": the changed pack lets them go before the change; ` +
  `"whatever stands today" has undecided and prohibited ones too. We decide every day on which the packs will change, say the rules and duties that change and since when; ` +
  `peers (extrapolated from ${SMALL_SAMPLE} transfers) decide the changed pack alone, before and after, on one day, from inputs made ready (OPA), and say yes or no. One run.`;

/** What a million took or would take, and what was found. */
interface Redone {
  readonly decided: number;
  readonly changed: number;
  readonly spent: Spent;
}

function said({ decided, changed }: Redone): string {
  const how = decided === MILLION ? 'decided' : 'decided, and the time extrapolated to 1,000,000';
  return `${decided.toLocaleString('en')} ${how}, ${changed.toLocaleString('en')} change`;
}

function rows(name: string, { spent, decided }: Redone, peer: { name: string; spent: Spent | undefined }): readonly Figure[] {
  const how = decided === MILLION ? '' : ' (extrapolated)';
  const value = (part: keyof Spent): number | null => peer.spent?.[part] ?? null;
  return (['cpu', 'wall'] as const).map((part) =>
    comparison(`impact-1M, ${name}, ${part}${how}`, 's', { ours: spent[part], peer: { name: peer.name, value: value(part) } }),
  );
}

interface Laws {
  readonly before: Law;
  readonly after: Law;
}

/** A sample tells how long a million will take; the million is decided if that is not too long. */
async function ours(laws: Laws, at: { passes: (facts: Facts) => boolean; sample: number }): Promise<Redone> {
  const fleet = fleetOf(laws.before, 2 * at.sample, at.passes);
  // Half of them for nothing: compiling both laws for every day is done once, however many transfers there are.
  await redecide(laws, fleet.slice(at.sample));
  const sample = await redecide(laws, fleet.slice(0, at.sample));
  const scale = MILLION / at.sample;
  if (sample.spent.cpu * scale <= PATIENCE) return redecide(laws, fleetOf(laws.before, MILLION, at.passes));
  return { ...sample, spent: { wall: sample.spent.wall * scale, cpu: sample.spent.cpu * scale } };
}

async function redecide(laws: Laws, fleet: readonly LiveTransfer[]): Promise<Redone> {
  let found = { decided: 0, changed: 0 };
  const spent = await spend(async () => {
    const { decided, changed } = impact(laws, fleet, ON);
    found = { decided, changed: changed.length };
  });
  return { ...found, spent };
}

/** Whether a pack, as it stands, lets a transfer go. */
function goes(law: Law, id: string): (facts: Facts) => boolean {
  const regime = law.on(ON).find(({ pack }) => pack.id === id);
  if (regime === undefined) throw new Error(`there is no pack ${id}`);
  return (facts) => strictness(verdictOf(regime, law.encode(facts))) <= strictness('conditional');
}

/** What a peer would take for a million, before and after; or why it is not here. */
async function secondsOf(
  peer: Peer,
  laws: readonly Law[],
  at: { pack: string; sample: readonly Facts[] },
): Promise<Spent | string> {
  const total = { wall: 0, cpu: 0 };
  try {
    for (const law of laws) {
      const { rules, isShare } = ruleSetOf(law, [at.pack], ON);
      const engine = await peer.start(rules, isShare);
      const { wall, cpu } = await engine.pace(at.sample, 'bare', SECONDS);
      total.wall += wall * MILLION;
      total.cpu += cpu * MILLION;
    }
    return total;
  } catch (cause) {
    return `${peer.name} is not here: ${cause instanceof Error ? cause.message : String(cause)}`;
  }
}

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { classesOfPlaces, type Law, relocate } from '@comity/assess';
import type { Facts } from '@comity/core';
import { loadLaw } from '@comity/node/law';
import { FACT_CARDS, ROOT } from '@comity/sandbox';
import { median } from './measure.ts';
import { type CostedLever, leversOf, sweeper } from './ours.ts';
import { comparison, type Figure } from './sheet.ts';

/** The day for which everything here is decided. */
export const ON = '2026-11-22';
const LEVERS = 12;
const WARM = 20;
const COLD = 5;
const PEER = { name: 'none does it', value: null };

/** A transfer and the twelve things that may be changed about it. */
export interface MapWork {
  readonly law: Law;
  readonly facts: Facts;
}

/** What one map took, in milliseconds, and how much it decided. */
export interface MapRun {
  readonly wall: number;
  readonly cpu: number;
  readonly classes: number;
  readonly countries: number;
  readonly decided: number;
  readonly levers: readonly string[];
}

/** Patients whose claims are to be analysed, as a scan of the dataset counts them. */
export const CLAIMS: Facts = {
  'data.subjects.count': 50_000,
  'data.us_people_12m.health': 50_000,
  'data.us_people_12m.identifiers': 50_000,
};

/** All committed law, and a hospital's claims on their way to an analyst in India. */
export function readMap(): MapWork {
  const facts = { ...FACT_CARDS['dataset:claims'], ...CLAIMS, ...FACT_CARDS['in-vendor'] };
  return { law: loadLaw(join(ROOT, 'law', 'packs')).assess, facts };
}

/** Every subset of the levers in one country of each class that the rules can tell apart. */
export function mapOnce({ law, facts }: MapWork): MapRun {
  const before = process.cpuUsage();
  const start = performance.now();
  const regimes = law.on(ON);
  const levers = twelve(law, facts);
  const classes = classesOfPlaces(law, { on: ON });
  const sweep = sweeper(regimes, levers);
  let decided = 0;
  for (const [country] of classes) {
    if (country === undefined) continue;
    decided += sweep(law.encode(relocate({ facts }, country))).verdicts.length;
  }
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  return {
    wall,
    cpu: (user + system) / 1000,
    classes: classes.length,
    countries: law.vocabulary.countries.size,
    decided,
    levers: levers.map(({ change }) => `${change.fact}=${change.value}`),
  };
}

/** Twelve safeguards that some rule in force would notice; where there are fewer, the next cheapest changes fill them up. */
function twelve(law: Law, facts: Facts): readonly CostedLever[] {
  const blocking = law.on(ON).map((regime) => ({ regime, rules: regime.fast.map(({ rule }) => rule) }));
  return leversOf(law, { blocking, facts, costs: { safeguards: 0 }, most: LEVERS });
}

/** The map in fresh processes, and warm in the last of them. */
export function mapFigures(): { readonly figures: readonly Figure[]; readonly note: string; readonly answers: number } {
  const processes = Array.from({ length: COLD }, () => inFreshProcess());
  const first = processes.flatMap(({ runs }) => runs.slice(0, 1));
  const warm = (processes.at(-1)?.runs ?? []).slice(1);
  const [one] = first;
  if (one === undefined) throw new Error('the map was not worked out');
  const row = (name: string, values: readonly number[]): readonly Figure[] => [
    comparison(`map, ${name}, median`, 'ms', { ours: median(values), peer: PEER }),
    comparison(`map, ${name}, least`, 'ms', { ours: Math.min(...values), peer: PEER }),
  ];
  const answers = one.countries * 2 ** one.levers.length;
  return {
    answers,
    figures: [
      ...row(
        'cold, CPU',
        first.map(({ cpu }) => cpu),
      ),
      ...row(
        'cold, wall',
        first.map(({ wall }) => wall),
      ),
      ...row(
        'warm, CPU',
        warm.map(({ cpu }) => cpu),
      ),
      comparison('law read and checked before it, wall, median', 'ms', {
        ours: median(processes.map(({ loaded }) => loaded)),
        peer: PEER,
      }),
    ],
    note:
      `The map: ${one.countries} countries in ${one.classes} classes that no rule can tell apart, 2^${one.levers.length} subsets of changes in each: ` +
      `${one.decided} verdicts that stand for ${answers}. Cold: a fresh process each time, law read from disk beforehand but compiled for the day within. ` +
      `The changes: ${one.levers.join(', ')}.`,
  };
}

interface Fresh {
  readonly loaded: number;
  readonly runs: readonly MapRun[];
}

function inFreshProcess(): Fresh {
  const done = spawnSync(process.execPath, [fileURLToPath(import.meta.resolve('./cold.ts')), String(1 + WARM)], {
    encoding: 'utf8',
  });
  if (done.status !== 0) throw new Error(done.stderr);
  // Parser: cold.ts wrote these fields.
  return JSON.parse(done.stdout) as Fresh;
}

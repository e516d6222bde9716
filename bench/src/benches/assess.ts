import type { Facts } from '@comity/core';
import { disagreements, ourAnswer } from '../agree.ts';
import { dropDecisive, type Failing, failing, type Trial, weSay } from '../drop.ts';
import { impactFigures } from '../impact.ts';
import { mapFigures, ON, readMap } from '../map.ts';
import { decisionFigures, ownFigures } from '../paces.ts';
import type { Engine, Peer } from '../peer.ts';
import { cedar } from '../peers/cedar.ts';
import { lenientJsonRules, strictJsonRules } from '../peers/jsonRules.ts';
import { opa, tracedOpa } from '../peers/opa.ts';
import { zen } from '../peers/zen.ts';
import { knownCases, type RuleSet, ruleSetOf } from '../ruleset.ts';
import { type Bench, comparison, type Figure, type Sheet } from '../sheet.ts';
import { machine } from '../versions.ts';

/** Packs that every engine is given. */
const PACKS = ['us.dsp', 'us.hipaa', 'eu.gdpr'];
const PEERS: readonly Peer[] = [opa, tracedOpa, cedar, zen, strictJsonRules];
/** Every so many cases are timed; all are compared. */
const EVERY = 4;

/** Decisions beside OPA, Cedar, GoRules ZEN and json-rules-engine on the same rules; the map; a change of law. */
export const assessBench: Bench = {
  about: 'decisions beside OPA, Cedar, ZEN and json-rules-engine on the same rules; the map of all countries; a change of law',
  run: async () => {
    const { law } = readMap();
    const set = ruleSetOf(law, PACKS, ON);
    const cases = knownCases(set);
    const { here, absent } = await startAll(PEERS, set);
    const faults = await faultsOf(set, cases, here);
    const head = { input: inputOf(set, cases, law.packs.length), versions: versionsOf(here) };
    if (faults.length > 0) return refused(head, faults);
    const timed = cases.filter((_, i) => i % EVERY === 0);
    const open = dropDecisive(set, timed);
    const decisions = await decisionFigures(set, timed, { here, absent: absent.map(({ name }) => name) });
    const own = await ownFigures(
      set,
      timed,
      open.map(({ facts }) => facts),
    );
    const failed = await failOpen(set, open, here);
    const map = mapFigures();
    const changed = await impactFigures(law, [opa, cedar]);
    return {
      ...head,
      figures: [...decisions, ...own, ...failed.figures, ...map.figures, ...changed.figures],
      notes: [
        ...absent.map(({ name, why }) => `${name} is not here: ${why}`),
        ...NOTES,
        ...failed.notes,
        map.note,
        ...cedarMap(decisions, map.answers),
        ...changed.notes,
      ],
    };
  },
};

const NOTES = [
  'Every engine named the same rules for each of these cases before anything was timed.',
  'Same rules: all that are in force on the day, written by a translator for each engine from the compiled packs. "Stopped" is prohibited or waiting for an authority; duties, citations and texts were left out for the peers, and "first" is its first branch.',
  'decision: ours with reasons, bases, duties, citations and missing facts; OPA and Cedar the set of rules that stop it, OPA again with what it tried, ZEN with trace, json-rules-engine with its results, which are a trace. Cedar and json-rules-engine cannot be asked for less.',
  'decision-bare: ours on encoded facts, OPA on a parsed input and for yes or no alone, ZEN without trace. Only ours and OPA’s inputs were prepared so; the others take objects.',
];

/** What the map would cost with Cedar, one decision after the other; nothing when Cedar is not here. */
function cedarMap(decisions: readonly Figure[], answers: number): readonly string[] {
  const one = decisions.find(({ name, peerName }) => name === 'decision-bare, CPU, median' && peerName === cedar.name)?.peer;
  if (one === undefined || one === null) return [];
  const seconds = Math.round((one * answers) / 1e6);
  return [
    `The map by Cedar, a remark: ${answers} decisions of ${Math.round(one)} us would take ${seconds} s, for three packs instead of all.`,
  ];
}

interface Absent {
  readonly name: string;
  readonly why: string;
}

async function startAll(peers: readonly Peer[], set: RuleSet): Promise<{ here: readonly Engine[]; absent: readonly Absent[] }> {
  const here: Engine[] = [];
  const absent: Absent[] = [];
  for (const peer of peers) {
    try {
      here.push(await peer.start(set.rules, set.isShare));
    } catch (cause) {
      // A peer that cannot be had on this machine is no fault of the bench: its row says why.
      absent.push({ name: peer.name, why: cause instanceof Error ? cause.message : String(cause) });
    }
  }
  return { here, absent };
}

async function faultsOf(set: RuleSet, cases: readonly Facts[], engines: readonly Engine[]): Promise<readonly string[]> {
  const ours = cases.map((facts) => ourAnswer(set, facts));
  const found: string[] = [];
  for (const { name, answers } of engines) found.push(...disagreements(cases, ours, { name, answers: await answers(cases) }));
  return found;
}

/** No figures where engines disagree: they would not be of the same work. */
function refused(head: Pick<Sheet, 'input' | 'versions'>, faults: readonly string[]): Sheet {
  process.exitCode = 1;
  const notes = [`Nothing was measured: the engines disagree on ${faults.length} answers.`, ...faults.slice(0, 5)];
  return { ...head, figures: [], notes };
}

function inputOf({ law, rules, packs }: RuleSet, cases: readonly Facts[], all: number): string {
  const exceptions = packs.flatMap((pack) => pack.rules.flatMap(({ unless }) => unless)).length;
  return (
    `${law.packs.map(({ id, version, sha256 }) => `${id} ${version} (${sha256.slice(0, 8)})`).join(', ')} on ${ON}: ` +
    `${rules.rules.length} rules that can stop, ${exceptions} exceptions, ${rules.definitions.size} definitions; ` +
    `${cases.length} cases with every fact known, every ${EVERY}th timed; map and impact with all ${all} packs`
  );
}

function versionsOf(engines: readonly Engine[]): Readonly<Record<string, string>> {
  return { ...machine(), ...Object.fromEntries(engines.map(({ name, version }) => [name, version])) };
}

/** How often a stopped transfer may go as soon as one fact that decides it is not known. */
async function failOpen(
  set: RuleSet,
  open: readonly Trial[],
  here: readonly Engine[],
): Promise<{ figures: readonly Figure[]; notes: readonly string[] }> {
  const said = open.map((trial) => weSay(set, trial));
  const ours = failing(said);
  const asked = said.filter(({ asks }) => asks).length;
  const without = open.map(({ facts }) => facts);
  const lenient = await lenientJsonRules.start(set.rules, set.isShare);
  const figures: Figure[] = [];
  const notes: string[] = [];
  for (const engine of [...here.filter(({ name }) => name !== tracedOpa.name), lenient]) {
    const theirs = failing(await engine.answers(without));
    const peer = { name: engine.name, value: theirs.permitted };
    figures.push(
      comparison('one decisive fact dropped: became a permission', `of ${open.length}`, { ours: ours.permitted, peer }),
    );
    notes.push(`${engine.name}: ${shares(theirs)}.`);
  }
  return {
    figures,
    notes: [`${TRIALS} Ours: ${shares(ours)}; in ${asked} it asks for the very fact that was dropped.`, ...notes],
  };
}

const TRIALS =
  'One decisive fact dropped: from a stopped transfer a fact is taken away of which another value would let it go. Promises, and facts whose absence the law itself answers, are never dropped.';

function shares({ trials, permitted, warned, silent }: Failing): string {
  const percent = (count: number): string => `${count} of ${trials} (${((100 * count) / Math.max(trials, 1)).toFixed(1)} %)`;
  return `${percent(permitted)} became permissions, ${warned} of them with an error beside the answer; ${silent} had no answer but an error`;
}

import { type Encoded, encoderOf } from '../encode.ts';
import { runDefinitions, runRules } from '../examples.ts';
import type { Pack, Rule } from '../pack.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { besideBoundaries, distinctWorlds } from './boundaries.ts';
import { type Mutant, mutantsOf } from './mutants.ts';
import { exampleWorlds, type Said, type Speaker, saidText, speaker, type World } from './worlds.ts';

/** A frozen decision: what a rule says of a world. A change of the law shows as a change of these. */
export interface Frozen extends World {
  readonly rule: string;
  readonly says: Said;
}

/** What is known about how well a pack is guarded. */
export interface Guarding {
  readonly frozen: readonly Frozen[];
  /** Changes to the law that nothing notices. */
  readonly survivors: readonly string[];
  readonly mutants: number;
}

const MOST_SEEDS = 120;

/**
 * Finds worlds that notice a wrong law. Starts from the pack's own examples and given seeds; keeps a world only if it tells a mutant from
 * the law that no kept world told apart. Deterministic.
 */
export function freeze(pack: Pack, vocabulary: Vocabulary, seeds: readonly World[]): Guarding {
  const alive = new Set(unnoticed(pack, vocabulary));
  const frozen: Frozen[] = [];
  for (const rule of pack.rules) {
    const own = exampleWorlds(pack, rule.id);
    const starts = distinctWorlds([...own, ...exampleWorlds(pack), ...seeds]).slice(0, MOST_SEEDS);
    for (const world of noticing(rule, { pack, vocabulary, alive, starts })) frozen.push(world);
  }
  return { frozen, survivors: [...alive].map(({ what }) => what), mutants: mutantsOf(pack).length };
}

/** Mutants that the pack's own examples do not notice. */
function unnoticed(pack: Pack, vocabulary: Vocabulary): readonly Mutant[] {
  return mutantsOf(pack).filter(
    (mutant) =>
      !noticedByExamples(mutant, vocabulary) && (mutant.rule !== undefined || !noticedByDefinitions(mutant, vocabulary)),
  );
}

/** Whether an example of the pack would fail under a mutant: another verdict, or other duties or missing facts where it states them. */
function noticedByExamples({ pack, rule }: Mutant, vocabulary: Vocabulary): boolean {
  const rules = pack.rules.filter(({ id }) => rule === undefined || id === rule);
  return runRules({ ...pack, rules }, vocabulary).length > 0;
}

/** Whether a mutant of a definition or region is told apart by the examples that stand under definitions. */
function noticedByDefinitions(mutant: Mutant, vocabulary: Vocabulary): boolean {
  return runDefinitions(mutant.pack, vocabulary).length > 0;
}

interface Hunt {
  readonly pack: Pack;
  readonly vocabulary: Vocabulary;
  readonly alive: Set<Mutant>;
  readonly starts: readonly World[];
}

/** The worlds beside a rule's boundaries at which some living mutant says something else; those mutants are struck off. */
function noticing(rule: Rule, { pack, vocabulary, alive, starts }: Hunt): readonly Frozen[] {
  const found: Frozen[] = [];
  const law = speaker(rule, pack, vocabulary);
  const hunted = [...alive]
    .filter((mutant) => mutant.rule === undefined || mutant.rule === rule.id)
    .flatMap((mutant) => {
      const changed = mutant.pack.rules.find(({ id }) => id === rule.id);
      return changed === undefined ? [] : [{ mutant, speaker: speaker(changed, mutant.pack, vocabulary) }];
    });
  const worlds = distinctWorlds(besideBoundaries(rule, { pack, vocabulary, seeds: starts }));
  const { encode } = encoderOf(vocabulary);
  for (const closely of [false, true]) {
    for (const world of worlds) {
      const left = hunted.filter(({ mutant }) => alive.has(mutant));
      if (left.length === 0) return found;
      const differs = closely ? differsClosely(law, world) : differsInVerdict(law, world.on, encode(world.facts));
      const struck = left.filter((one) => differs(one.speaker));
      if (struck.length === 0) continue;
      found.push({ rule: rule.id, ...world, says: law.say(world) });
      for (const { mutant } of struck) alive.delete(mutant);
    }
  }
  return found;
}

function differsInVerdict(law: Speaker, on: string, facts: Encoded): (mutant: Speaker) => boolean {
  const verdict = law.verdict(on, facts);
  return (mutant) => mutant.verdict(on, facts) !== verdict;
}

function differsClosely(law: Speaker, world: World): (mutant: Speaker) => boolean {
  const said = saidText(law.say(world));
  return (mutant) => saidText(mutant.say(world)) !== said;
}

/** Mutants that neither the frozen decisions nor the examples of definitions notice. */
export function survivorsOf(pack: Pack, vocabulary: Vocabulary, frozen: readonly Frozen[]): readonly string[] {
  const byRule = Map.groupBy(frozen, ({ rule }) => rule);
  return unnoticed(pack, vocabulary)
    .filter((mutant) => {
      const rules = mutant.pack.rules.filter(({ id }) => mutant.rule === undefined || mutant.rule === id);
      return !rules.some((rule) => noticed(speaker(rule, mutant.pack, vocabulary), byRule.get(rule.id) ?? []));
    })
    .map(({ what }) => what);
}

function noticed(mutant: Speaker, frozen: readonly Frozen[]): boolean {
  return frozen.some((entry) => saidText(mutant.say(entry)) !== saidText(entry.says));
}

/** Frozen decisions that the law as it stands takes otherwise. */
export function changedDecisions(
  pack: Pack,
  vocabulary: Vocabulary,
  frozen: readonly Frozen[],
): readonly { readonly frozen: Frozen; readonly now: Said | undefined }[] {
  const speakers = new Map(pack.rules.map((rule) => [rule.id, speaker(rule, pack, vocabulary)]));
  return frozen.flatMap((entry) => {
    const now = speakers.get(entry.rule)?.say(entry);
    return now !== undefined && saidText(now) === saidText(entry.says) ? [] : [{ frozen: entry, now }];
  });
}

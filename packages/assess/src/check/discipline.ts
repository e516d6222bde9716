import { runExamples } from '../examples.ts';
import type { Pack, Rule } from '../pack.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { changedDecisions, type Frozen, survivorsOf } from './freeze.ts';
import { mutantsOf } from './mutants.ts';

/** What is wrong with how a pack is guarded, as closed words and what they are about. */
export interface Fault {
  readonly fault:
    | 'example-fails'
    | 'no-example-fires'
    | 'no-example-silent'
    | 'no-example-undecided'
    | 'decision-changed'
    | 'rule-unreachable'
    | 'change-unnoticed'
    | 'justified-in-vain'
    | 'review-overdue';
  readonly at: string;
  readonly detail?: string;
}

/** How well a pack is guarded. */
export interface Discipline {
  readonly pack: string;
  readonly rules: number;
  readonly examples: number;
  readonly frozen: number;
  readonly mutants: number;
  readonly justified: number;
  readonly faults: readonly Fault[];
}

/** What a pack is checked against. */
export interface Guards {
  readonly frozen: readonly Frozen[];
  /** Changes that may go unnoticed, each with the reason why it changes nothing. */
  readonly justified: Readonly<Record<string, string>>;
  readonly today: string;
}

/**
 * The discipline for rules: each has an example that fires, one that is silent and one that is undecided with its exact list; frozen
 * decisions stand; and every change of one detail, the dropping of an exception and the shifting of a date among them, is noticed or justified.
 */
export function checkDiscipline(pack: Pack, vocabulary: Vocabulary, guards: Guards): Discipline {
  const { frozen, justified } = guards;
  const survivors = survivorsOf(pack, vocabulary, frozen);
  const faults: readonly Fault[] = [
    ...runExamples(pack, vocabulary).map(
      ({ rule, example, expected, found }): Fault => ({
        fault: 'example-fails',
        at: rule,
        detail: `${example}: expected ${expected}, found ${found}`,
      }),
    ),
    ...pack.rules.flatMap((rule) => exampleFaults(rule, frozen)),
    ...changedDecisions(pack, vocabulary, frozen).map(
      ({ frozen: { rule, on, says }, now }): Fault => ({
        fault: 'decision-changed',
        at: `${rule} on ${on}`,
        detail: `${says.verdict} -> ${now?.verdict ?? 'no such rule'}`,
      }),
    ),
    ...survivors.filter((what) => justified[what] === undefined).map((what): Fault => ({ fault: 'change-unnoticed', at: what })),
    ...Object.keys(justified)
      .filter((what) => !survivors.includes(what))
      .map((what): Fault => ({ fault: 'justified-in-vain', at: what })),
    ...(pack.reviewed.next !== null && pack.reviewed.next < guards.today
      ? [{ fault: 'review-overdue' as const, at: pack.id, detail: pack.reviewed.next }]
      : []),
  ];
  return {
    pack: pack.id,
    rules: pack.rules.length,
    examples: pack.rules.reduce((sum, rule) => sum + rule.examples.length, 0),
    frozen: frozen.length,
    mutants: mutantsOf(pack).length,
    justified: Object.keys(justified).length,
    faults,
  };
}

function exampleFaults(rule: Rule, frozen: readonly Frozen[]): readonly Fault[] {
  const expected = rule.examples.map(({ expect }) => expect);
  const own = frozen.filter((entry) => entry.rule === rule.id);
  const undecided =
    rule.examples.some(({ expect, missing }) => expect === 'undecided' && missing !== undefined) ||
    own.some(({ says }) => says.verdict === 'undecided' && says.missing.length > 0);
  const fires = expected.some((expect) => expect !== 'silent' && expect !== 'undecided');
  return [
    ...(fires
      ? []
      : [
          {
            fault: own.some(({ says }) => says.verdict !== 'free')
              ? ('no-example-fires' as const)
              : ('rule-unreachable' as const),
            at: rule.id,
          },
        ]),
    ...(expected.includes('silent') ? [] : [{ fault: 'no-example-silent' as const, at: rule.id }]),
    ...(undecided ? [] : [{ fault: 'no-example-undecided' as const, at: rule.id }]),
  ];
}

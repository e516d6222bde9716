import type { Facts } from '@comity/core';
import { strictness, verdictAt } from './ours.ts';
import type { Answer } from './peer.ts';
import type { RuleSet } from './ruleset.ts';

const LAWFUL = strictness('conditional');

/** Our answer in the words of the others: the rules whose verdict is stricter than conditional. An undecided one is a fault of the cases. */
export function ourAnswer({ law, on }: Pick<RuleSet, 'law' | 'on'>, facts: Facts): Answer {
  const encoded = law.encode(facts);
  const said = law.on(on).flatMap(({ fast }) => fast.map(({ rule, verdict }) => ({ id: rule.id, verdict: verdict(encoded) })));
  const open = said.filter(({ verdict }) => verdictAt(verdict) === 'undecided');
  const stops = said.filter(({ verdict }) => verdict > LAWFUL).map(({ id }) => id);
  return open.length === 0 ? { stops } : { stops, failed: `undecided: ${open.map(({ id }) => id).join(', ')}` };
}

/** Where two engines say something else of the same case: a sentence for each, with the facts. Empty when they agree on all. */
export function disagreements(
  cases: readonly Facts[],
  ours: readonly Answer[],
  peer: { readonly name: string; readonly answers: readonly Answer[] },
): readonly string[] {
  return cases.flatMap((facts, i) => {
    const [we, they] = [shown(ours[i]), shown(peer.answers[i])];
    return we === they ? [] : [`${peer.name} says ${they}, we say ${we}, of ${JSON.stringify(facts)}`];
  });
}

function shown(answer: Answer | undefined): string {
  if (answer === undefined) return 'nothing';
  const trouble = answer.failed ?? (answer.warned ? 'errors beside the answer' : '');
  return [[...answer.stops].sort().join(' ') || 'may go', trouble].filter((part) => part !== '').join(', ');
}

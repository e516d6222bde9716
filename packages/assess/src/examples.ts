import type { Facts } from '@comity/core';
import { compileContext } from './compile.ts';
import { validateFacts } from './facts.ts';
import type { Example, Pack, Rule } from './pack.ts';
import { compileRule } from './rule.ts';
import { inForce, type Vocabulary } from './vocabulary.ts';

/** An example in a pack that the engine does not answer as its writer expects. */
export interface ExampleFailure {
  readonly rule: string;
  readonly example: string;
  readonly expected: string;
  readonly found: string;
}

/** Runs every example of a pack against the rule it stands under, alone. Empty when all are answered as written. */
export function runExamples(pack: Pack, vocabulary: Vocabulary): readonly ExampleFailure[] {
  return pack.rules.flatMap((rule) => rule.examples.flatMap((example) => runExample(rule, example, { pack, vocabulary })));
}

function runExample(rule: Rule, example: Example, at: { pack: Pack; vocabulary: Vocabulary }): readonly ExampleFailure[] {
  const checked = validateFacts(at.vocabulary, example.facts);
  const expected = expectation(example);
  const found = checked.ok
    ? answer(rule, example, { ...at, facts: checked.value })
    : `${checked.refusal.code}: ${checked.refusal.field}`;
  return found === expected ? [] : [{ rule: rule.id, example: example.name, expected, found }];
}

function expectation(example: Example): string {
  return example.missing === undefined ? example.expect : `${example.expect}, missing ${[...example.missing].sort().join(' ')}`;
}

function answer(rule: Rule, example: Example, at: { pack: Pack; vocabulary: Vocabulary; facts: Facts }): string {
  if (!inForce(rule.force, example.on)) return 'silent';
  const outcome = compileRule(rule, compileContext(at.pack, at.vocabulary, example.on), example.on)(at.facts);
  const verdict = outcome.verdict === 'free' ? 'silent' : outcome.verdict;
  return example.missing === undefined ? verdict : `${verdict}, missing ${outcome.missing.join(' ')}`;
}

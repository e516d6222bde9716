import type { Facts } from '@comity/core';
import { type Compiled, compileCondition, compileContext } from './compile.ts';
import { typedFacts, validateFacts } from './facts.ts';
import type { Definition, Example, Pack, Rule } from './pack.ts';
import { compileRule } from './rule.ts';
import { F, T } from './truth.ts';
import { inForce, type Vocabulary } from './vocabulary.ts';

/** An example in a pack that the engine does not answer as its writer expects. */
export interface ExampleFailure {
  readonly rule: string;
  readonly example: string;
  readonly expected: string;
  readonly found: string;
}

/** Runs every example of a pack against the rule or definition it stands under, alone. Empty when all are answered as written. */
export function runExamples(pack: Pack, vocabulary: Vocabulary): readonly ExampleFailure[] {
  return [...runDefinitions(pack, vocabulary), ...runRules(pack, vocabulary)];
}

/** Runs the examples that stand under definitions. */
export function runDefinitions(pack: Pack, vocabulary: Vocabulary): readonly ExampleFailure[] {
  return [...pack.define].flatMap(([name, definition]) => runDefinition(name, definition, { pack, vocabulary }));
}

function runDefinition(
  name: string,
  definition: Definition,
  at: { pack: Pack; vocabulary: Vocabulary },
): readonly ExampleFailure[] {
  const { examples } = definition;
  if (examples === undefined) return [];
  const condition = compileCondition(definition.when, compileContext(at.pack, at.vocabulary, examples.on));
  const wrong = (list: readonly Readonly<Record<string, unknown>>[], expected: 'holds' | 'fails'): readonly ExampleFailure[] =>
    list.flatMap((facts, i) => {
      const found = sayDefinition(condition, facts, at.vocabulary);
      return found === expected ? [] : [{ rule: name, example: `${expected} ${i + 1}`, expected, found }];
    });
  return [...wrong(examples.holds, 'holds'), ...wrong(examples.fails, 'fails')];
}

function sayDefinition(condition: Compiled, facts: unknown, vocabulary: Vocabulary): string {
  const checked = typedFacts(vocabulary, facts);
  if (!checked.ok) return `${checked.refusal.code}: ${checked.refusal.field}`;
  const value = condition.truth(checked.value);
  return value === T ? 'holds' : value === F ? 'fails' : 'unknown';
}

/** Runs the examples that stand under rules. */
export function runRules(pack: Pack, vocabulary: Vocabulary): readonly ExampleFailure[] {
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
  return sentence(example.expect, example.missing, example.duties);
}

function sentence(verdict: string, missing?: readonly string[], duties?: readonly string[]): string {
  const lists = [missing && `missing ${[...missing].sort().join(' ')}`, duties && `duties ${[...duties].sort().join(' ')}`];
  return [verdict, ...lists.filter((list) => list !== undefined)].join(', ');
}

function answer(rule: Rule, example: Example, at: { pack: Pack; vocabulary: Vocabulary; facts: Facts }): string {
  if (!inForce(rule.force, example.on)) return sentence('silent', example.missing && [], example.duties && []);
  const outcome = compileRule(rule, compileContext(at.pack, at.vocabulary, example.on))(at.facts);
  const verdict = outcome.verdict === 'free' ? 'silent' : outcome.verdict;
  return sentence(verdict, example.missing && outcome.missing, example.duties && outcome.duties.map((duty) => duty.duty));
}

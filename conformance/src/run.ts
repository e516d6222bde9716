import { canonicalJson, isJsonObject, type JsonObject } from '@comity/core';
import type { Suite, Vector } from './vectors.ts';

/** What an implementation answers: an output, or that it refuses the input. */
export type Answer = { readonly output: JsonObject } | { readonly refused: true };

/** An implementation under test: vectors in, as many answers out, in the same order. */
export type Subject = (vectors: readonly Vector[]) => readonly Answer[] | Promise<readonly Answer[]>;

/** How one vector went; `got` and `wanted` are canonical JSON, there only when they differ. */
export interface Outcome {
  readonly id: string;
  readonly suite: string;
  readonly passed: boolean;
  readonly got?: string;
  readonly wanted?: string;
}

/** Asks an implementation every vector and compares. An answer that is missing is a failure. */
export async function run(suites: readonly Suite[], subject: Subject): Promise<readonly Outcome[]> {
  const vectors = suites.flatMap((suite) => suite.vectors);
  const answers = await subject(vectors);
  const suiteOf = new Map(suites.flatMap((suite) => suite.vectors.map((vector) => [vector.id, suite.name] as const)));
  return vectors.map((vector, index) => compare(vector, answers[index], suiteOf.get(vector.id) ?? ''));
}

function compare(vector: Vector, answer: Answer | undefined, suite: string): Outcome {
  const wanted = vector.output === undefined ? 'refused' : canonicalJson(vector.output);
  const got = textOf(answer);
  return got === wanted ? { id: vector.id, suite, passed: true } : { id: vector.id, suite, passed: false, got, wanted };
}

function textOf(answer: Answer | undefined): string {
  if (answer === undefined) return 'no answer';
  if ('refused' in answer) return 'refused';
  return isJsonObject(answer.output) ? canonicalJson(answer.output) : 'no output';
}

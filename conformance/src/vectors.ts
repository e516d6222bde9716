import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isJsonObject, type Json, type JsonObject } from '@comity/core';

/** What an implementation is asked. */
export const KINDS = [
  'canonical-json',
  'act-digest',
  'commitment',
  'manifest-digest',
  'join-shares',
  'tree-root',
  'deadline',
  'fold',
  'assess',
] as const;
export type Kind = (typeof KINDS)[number];

/** One question with the answer that every implementation must give: an output, or a refusal. */
export interface Vector {
  /** Unique among all suites: `suite/name`. */
  readonly id: string;
  readonly kind: Kind;
  readonly input: JsonObject;
  /** Absent when the input must be refused. */
  readonly output?: JsonObject;
}

export interface Suite {
  readonly name: string;
  readonly vectors: readonly Vector[];
}

/** Reads every suite of a folder. `given` of a suite is part of the input of each of its cases. Throws on a file of another form: a vector that is skipped would pass. */
export function readSuites(folder: string = join(import.meta.dirname, '..', 'vectors')): readonly Suite[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return files.sort().map((file) => readSuite(JSON.parse(readFileSync(join(folder, file), 'utf8')), file));
}

function readSuite(json: Json, file: string): Suite {
  if (!isJsonObject(json) || json['v'] !== 1 || typeof json['suite'] !== 'string' || !Array.isArray(json['cases']))
    throw new Error(`${file}: not a suite`);
  const name = json['suite'];
  const given = isJsonObject(json['given'] ?? null) ? json['given'] : {};
  const vectors = json['cases'].map((one: Json, index: number) => readVector(one, { name, given, at: `${file}: case ${index}` }));
  const twice = vectors.find((vector, index) => vectors.findIndex((other) => other.id === vector.id) !== index);
  if (twice !== undefined) throw new Error(`${file}: two cases are named ${twice.id}`);
  return { name, vectors };
}

function readVector(one: Json, suite: { readonly name: string; readonly given: Json | undefined; readonly at: string }): Vector {
  const kind = isJsonObject(one) ? KINDS.find((known) => known === one['kind']) : undefined;
  if (!isJsonObject(one) || kind === undefined || typeof one['name'] !== 'string' || !isJsonObject(one['input'] ?? null))
    throw new Error(`${suite.at} has no name, no input or no kind that is known`);
  const { output, refused } = one;
  if (isJsonObject(output ?? null) === (refused === true)) throw new Error(`${suite.at} needs an output or "refused": true`);
  // Parser: the form was checked above; `given` and `input` are objects.
  const input = { ...(suite.given as JsonObject), ...(one['input'] as JsonObject) };
  return { id: `${suite.name}/${one['name']}`, kind, input, ...(refused === true ? {} : { output: output as JsonObject }) };
}

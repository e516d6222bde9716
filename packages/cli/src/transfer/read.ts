import { type AskedQuestion, type Gates, type Law, readQuestion } from '@comity/assess';
import { isJsonObject, type JsonObject, ok, type Result } from '@comity/core';
import { loadLaw } from '@comity/node/law';
import { parse } from 'yaml';
import { parseJson, readText } from '../output.ts';

/** A question with its id, and the law that is to answer it. */
export interface Asked extends AskedQuestion {
  readonly id: string;
  readonly law: Law;
}

export interface Laws {
  readonly assess: Law;
  readonly cooperation: Law;
  readonly gates: Gates;
}

/** The packs in a folder: of transfers, and of requests between authorities. */
export function lawsIn(dir: string): Laws {
  return loadLaw(dir);
}

/**
 * One transfer from a file, JSON or YAML: the facts alone, or `{on, facts}` or `{on, sheet}`. The day is that of the option, of the file, or
 * today. Errors: `not-found`, `body-not-json`, and those of `readQuestion`.
 */
export function readTransfer(file: string, laws: Laws, on: string | undefined): Result<Asked> {
  const json = readFacts(file, on);
  return json.ok ? readAsked(laws, json.value) : json;
}

/** One question from a file as it stands there, not yet read: the facts alone, or with day and more around them. */
export function readFacts(file: string, on: string | undefined): Result<JsonObject> {
  const text = readText(file);
  if (!text.ok) return text;
  const json = /\.ya?ml$/.test(file) ? parseYaml(text.value, file) : parseJson(text.value, file);
  if (!json.ok) return json;
  const body = isJsonObject(json.value) ? json.value : {};
  const wrapped = 'facts' in body || 'sheet' in body ? body : { facts: json.value };
  const today = new Date().toISOString().slice(0, 10);
  return ok({ id: '1', ...wrapped, on: on ?? ('on' in wrapped ? wrapped['on'] : today) } as JsonObject);
}

/** One question: which law answers shows in the names of its facts. */
export function readAsked(laws: Laws, json: unknown): Result<Asked> {
  const law = lawFor(laws, json);
  const question = readQuestion(law, json);
  if (!question.ok) return question;
  const id = isJsonObject(json) && typeof json['id'] === 'string' ? json['id'] : '1';
  return ok({ ...question.value, id, law });
}

function lawFor({ assess, cooperation }: Laws, json: unknown): Law {
  const facts = isJsonObject(json) && isJsonObject(json['facts']) ? Object.keys(json['facts']) : [];
  const known = (law: Law): number => facts.filter((name) => law.vocabulary.facts.has(name)).length;
  return known(cooperation) > known(assess) ? cooperation : assess;
}

function parseYaml(text: string, file: string): Result<unknown> {
  try {
    return ok(parse(text, { version: '1.2', schema: 'core' }));
  } catch {
    // Whatever the parser says, to the reader it is a file that cannot be read as facts.
    return parseJson('', file);
  }
}

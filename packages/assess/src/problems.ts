import { type Code, isJsonObject, type JsonObject, ok, type Refusal, type Result } from '@comity/core';

/** What a parser found wrong, in order. The first one is what the writer is told. */
export interface Problems {
  readonly list: Refusal[];
}

/** A fresh, empty list of problems. */
export function noProblems(): Problems {
  return { list: [] };
}

/** Notes a problem with a pack or vocabulary at a path, with the reason as a closed word and the offending value. */
export function complain(problems: Problems, field: string, reason: string, given?: unknown): void {
  const values = given === undefined ? { reason } : { reason, given: String(given).slice(0, 80) };
  problems.list.push({ code: 'pack-invalid', field, values });
}

/** The value when nothing is wrong, else the first problem, under the code asked for. */
export function settle<V>(problems: Problems, value: V, code: Code = 'pack-invalid'): Result<V> {
  const [first] = problems.list;
  return first === undefined ? ok(value) : { ok: false, refusal: { ...first, code } };
}

/** Reads an object whose keys are all in `allowed` (closed schema); `{}` and a problem otherwise. */
export function readObject(value: unknown, at: string, check: { problems: Problems; allowed?: readonly string[] }): JsonObject {
  if (!isJsonObject(value)) {
    complain(check.problems, at, 'not-an-object', typeof value);
    return {};
  }
  for (const key of Object.keys(value)) {
    if (key === '__proto__' || key === 'constructor' || key === 'prototype')
      complain(check.problems, `${at}.${key}`, 'key-forbidden');
    if (check.allowed !== undefined && !check.allowed.includes(key)) complain(check.problems, `${at}.${key}`, 'key-unknown', key);
  }
  return value;
}

/** Reads a non-empty text of at most 600 characters. */
export function readText(value: unknown, at: string, problems: Problems): string {
  if (typeof value === 'string' && value.length > 0 && value.length <= 600) return value;
  complain(problems, at, value === undefined ? 'missing' : 'not-a-text', value);
  return '';
}

/** Reads a list, bounded in length. */
export function readList(value: unknown, at: string, problems: Problems): readonly unknown[] {
  if (Array.isArray(value) && value.length <= 2000) return value;
  complain(problems, at, value === undefined ? 'missing' : Array.isArray(value) ? 'too-long' : 'not-a-list');
  return [];
}

/** Reads a list of texts. */
export function readTexts(value: unknown, at: string, problems: Problems): readonly string[] {
  return readList(value, at, problems).map((item, i) => readText(item, `${at}.${i}`, problems));
}

/** Reads one of a closed list of words. */
export function readWord<W extends string>(value: unknown, at: string, check: { problems: Problems; words: readonly W[] }): W {
  const found = check.words.find((word) => word === value);
  if (found === undefined) complain(check.problems, at, value === undefined ? 'missing' : 'word-unknown', value);
  // A problem was noted above when nothing was found, so the parse fails as a whole and this stand-in is never used.
  return found ?? (check.words[0] as W);
}

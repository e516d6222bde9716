import { spawnSync } from 'node:child_process';
import { isJsonObject, type Json } from '@comity/core';
import type { Answer, Subject } from './run.ts';

const TIME_LIMIT = 120_000;
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Another implementation as the one under test: a program that reads one question per line, `{"id", "kind", "input"}`, and writes one answer per
 * line, `{"id", "output"}` or `{"id", "refused": true}`, in any order. Throws when the program cannot be run or fails.
 */
export function answerer(command: string): Subject {
  return (vectors) => {
    const questions = vectors.map(({ id, kind, input }) => JSON.stringify({ id, kind, input }));
    const done = spawnSync(command, {
      shell: true,
      input: `${questions.join('\n')}\n`,
      encoding: 'utf8',
      timeout: TIME_LIMIT,
      maxBuffer: MOST_BYTES,
    });
    if (done.status !== 0)
      throw new Error(`${command} ended with ${done.status ?? done.signal}: ${done.stderr.trim().slice(-500)}`);
    const answers = new Map(done.stdout.split('\n').flatMap(readLine));
    // A question without an answer stays undefined and fails its comparison.
    return vectors.flatMap(({ id }) => answers.get(id) ?? NONE);
  };
}

/** Compares unequal to every expectation. */
const NONE: Answer = { output: { answer: 'none' } };

function readLine(line: string): readonly (readonly [string, Answer])[] {
  if (line.trim() === '') return [];
  const json: Json = JSON.parse(line);
  if (!isJsonObject(json) || typeof json['id'] !== 'string') throw new Error(`not an answer: ${line.slice(0, 200)}`);
  if (json['refused'] === true) return [[json['id'], { refused: true }]];
  return isJsonObject(json['output'] ?? null) ? [[json['id'], { output: json['output'] as never }]] : [];
}

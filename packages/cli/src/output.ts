import { readFileSync } from 'node:fs';
import { ok, type Refusal, type Result, refuse } from '@comity/core';
import { say, sayRefusal } from './words.ts';

/** Exit codes besides those that carry a verdict (sysexits: 64 usage, 70 internal). */
export const EXIT = { ok: 0, refused: 1, usage: 64, internal: 70 } as const;

// Whoever reads us may stop reading (`| head`): then there is nobody left to tell.
process.stdout.on('error', () => process.exit());

/** One line to standard output. */
export function print(line = ''): void {
  process.stdout.write(`${line}\n`);
}

/** Says a refusal, as JSON or as a sentence, and sets the exit code. */
export function refuseWith(refusal: Refusal, how: { readonly json?: boolean; readonly code?: number }): void {
  if (how.json === true) print(JSON.stringify({ ok: false, refusal }));
  else process.stderr.write(`${sayRefusal(refusal)}\n`);
  process.exitCode = how.code ?? EXIT.refused;
}

/** Ends on what nobody foresaw: the message alone, for the reader is not the programmer. */
export function fail(error: unknown): never {
  process.stderr.write(`${say('failed')} ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(EXIT.internal);
}

/** A text file, or `not-found` naming it. */
export function readText(file: string): Result<string> {
  try {
    return ok(readFileSync(file, 'utf8'));
  } catch {
    // Whatever the reason (missing, a folder, no right to read it), the file cannot be had.
    return refuse('not-found', file);
  }
}

/** The JSON of a file, or `not-found` / `body-not-json` naming it. */
export function readJson(file: string): Result<unknown> {
  const text = readText(file);
  return text.ok ? parseJson(text.value, file) : text;
}

/** The JSON of a text, or `body-not-json`. */
export function parseJson(text: string, name: string): Result<unknown> {
  try {
    return ok(JSON.parse(text));
  } catch {
    return refuse('body-not-json', name);
  }
}

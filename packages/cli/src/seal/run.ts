import type { JsonObject, Result } from '@comity/core';
import type { Flow, Sizes } from '@comity/seal/file-to-file';
import { EXIT, print, refuseWith } from '../output.ts';
import { type Digests, hashing } from './digests.ts';
import { type Output, openInput, openOutput, STANDARD } from './ends.ts';

/** From where to where a file goes, and how that is told. */
export interface Passage {
  readonly input: string;
  readonly output: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** What came of it, and the digests that were asked for. */
export interface Passed<T> {
  readonly value: T;
  readonly digests?: Digests;
}

/**
 * Lets a file through some work and keeps what comes out only when all of it went well. Undefined when it did not: then the refusal has been
 * said, and the exit code is set. Hashes only for `json`, which tells digests.
 */
export async function pass<T extends Sizes | 'rewrapped'>(
  passage: Passage,
  work: (flow: Flow) => Promise<Result<T>>,
): Promise<Passed<T> | undefined> {
  const { input, output, force = false, json = false } = passage;
  const source = openInput(input);
  if (!source.ok) return say(source, passage);
  const target = openOutput(output, { force });
  if (!target.ok) {
    await source.value.close?.();
    return say(target, passage);
  }
  const flow = { source: source.value, sink: target.value.sink };
  const hashed = json ? hashing(flow) : undefined;
  const done = await dropOnError(target.value, () => work(hashed?.flow ?? flow));
  if (!done.ok) {
    target.value.drop();
    return say(done, passage);
  }
  target.value.keep();
  return { value: done.value, ...(hashed === undefined ? {} : { digests: hashed.digests() }) };
}

/** Answers in JSON or in a sentence: on standard error where standard output is the file itself. */
export function answer({ output, json = false }: Passage, said: { readonly json: JsonObject; readonly sentence: string }): void {
  const line = json ? JSON.stringify(said.json) : said.sentence;
  if (output !== STANDARD) print(line);
  else if (json) process.stderr.write(`${line}\n`);
}

async function dropOnError<T>(output: Output, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    output.drop();
    throw error;
  }
}

function say(refused: Result<unknown>, { output, json = false }: Passage): undefined {
  if (!refused.ok) refuseWith(refused.refusal, { json: json && output !== STANDARD, code: EXIT.refused });
  return undefined;
}

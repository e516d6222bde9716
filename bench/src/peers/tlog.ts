import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { goProgram, run, temporary } from '../go.ts';
import type { Pace } from '../peer.ts';

/** A claim for Go to judge. Hashes are base64, sizes and indexes decimal texts. */
export type Claim =
  | {
      readonly kind: 'inclusion';
      readonly size: string;
      readonly index: string;
      readonly leaf: string;
      readonly root: string;
      readonly proof: readonly string[];
      /** For measuring: the checkpoint that names size and root, and the keys that signed it. */
      readonly note?: string;
      readonly keys?: readonly string[];
    }
  | {
      readonly kind: 'consistency';
      readonly old: string;
      readonly older: string;
      readonly size: string;
      readonly root: string;
      readonly proof: readonly string[];
    }
  | { readonly kind: 'checkpoint'; readonly note: string; readonly keys: readonly string[] };

/** Whether a claim holds, and, when it does not, in Go's words why. */
export interface Verdict {
  readonly holds: boolean;
  readonly why?: string;
}

/** Proofs to be made by Go over leaf hashes (base64): pairs of tree size and index, and of tree size and older size. */
export interface Wish {
  readonly leaves: readonly string[];
  readonly inclusion: readonly (readonly [string, string])[];
  readonly consistency: readonly (readonly [string, string])[];
}

/** What Go made for a wish, in its order, inclusion first: the root of each tree, of the older tree, and the proof. */
export interface Made {
  readonly roots: readonly string[];
  readonly olds: readonly string[];
  readonly proofs: readonly (readonly string[])[];
  readonly failed?: string;
}

/** Has golang.org/x/mod/sumdb judge claims; one verdict for each. */
export function judgeByGo(claims: readonly Claim[]): readonly Verdict[] {
  return ask<Verdict>('check', claims);
}

/** Has golang.org/x/mod/sumdb make proofs; one answer for each wish. */
export function proveByGo(wishes: readonly Wish[]): readonly Made[] {
  return ask<Made>('prove', wishes);
}

/** How long Go takes to check an inclusion claim on one thread: by itself, or with its checkpoint opened first. */
export function paceByGo(claims: readonly Claim[], what: 'inclusion' | 'checkpoint', seconds: number): Pace {
  const file = join(temporary('comity-tlog-'), 'claims');
  writeFileSync(file, linesOf(claims));
  // Parser: the program's own output; pace.go writes these fields and no others.
  return JSON.parse(run(goProgram('tlog'), ['pace', what, String(seconds), file], { env: { GOMAXPROCS: '1' } })) as Pace;
}

function ask<Answer>(verb: 'check' | 'prove', asked: readonly unknown[]): readonly Answer[] {
  const said = run(goProgram('tlog'), [verb], { input: linesOf(asked) });
  // Parser: the program's own output, one line of JSON for each that went in.
  const answers = said
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Answer);
  if (answers.length !== asked.length) throw new Error(`Go gave ${answers.length} answers to ${asked.length} questions`);
  return answers;
}

function linesOf(values: readonly unknown[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('');
}

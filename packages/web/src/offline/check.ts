import { ok, type Refusal, type Result } from '@comity/core';
import { claimsToBeProof, type ProofReport, parseTrust, type Report, readPolicy, verifyCase, verifyProof } from '@comity/verify';
import { functions } from '../pages/verify/functions.ts';
import { readCase } from '../pages/verify/readCase.ts';

/** What somebody asks: a file, and whom they trust, both as they were chosen. */
export interface Question {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly trust: string;
}

/** What came of it. */
export type Answer =
  | { readonly kind: 'case'; readonly report: Report }
  | { readonly kind: 'proof'; readonly report: ProofReport }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** A fault of the verifier itself; whatever the file is, nothing is said of it. */
  | { readonly kind: 'failed' };

/** Checks a case file or a proof. Nothing in it is believed, and nothing but it and the trusted keys is looked at. */
export async function check({ bytes, trust }: Question): Promise<Answer> {
  const answer = claimsToBeProof(bytes) ? checkProof(bytes, trust) : await checkCase(bytes, trust);
  return answer.ok ? answer.value : { kind: 'refused', refusal: answer.refusal };
}

async function checkCase(bytes: Uint8Array<ArrayBuffer>, trust: string): Promise<Result<Answer>> {
  const trusted = parseTrust(jsonOf(trust), functions.sha256);
  if (!trusted.ok) return trusted;
  const file = await readCase(bytes);
  return file.ok ? ok({ kind: 'case', report: verifyCase(file.value, trusted.value, functions) }) : file;
}

function checkProof(bytes: Uint8Array, trust: string): Result<Answer> {
  // What is pasted may lack the last newline that a policy must have.
  const policy = readPolicy(`${trust.trimEnd()}\n`, functions.sha256);
  return policy.ok ? ok({ kind: 'proof', report: verifyProof(bytes, policy.value, functions) }) : policy;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

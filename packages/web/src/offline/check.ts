import { ok, type Refusal, type Result, refuse } from '@comity/core';
import { parseTrust, type Report, verifyCase } from '@comity/verify';
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
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** A fault of the verifier itself; whatever the file is, nothing is said of it. */
  | { readonly kind: 'failed' };

/** Checks a file. Nothing in it is believed, and nothing but it and the trusted keys is looked at. */
export async function check({ bytes, trust }: Question): Promise<Answer> {
  const report = await checkCase(bytes, trust);
  return report.ok ? { kind: 'case', report: report.value } : { kind: 'refused', refusal: report.refusal };
}

async function checkCase(bytes: Uint8Array<ArrayBuffer>, trust: string): Promise<Result<Report>> {
  const trusted = parseTrust(jsonOf(trust));
  if (!trusted.ok) return trusted;
  const file = await readCase(bytes);
  return file.ok ? ok(verifyCase(file.value, trusted.value, functions)) : refuse(file.refusal.code);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

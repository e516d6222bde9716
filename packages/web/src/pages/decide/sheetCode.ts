import { canonicalJson, toHex, utf8 } from '@comity/core';
import type { CaseView } from '@comity/node/api';
import { sha256 } from '@noble/hashes/sha2.js';

/**
 * The hash of a decision sheet: of the case and of every act in it that is known here. Two sheets with the same hash say the same; one act more, and it is another. It is what a paper
 * carries, so that whoever keys it in sees whether the case is still the one that was decided on.
 */
export function sheetCode(view: Pick<CaseView, 'id'> & { readonly acts: readonly { readonly digest: string }[] }): string {
  const acts = view.acts.map(({ digest }) => digest).sort();
  return toHex(sha256(utf8(`comity/sheet/v1\n${canonicalJson({ acts, case: view.id })}`)));
}

/** The beginning of a hash as people key it: two groups of four. */
export function shortCode(code: string): string {
  return `${code.slice(0, 4)} ${code.slice(4, 8)}`.toUpperCase();
}

/** Whether what was keyed from a paper is the beginning of a hash: spaces and small letters do not count, and eight digits are needed. */
export function isCode(keyed: string, code: string): boolean {
  const digits = keyed.replaceAll(/[\s-]/g, '').toLowerCase();
  return digits.length >= 8 && code.startsWith(digits);
}

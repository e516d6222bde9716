import { utf8 } from './bytes.ts';
import { isDecimal, isHash, isName } from './entry-members.ts';

/** Which entry is to be redacted, and why; the parts in the form in which they stand in the `redacted` entry. */
export interface Redaction {
  /** Of the log. */
  readonly origin: string;
  /** Decimal. */
  readonly index: string;
  /** Leaf hash of the entry, hexadecimal. */
  readonly leaf: string;
  /** A code, never free text. */
  readonly reason: string;
}

/**
 * What overseers sign to order a redaction: a line that sets it apart from everything else they sign, then origin, index, leaf hash and
 * reason, each on a line. Throws on a part of another form.
 */
export function redactionMessage({ origin, index, leaf, reason }: Redaction): Uint8Array {
  if (!isName(origin) || !isDecimal(index) || !isHash(leaf) || !isName(reason)) throw new TypeError('not a redaction');
  return utf8(`comity/redaction/v1\n${origin}\n${index}\n${leaf}\n${reason}\n`);
}

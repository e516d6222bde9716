import { found, type Outcome, refused } from './refusal.ts';

const DECIMAL = /^(?:0|[1-9][0-9]{0,18})$/;

/** Largest tree size and index: 2^63 - 1, the limit of the C2SP formats. */
export const MAX_SIZE = 2n ** 63n - 1n;

/**
 * A tree size or index from its decimal text: no sign, no leading zero, at most 2^63 - 1. Never read one with JSON.parse or Number:
 * rounding 2^64 - 1 to 2^64 has made verifiers accept false proofs.
 */
export function parseSize(text: string): Outcome<bigint> {
  if (!DECIMAL.test(text)) return refused('malformed-size', 'not a decimal number without sign and leading zeros');
  const size = BigInt(text);
  return size <= MAX_SIZE ? found(size) : refused('malformed-size', 'more than 2^63 - 1');
}

/** Whether a bigint can be a tree size. */
export function isSize(size: bigint): boolean {
  return size >= 0n && size <= MAX_SIZE;
}

import { hkdfSync } from 'node:crypto';
import { ff1Cipher } from './ff1.ts';
import { type ColumnPlan, type DeidentifyPlan, isKeyed, type Operation, released } from './plan.ts';
import { sivCipher, type TextCipher } from './siv.ts';

/** Bytes that a key must have at least. */
export const KEY_BYTES = 32;

/** A key for one use, derived from the one that a person keeps (HKDF-SHA-256, RFC 5869): no two uses share one. */
export function keyFor(use: 'token' | 'siv' | 'ff1', key: Uint8Array): Uint8Array {
  const length = use === 'siv' ? 64 : 32;
  return new Uint8Array(hkdfSync('sha256', key, new Uint8Array(), `comity/deidentify/${use}/v1`, length));
}

/** Whether a plan cannot be run without a key. */
export function needsKey(plan: DeidentifyPlan): boolean {
  return released(plan).some(({ operation }) => isKeyed(operation));
}

/** The cipher of a column that is ciphered so that the holder can turn it back; undefined for all other operations. */
export function cipherOf(
  { name, operation }: Pick<ColumnPlan, 'name' | 'operation'>,
  key: Uint8Array | undefined,
): TextCipher | undefined {
  if (key === undefined || !isReversible(operation)) return undefined;
  return operation.op === 'siv' ? sivCipher(keyFor('siv', key), name) : ff1Cipher(keyFor('ff1', key), name, operation.alphabet);
}

type Reversible = Extract<Operation, { op: 'siv' | 'ff1' }>;

function isReversible(operation: Operation): operation is Reversible {
  return operation.op === 'siv' || operation.op === 'ff1';
}

/** Values are often the same: what was ciphered once is looked up, up to this many. */
const REMEMBERED = 50_000;

/** As the function, but it remembers. */
export function remembering(make: (text: string) => string | undefined): (text: string) => string | undefined {
  const made = new Map<string, string | undefined>();
  return (text) => {
    if (made.has(text)) return made.get(text);
    const result = make(text);
    if (made.size < REMEMBERED) made.set(text, result);
    return result;
  };
}

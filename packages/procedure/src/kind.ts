import { isInstant } from '@comity/core';

const DIGEST = /^[0-9a-f]{64}$/;

/** Whether a value is of the kind that a procedure asks for. */
export function isKind(value: unknown, kind: 'digest' | 'count' | 'instant' | 'word' | 'flag'): boolean {
  if (kind === 'digest') return typeof value === 'string' && DIGEST.test(value);
  if (kind === 'count') return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
  if (kind === 'instant') return isInstant(value);
  if (kind === 'flag') return typeof value === 'boolean';
  return typeof value === 'string' && value.length > 0 && value.length <= 200;
}

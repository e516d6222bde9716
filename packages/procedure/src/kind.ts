import { isInstant } from '@comity/core';
import type { MemberKind } from './procedure.ts';

const DIGEST = /^[0-9a-f]{64}$/;
const CASE = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether a value is of the kind that a procedure asks for. */
export function isKind(value: unknown, kind: MemberKind): boolean {
  if (typeof kind !== 'string') return typeof value === 'string' && kind.includes(value);
  if (kind === 'digest') return typeof value === 'string' && DIGEST.test(value);
  if (kind === 'count') return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
  if (kind === 'instant') return isInstant(value);
  if (kind === 'flag') return typeof value === 'boolean';
  if (kind === 'case') return typeof value === 'string' && CASE.test(value);
  return typeof value === 'string' && value.length > 0 && value.length <= 200;
}

/** A kind in words, for a refusal. */
export function kindText(kind: MemberKind): string {
  return typeof kind === 'string' ? kind : kind.join(', ');
}

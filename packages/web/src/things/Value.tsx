import { isInstant, type Json } from '@comity/core';
import { useWords } from '../words/useWords.ts';
import { Digest } from './Digest.tsx';
import { Moment } from './Moment.tsx';

/** A member's value in words: times in the reader's zone, flags as yes and no, digests shortened. */
export function Value({ value, zone }: { readonly value: Json; readonly zone: string }) {
  const { t, term, has } = useWords();
  if (isInstant(value)) return <Moment at={value} zone={zone} />;
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
  if (typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)) return <Digest value={value} />;
  if (typeof value === 'string' && has(`verdict.${value}`)) return term(`verdict.${value}`);
  if (typeof value === 'string' && has(`aim.${value}`)) return term(`aim.${value}`);
  return <bdi>{typeof value === 'object' ? JSON.stringify(value) : String(value)}</bdi>;
}

import { valueIn } from './dictionaries.ts';
import type { Hi1Object } from './objects.ts';

/** Whether an authorisation asks only whether data exist. */
export function asksExistence(authorisation: Hi1Object<'authorisation'>): boolean {
  const flags = authorisation['auth:AuthorisationFlags']?.['auth:AuthorisationFlag'] ?? [];
  return flags.some((flag) => valueIn(flag, 'ETSI', 'AuthorisationFlag') === 'IsDataAvailable');
}

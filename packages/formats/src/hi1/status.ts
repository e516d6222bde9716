import { entry, valueIn } from './dictionaries.ts';
import type { DictionaryEntry } from './objects.ts';

/** Where an instrument stands, in our words, and in those of the standard. */
const INSTRUMENT = {
  AWAITING_APPROVAL: 'AwaitingApproval',
  EMERGENCY_APPROVED: 'EmergencyApproval',
  APPROVED: 'Approved',
  SUBMITTED: 'SubmittedToCSP',
  REFUSED: 'Rejected',
  SUSPENDED: 'Suspended',
  WITHDRAWN: 'Cancelled',
  EXPIRED: 'Expired',
  INVALIDATED: 'Invalid',
} as const;

export type InstrumentStatus = keyof typeof INSTRUMENT;

/** The status of an instrument as entry of the dictionary AuthorisationStatus. */
export function statusEntry(status: InstrumentStatus): Required<DictionaryEntry> {
  return entry('ETSI', 'AuthorisationStatus', INSTRUMENT[status]);
}

/**
 * The status that an entry names; undefined for one that we have none for: it is taken as "not moved", never guessed. Desired statuses share the words.
 */
export function statusFrom(given: DictionaryEntry | undefined): InstrumentStatus | undefined {
  const value = valueIn(given, 'ETSI', 'AuthorisationStatus') ?? valueIn(given, 'ETSI', 'AuthorisationDesiredStatus');
  return (Object.keys(INSTRUMENT) as InstrumentStatus[]).find((status) => INSTRUMENT[status] === value);
}

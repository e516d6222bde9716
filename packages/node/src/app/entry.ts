import { toBase64Url, uuid7 } from '@comity/core';
import type { LogEntry } from '@comity/prove';
import type { House } from './house.ts';

/** A log entry of this node: when, what kind, which case; never anything personal. */
export function entryOf(house: House, about: Pick<LogEntry, 't' | 'case' | 'at' | 'role'> & Partial<LogEntry>): LogEntry {
  return {
    v: 1,
    id: uuid7(Date.parse(about.at), house.random(10)),
    nonce: toBase64Url(house.random(32)),
    actor: `${house.party.id}#sign-1`,
    ...about,
  };
}

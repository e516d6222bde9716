import { type Instant, toBase64Url, uuid7 } from '@comity/core';
import type { LogEntry } from '@comity/prove';
import type { Tx } from '../store/database.ts';
import { lastEntryAt } from '../store/log.ts';
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

/** The time for the next entry of a case: now, but never before the last one, even when the machine's clock was set back. The caller holds the case's lock. */
export async function nextInstant(house: House, tx: Tx, caseId: string): Promise<Instant> {
  const last = await lastEntryAt(tx, caseId);
  const now = house.now();
  return last !== undefined && last > now ? last : now;
}

import { type Instant, keyAt, toBase64Url, uuid7 } from '@comity/core';
import { blindEntry, encodeEntry, type LogEntry } from '@comity/prove';
import { sha256 } from '../keys/crypto.ts';
import type { Tx } from '../store/database.ts';
import { LogBehind } from '../store/logWriter.ts';
import { secretUntil } from '../store/secret.ts';
import { lastEntryAt, type Staging, stageEntries } from '../store/stage.ts';
import type { House } from './house.ts';

/** What it takes to make a log entry. */
export type Logging = Pick<House, 'party' | 'random'> & { readonly log: Pick<House['log'], 'standing'> };

/** A log entry of this node: when, what kind, which case; never anything personal. */
export function entryOf(house: Logging, about: Pick<LogEntry, 't' | 'case' | 'at' | 'role'> & Partial<LogEntry>): LogEntry {
  return {
    v: 1,
    id: uuid7(Date.parse(about.at), house.random(10)),
    nonce: toBase64Url(house.random(32)),
    // A party without a key that holds still has to say what happens to it.
    actor: keyAt(house.party, 'sign', about.at)?.id ?? house.party.id,
    ...about,
  };
}

/**
 * Stages entries in the transaction of what they are for. Gives the ids by which their places can be waited for. Throws LogBehind while the log signs nothing:
 * what cannot be logged is not done.
 */
export async function logEntries(house: Logging, tx: Tx, entries: readonly LogEntry[]): Promise<readonly string[]> {
  return logStagings(
    house,
    tx,
    entries.map((entry) => ({ entry })),
  );
}

/** The same, where an entry belongs into the log of another year than that of its time. */
export async function logStagings(house: Logging, tx: Tx, stagings: readonly Staging[]): Promise<readonly string[]> {
  if (house.log.standing() === 'behind') throw new LogBehind('nothing is logged until the log has caught up');
  const secrets = new Map<string, Instant | undefined>();
  for (const caseId of new Set(stagings.map(({ entry }) => entry.case))) secrets.set(caseId, await secretUntil(tx, caseId));
  await stageEntries(
    tx,
    stagings.map((staging) => blinded(house, staging, secrets.get(staging.entry.case))),
  );
  return stagings.map(({ entry }) => entry.id);
}

/** What is said of a secret case goes into the log as a commitment, until the day on which it is published. */
function blinded(house: Logging, staging: Staging, until: Instant | undefined): Staging {
  const { entry } = staging;
  if (until === undefined || until <= entry.at) return staging;
  const { id, at, actor } = entry;
  const [salt, nonce] = [toBase64Url(house.random(32)), toBase64Url(house.random(32))];
  return {
    ...staging,
    blinded: { entry: blindEntry(encodeEntry(entry), { id, nonce, at, actor, salt, until }, sha256), salt, until },
  };
}

/** Waits until entries stand in the tree, each at most a few seconds. False when one does not. */
export async function standInLog(
  house: { readonly log: Pick<House['log'], 'placeOf'> },
  ids: readonly string[],
): Promise<boolean> {
  const places = await Promise.all(ids.map((id) => house.log.placeOf(id)));
  return places.every((place) => place !== undefined);
}

/** The time for the next entry of a case: now, but never before the last one, even when the machine's clock was set back. The caller holds the case's lock. */
export async function nextInstant(house: Pick<House, 'now'>, tx: Tx, caseId: string): Promise<Instant> {
  const last = await lastEntryAt(tx, caseId);
  const now = house.now();
  return last !== undefined && last > now ? last : now;
}

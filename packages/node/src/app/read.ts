import { commitment, ok, type Result, refuse, toBase64Url, toInstant, uuid7 } from '@comity/core';
import type { LogEntry } from '@comity/prove';
import { sha256 } from '../keys/crypto.ts';
import { findCase, lockCase } from '../store/cases.ts';
import type { Tx } from '../store/database.ts';
import { insertRead, mayRead } from '../store/reads.ts';
import { type ActRequest, openCase } from './act.ts';
import type { Appended } from './append.ts';
import { entryOf, logEntries, nextInstant, standInLog } from './entry.ts';
import type { House, Person } from './house.ts';

/** How long one stated reason opens a case, or a payload, to one person. */
const HOURS = 8;

/** Why somebody may look into a case; a closed list, so that readings can be counted and sampled. */
export const PURPOSES = ['work', 'supervision', 'audit', 'support', 'person-asked'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** Who wants to read what, and why. */
export interface Reading {
  readonly person: Person;
  readonly case: string;
  readonly purpose: Purpose;
  /** One payload; without it, the case. */
  readonly item?: string;
}

/** States a reason to read a case. The entry stands in the log first; only then does the case open, for eight hours, to this person. */
export async function stateReason(
  house: House,
  person: Person,
  ask: { readonly case: string; readonly purpose: Purpose },
): Promise<Result<{ readonly until: string }>> {
  if ((await findCase(house.db, ask.case)) === undefined) return refuse('case-unknown', 'case');
  return beforeContent(house, ask.case, async (tx) => ok(await noteReading(house, tx, { ...ask, person })));
}

/** Opens a case; whoever does so works on it, and that they read it is stated and logged with the first act. */
export async function openOwnCase(
  house: House,
  person: Person,
  request: ActRequest & { readonly procedure: string },
): Promise<Result<Appended>> {
  const entries: string[] = [];
  const work = async (tx: Tx, made: Appended): Promise<void> => {
    entries.push((await noteReading(house, tx, { person, case: made.act.body.case, purpose: 'work' })).entry);
  };
  const opened = await openCase(house, person, { ...request, work });
  if (opened.ok && !(await standInLog(house, entries))) return refuse('log-slow');
  return opened;
}

/** What was noted of a reading: until when it opens, and the entry that must stand first. */
export interface NotedReading {
  readonly until: string;
  readonly entry: string;
}

/**
 * Runs `note` under the case's lock and hands out what it gives only when the entry that it staged stands in the log. Errors: those of `note`; `log-slow` when the
 * log does not take the entry in time: nothing is shown then.
 */
export async function beforeContent<T extends NotedReading>(
  house: House,
  caseId: string,
  note: (tx: Tx) => Promise<Result<T>>,
): Promise<Result<T>> {
  const noted = await house.db.transaction().execute(async (tx) => {
    await lockCase(tx, caseId);
    return note(tx);
  });
  if (!noted.ok) return noted;
  return (await standInLog(house, [noted.value.entry])) ? noted : refuse('log-slow');
}

/** Stages the entry of a reading and notes it for the case's list. The caller holds the case's lock. */
export async function noteReading(
  house: House,
  tx: Tx,
  { person, case: caseId, purpose, item, obj }: Reading & { readonly obj?: NonNullable<LogEntry['obj']> },
): Promise<NotedReading> {
  const reason = { salt: toBase64Url(house.random(32)), value: { person: person.id, purpose } };
  const at = await nextInstant(house, tx, caseId);
  const until = toInstant(Date.parse(at) + HOURS * 3_600_000);
  const role = person.roles[0] ?? 'none';
  const _sd = [commitment('reader', reason, sha256)];
  const entry =
    obj === undefined
      ? entryOf(house, { t: 'case.read', case: caseId, at, role, decision: purpose, _sd, _sd_alg: 'sha-256' })
      : entryOf(house, { t: 'payload.asked', case: caseId, at, role, decision: purpose, _sd, _sd_alg: 'sha-256', obj });
  await logEntries(house, tx, [entry]);
  const id = uuid7(Date.parse(at), house.random(10));
  await insertRead(tx, {
    ...{ id, case: caseId, person: person.id, purpose, at, until, entry: entry.id, salt: reason.salt },
    ...(item === undefined ? {} : { item }),
  });
  return { until, entry: entry.id };
}

/** Whether this person has stated a reason that still holds, for the case or for one of its payloads. */
export async function needReason(house: House, person: Person, caseId: string, item?: string): Promise<Result<true>> {
  const ask = { case: caseId, person: person.id, now: house.now(), ...(item === undefined ? {} : { item }) };
  return (await mayRead(house.db, ask)) ? ok(true) : refuse('reason-required', item === undefined ? 'case' : 'item');
}

import { commitment, ok, type Result, refuse, toBase64Url, toInstant, uuid7 } from '@comity/core';
import { sha256 } from '../keys/crypto.ts';
import { findCase } from '../store/cases.ts';
import { insertQuery } from '../store/queries.ts';
import { entryOf, logEntries, nextInstant } from './entry.ts';
import type { House, Person } from './house.ts';
import { beforeContent, type NotedReading, needReason, type Purpose } from './read.ts';

/** How people look into what they have opened; a closed list, so that looks can be counted and sampled. */
export const QUERY_KINDS = ['search', 'join', 'timeline', 'links', 'flows'] as const;
export type QueryKind = (typeof QUERY_KINDS)[number];

/** Who looks into what, how, and why. What exactly is looked for stays on the person's machine. */
export interface Querying {
  readonly person: Person;
  readonly case: string;
  readonly items: readonly string[];
  readonly kind: QueryKind;
  readonly purpose: Purpose;
  readonly reason: string;
}

/**
 * Notes a look into opened deliveries before its result is shown. The entry stands in the log first: which items, which kind, which purpose; who and the reason in words are only committed to, and kept
 * here under the key of the case. Refuses `case-unknown`; `reason-required` for an item that this person has not opened in the last hours; `log-slow`, and then nothing may be shown.
 */
export async function noteQuery(house: House, ask: Querying): Promise<Result<NotedReading>> {
  if ((await findCase(house.db, ask.case)) === undefined) return refuse('case-unknown', 'case');
  for (const item of ask.items) {
    const opened = await needReason(house, ask.person, ask.case, item);
    if (!opened.ok) return opened;
  }
  return beforeContent(house, ask.case, async (tx) => {
    const opening = { salt: toBase64Url(house.random(32)), value: { person: ask.person.id, reason: ask.reason } };
    const at = await nextInstant(house, tx, ask.case);
    const entry = entryOf(house, {
      t: 'data.queried',
      case: ask.case,
      at,
      role: ask.person.roles[0] ?? 'none',
      decision: ask.purpose,
      basis: [ask.kind, ...ask.items],
      _sd: [commitment('query', opening, sha256)],
      _sd_alg: 'sha-256',
    });
    await logEntries(house, tx, [entry]);
    const { person, case: caseId, items, kind, purpose } = ask;
    const id = uuid7(Date.parse(at), house.random(10));
    await insertQuery(
      tx,
      { id, case: caseId, person: person.id, purpose, kind, items, at, entry: entry.id, opening },
      house.subjects,
    );
    return ok({ until: toInstant(Date.parse(at)), entry: entry.id });
  });
}

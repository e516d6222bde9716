import { commitment, ok, type Result, refuse, toBase64Url, toInstant, uuid7 } from '@comity/core';
import { sha256 } from '../keys/crypto.ts';
import { findCase, lockCase } from '../store/cases.ts';
import { appendEntries } from '../store/log.ts';
import { insertRead, mayRead } from '../store/reads.ts';
import { entryOf, nextInstant } from './entry.ts';
import type { House, Person } from './house.ts';

/** How long one stated reason opens a case to one person. */
const HOURS = 8;

/** Why somebody may look into a case; a closed list, so that readings can be counted and sampled. */
export const PURPOSES = ['work', 'supervision', 'audit', 'support', 'person-asked'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** States a reason to read a case. The entry in the log comes first; only then does the case open, for eight hours, to this person. */
export async function stateReason(
  house: House,
  person: Person,
  ask: { readonly case: string; readonly purpose: Purpose },
): Promise<Result<{ readonly until: string }>> {
  if ((await findCase(house.db, ask.case)) === undefined) return refuse('case-unknown', 'case');
  const reason = { salt: toBase64Url(house.random(32)), value: { person: person.id, purpose: ask.purpose } };
  return house.db.transaction().execute(async (tx) => {
    await lockCase(tx, ask.case);
    const at = await nextInstant(house, tx, ask.case);
    const until = toInstant(Date.parse(at) + HOURS * 3_600_000);
    const entry = entryOf(house, {
      t: 'case.read',
      case: ask.case,
      at,
      role: person.roles[0] ?? 'none',
      decision: ask.purpose,
      _sd: [commitment('reader', reason, sha256)],
      _sd_alg: 'sha-256',
    });
    await appendEntries(tx, house.log, [entry]);
    await insertRead(tx, {
      id: uuid7(Date.parse(at), house.random(10)),
      case: ask.case,
      person: person.id,
      purpose: ask.purpose,
      at,
      until,
    });
    return ok({ until });
  });
}

/** Whether this person has stated a reason that still holds. */
export async function needReason(house: House, person: Person, caseId: string): Promise<Result<true>> {
  const open = await mayRead(house.db, { case: caseId, person: person.id, now: house.now() });
  return open ? ok(true) : refuse('reason-required', 'case');
}

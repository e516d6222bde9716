import {
  type Directory,
  type Instant,
  keyAt,
  keyInTwoRoles,
  ok,
  type Party,
  type PartyKey,
  type Result,
  refuse,
} from '@comity/core';
import { checkStatement, type KeyWish } from './statement.ts';

/**
 * A directory with what a party's key statement asks for, for its keeper to sign: the old key ends, the new one begins. What would begin or end in the past does so now, and
 * the time that both hold stays as long; only a revocation reaches back, as far as the party says. Errors: `statement-invalid` with what does not fit, `key-in-use` with the
 * other key.
 */
export function enterKey(
  directory: Directory,
  given: unknown,
  about: { readonly now: Instant; readonly until: Instant },
): Result<Directory> {
  const named = partyIn(given);
  const party = directory.parties.find(({ id }) => id === named);
  if (party === undefined) return refuse('statement-invalid', 'wish.party');
  const checked = checkStatement(party, given);
  if (!checked.ok) return checked;
  const wish = checked.value;
  if (wish.env !== directory.env) return refuse('statement-invalid', 'wish.env');
  if (wish.at > about.now) return refuse('statement-invalid', 'wish.at');
  const changed = changeKeys(party, wish, about.now);
  if (!changed.ok) return changed;
  const parties = directory.parties.map((one) => (one === party ? { ...party, keys: changed.value } : one));
  const shared = keyInTwoRoles({ parties });
  if (shared !== undefined) return refuse('key-in-use', shared.join(', '));
  return ok({ ...directory, issued: about.now, until: about.until, parties });
}

function partyIn(given: unknown): unknown {
  const wish = typeof given === 'object' && given !== null && 'wish' in given ? given.wish : undefined;
  return typeof wish === 'object' && wish !== null && 'party' in wish ? wish.party : undefined;
}

function changeKeys(party: Party, wish: KeyWish, now: Instant): Result<readonly PartyKey[]> {
  const { old, new: next, use } = wish;
  const listed = party.keys.find((key) => key.id === old?.id);
  if (old !== undefined && (listed?.use !== use || listed.public !== old.public)) return refuse('statement-invalid', 'wish.old');
  // What has ended never comes back, and an end is never put off: a statement that is handed in again changes nothing.
  if (listed?.until !== undefined && listed.until <= now) return refuse('statement-invalid', 'wish.old.until');
  if (wish.change === 'key.added' && keyAt(party, use, now) !== undefined) return refuse('statement-invalid', 'wish.change');
  if (next !== undefined && party.keys.some((key) => key.id === next.id)) return refuse('key-in-use', next.id);
  const late = next === undefined ? 0 : Math.max(0, Date.parse(now) - Date.parse(next.from));
  const shift = (at: Instant): Instant => new Date(Date.parse(at) + late).toISOString();
  const end = wish.change === 'key.revoked' ? earlier(old?.until ?? now, now) : shift(old?.until ?? now);
  const kept = party.keys.map((key) => (key === listed ? { ...key, until: earlier(end, key.until ?? end) } : key));
  if (next === undefined) return ok(kept);
  return ok([...kept, { id: next.id, use, public: next.public, from: shift(next.from) }]);
}

function earlier(a: Instant, b: Instant): Instant {
  return a < b ? a : b;
}

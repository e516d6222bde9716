import { fromHex, toBase64Url } from '@comity/core';
import { type KeyStatement, statementDigest } from '../keys/statement.ts';
import { entryOf, type Logging, logEntries } from './entry.ts';
import { type House, NODE_PERSON } from './house.ts';

/** Under this name stand, in place of a case, the entries about the party's own keys. */
const KEYS = 'keys';

/**
 * Logs that a key of this party changes: which ends, which begins, why, and the digest of the statement that was given to the directory's keeper. Whoever holds the log against
 * the directory sees a key that was listed and never stated, and the reverse. Gives the id of the entry.
 */
export async function logKeyChange(house: Logging & Pick<House, 'db' | 'now'>, { wish }: KeyStatement): Promise<string> {
  const change = wish.change.slice('key.'.length);
  const basis = [wish.old, wish.new].flatMap((key) => key?.id ?? []);
  const stated = toBase64Url(fromHex(statementDigest(wish)));
  const entry = entryOf(house, {
    t: `key.${change}`,
    case: KEYS,
    at: house.now(),
    role: NODE_PERSON,
    decision: wish.reason,
    basis,
    _sd: [stated],
    _sd_alg: 'sha-256',
  });
  await house.db.transaction().execute((tx) => logEntries(house, tx, [entry]));
  return entry.id;
}

import { commitment, digestJson, toBase64Url } from '@comity/core';
import { sha256 } from '../../keys/crypto.ts';
import type { Tx } from '../../store/database.ts';
import type { Offering } from '../../store/offers.ts';
import type { Output, Preparation } from '../../store/preparations.ts';
import { entryOf, logEntries, nextInstant } from '../entry.ts';
import { type House, NODE_PERSON, type Person } from '../house.ts';

/** What the log says of data that were prepared: how, by which plan; who asked, what they signed and what came out are only committed to. Gives the id of the entry, and the salt that opens it. */
export async function logPrepared(
  house: House,
  tx: Tx,
  { preparation, output }: { readonly preparation: Preparation; readonly output: Output },
): Promise<{ readonly entry: string; readonly salt: string }> {
  const { id, kind, planDigest, person, signed } = preparation;
  const value = { person, output: output.sha256, signed: digestJson(signed, sha256) };
  const opening = { salt: toBase64Url(house.random(32)), value };
  const at = await nextInstant(house, tx, id);
  const entry = entryOf(house, {
    t: 'data.prepared',
    case: id,
    at,
    role: NODE_PERSON,
    decision: planDigest,
    basis: [kind],
    _sd: [commitment('prepared', opening, sha256)],
    _sd_alg: 'sha-256',
  });
  await logEntries(house, tx, [entry]);
  return { entry: entry.id, salt: opening.salt };
}

/** What the log says of a file that was made here and is saved by a person outside any case: which preparation; who it was is only committed to. Gives the id of the entry. */
export async function logSaved(
  house: House,
  tx: Tx,
  { preparation, person }: { readonly preparation: string; readonly person: Person },
): Promise<string> {
  const opening = { salt: toBase64Url(house.random(32)), value: { person: person.id } };
  const entry = entryOf(house, {
    t: 'data.saved',
    case: preparation,
    at: await nextInstant(house, tx, preparation),
    role: person.roles[0] ?? 'none',
    _sd: [commitment('saved', opening, sha256)],
    _sd_alg: 'sha-256',
  });
  await logEntries(house, tx, [entry]);
  return entry.id;
}

/** What the log says when cases may ask for what was made: until when; who said so and under which name is only committed to. */
export async function logOffered(
  house: House,
  tx: Tx,
  { offering, person }: { readonly offering: Offering; readonly person: Person },
): Promise<void> {
  const { id, name, until } = offering;
  const opening = { salt: toBase64Url(house.random(32)), value: { person: person.id, name } };
  const entry = entryOf(house, {
    t: 'data.offered',
    case: id,
    at: await nextInstant(house, tx, id),
    role: person.roles[0] ?? 'none',
    decision: until,
    _sd: [commitment('offered', opening, sha256)],
    _sd_alg: 'sha-256',
  });
  await logEntries(house, tx, [entry]);
}

/** What the log says when they may not any more; who said so is only committed to. */
export async function logWithdrawn(
  house: House,
  tx: Tx,
  { preparation, person }: { readonly preparation: string; readonly person: Person },
): Promise<void> {
  const opening = { salt: toBase64Url(house.random(32)), value: { person: person.id } };
  const entry = entryOf(house, {
    t: 'data.withdrawn',
    case: preparation,
    at: await nextInstant(house, tx, preparation),
    role: person.roles[0] ?? 'none',
    _sd: [commitment('withdrawn', opening, sha256)],
    _sd_alg: 'sha-256',
  });
  await logEntries(house, tx, [entry]);
}

import { type Party, partyAt } from '@comity/core';
import { checkSignedCheckpoint } from '@comity/prove';
import { sha256, sha256Hex, signatureChecks } from '../keys/crypto.ts';
import { entriesOfBundle } from '../store/logBatch.ts';
import { headOfNote, readHeads } from '../store/logRead.ts';
import { yearOf } from '../store/logWriter.ts';
import type { House } from './house.ts';
import { mayMirror } from './mirror.ts';
import { logOf } from './places.ts';

/**
 * A log that was set back catches up from the copy that an overseer keeps: the copy's head is one that we have signed, and its entries lead from our tree to it. What the
 * acts behind lost entries said is not in the log; their entries show that they are missing. True when a copy fitted.
 */
export async function catchUp(house: House): Promise<boolean> {
  const keepers = house.directory.parties.filter(
    (party) => mayMirror(party) && party.id !== house.party.id && partyAt(house.directory, party.id, house.now()) !== undefined,
  );
  const years = new Set([...(await readHeads(house.db)).map(({ year }) => year), yearOf(house.now())]);
  for (const keeper of keepers) for (const year of years) if (await catchUpFrom(house, keeper, year)) return true;
  return false;
}

async function catchUpFrom(house: House, keeper: Party, year: number): Promise<boolean> {
  const origin = house.logOrigin(year);
  const what = sha256Hex(origin);
  const told = await house.peers.fetchMirrored(keeper, { what, path: `${what}/note` });
  const note = Buffer.from(told ?? new Uint8Array(0)).toString();
  const ours = checkSignedCheckpoint(note, { logs: [logOf(house, house.party, origin)], sha256, checks: signatureChecks });
  if (!ours.ok) return false;
  const from = (await readHeads(house.db)).find((head) => head.year === year)?.size ?? 0n;
  const { size } = headOfNote(note);
  const entries: Uint8Array[] = [];
  for (let index = from >> 8n; index << 8n < size; index++) {
    const bytes = await house.peers.fetchMirrored(keeper, { what, path: `${what}/bundles/${index}` });
    if (bytes === undefined) return false;
    entries.push(...entriesOfBundle(bytes));
  }
  const lost = entries.slice(Number(from & 255n), Number(size - ((from >> 8n) << 8n)));
  return lost.length > 0 && house.log.adopt({ year, entries: lost, note });
}

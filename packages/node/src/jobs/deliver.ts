import type { Party } from '@comity/core';
import { procedureFor, sectionsFor } from '../app/append.ts';
import { entryOf, logEntries, nextInstant } from '../app/entry.ts';
import { type House, NODE_PERSON, type OutgoingMessage, type SentMessage } from '../app/house.ts';
import { awaitPlaces, type SeenPlace } from '../app/places.ts';
import { PeerRefused, Unreachable } from '../peers/call.ts';
import { messageId } from '../peers/message.ts';
import { actsOf, type StoredAct } from '../store/acts.ts';
import { findCase, lockCase } from '../store/cases.ts';
import type { Tx } from '../store/database.ts';
import { markDelivered, nextWaiting, type Waiting } from '../store/outbox.ts';

/** How a round of delivery to one party ended. */
export type Delivered = 'all' | 'unreachable' | 'refused';

/**
 * Sends a party everything that waits for it, case by case, oldest first. Nothing leaves the outbox without the application's receipt;
 * a message that was taken but whose receipt was lost is simply sent again, and answered with the same receipt.
 */
export async function deliverTo(house: House, partyId: string): Promise<Delivered> {
  const party = house.directory.parties.find((candidate) => candidate.id === partyId);
  if (party === undefined) return 'refused';
  // Its post is carried by hand: `app/courier` gives it out as a file.
  if (house.byFile.includes(partyId)) return 'all';
  for (;;) {
    const waiting = await nextWaiting(house.db, partyId, AT_ONCE);
    if (waiting.length === 0) return 'all';
    // Different cases do not wait for one another; within a case the order is kept, one message after the other.
    const ends = await Promise.all(waiting.map((one) => deliverCase(house, party, one)));
    const stopped = ends.find((end) => end !== 'all');
    if (stopped !== undefined) return stopped;
  }
}

/** Messages under way to one party at once. */
const AT_ONCE = 6;

/** A message that is ready to go, and the acts in it. */
export interface Ready {
  readonly message: OutgoingMessage;
  readonly acts: readonly StoredAct[];
}

/** What waits for a party in one case as a message, or undefined while our log does not have it yet. */
export async function messageFor(house: House, party: Party, waiting: Waiting): Promise<Ready | undefined> {
  const acts = await actsFor(house, { case: waiting.case, party: party.id, digests: waiting.acts });
  const own = acts.filter(({ own: ours }) => ours).map(({ digest }) => digest);
  const log = await awaitPlaces(house, own);
  if (log === undefined) return undefined;
  const sent = acts.map(({ digest: _digest, own: _own, ...act }) => act);
  return { message: { id: messageId(house.party.id, party.id, sent), case: waiting.case, acts: sent, log }, acts };
}

/** Notes that a party has taken a message, by its receipt, with the places in its log. */
export async function noteDelivered(
  house: House,
  about: { readonly party: string; readonly waiting: Waiting; readonly acts: readonly StoredAct[]; readonly sent: SentMessage },
): Promise<void> {
  const { party, waiting, acts, sent } = about;
  await house.db.transaction().execute(async (tx) => {
    await lockCase(tx, waiting.case);
    await markDelivered(tx, { party, acts: waiting.acts, at: house.now(), receipt: sent.receipt });
    await noteReceipts(house, tx, { case: waiting.case, acts: acts.filter(({ own: ours }) => ours), seen: sent.seen });
  });
}

async function deliverCase(house: House, party: Party, waiting: Waiting): Promise<Delivered> {
  const ready = await messageFor(house, party, waiting);
  if (ready === undefined) return 'unreachable';
  try {
    const sent = await house.peers.send(party, ready.message);
    await noteDelivered(house, { party: party.id, waiting, acts: ready.acts, sent });
    return 'all';
  } catch (error) {
    if (error instanceof Unreachable) return 'unreachable';
    if (error instanceof PeerRefused) return 'refused';
    throw error;
  }
}

/** Our log says where the receiver's log has what we sent: neither side can drop it unseen. */
async function noteReceipts(
  house: House,
  tx: Tx,
  about: { readonly case: string; readonly acts: readonly StoredAct[]; readonly seen: ReadonlyMap<string, SeenPlace> },
): Promise<void> {
  const at = await nextInstant(house, tx, about.case);
  const entries = about.acts.flatMap(({ digest, body }) => {
    const place = about.seen.get(digest);
    if (place === undefined) return [];
    const { leaf, seen } = place;
    return [
      entryOf(house, { t: `receipted.${body.type}`, case: about.case, at, role: NODE_PERSON, act: digest, refs: [leaf], seen }),
    ];
  });
  if (entries.length > 0) await logEntries(house, tx, entries);
}

/** The acts as this party may have them: each with the openings of those sections alone that it may read. */
async function actsFor(
  house: House,
  ask: { readonly case: string; readonly party: string; readonly digests: readonly string[] },
): Promise<readonly StoredAct[]> {
  const stored = await findCase(house.db, ask.case);
  if (stored === undefined) throw new Error('the outbox names a case that is not there');
  const loaded = procedureFor(house, { id: stored.procedure, sha256: stored.procedureSha256 });
  if (!loaded.ok) throw new Error('the procedure of a stored case is not loaded');
  const acts = await house.db.transaction().execute((tx) => actsOf(tx, ask.case, house.subjects));
  return acts
    .filter((act) => ask.digests.includes(act.digest))
    .map((act) => ({
      ...act,
      openings: sectionsFor(house, { loaded: loaded.value, folded: stored, act, party: ask.party }),
    }));
}

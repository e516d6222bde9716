import { actDigest, canBeWritten, canonicalJson, fromBase64, type Party, type Result, refuse, toHex } from '@comity/core';
import { leafHash } from '@comity/prove';
import { standInLog } from '../app/entry.ts';
import type { House } from '../app/house.ts';
import { type ActPlace, checkPlace, placesOf, type SeenPlace } from '../app/places.ts';
import { receiveActs } from '../app/receive.ts';
import { compareHeads } from '../app/witness.ts';
import { sha256, sha256Hex } from '../keys/crypto.ts';
import { findCase } from '../store/cases.ts';
import { findTaken, keepReceipt, noteTaken } from '../store/inbox.ts';
import { correspondentOf } from './client.ts';
import { openEnvelope, signContent } from './envelope.ts';
import { type Message, messageId, messageSchema, type Receipt } from './message.ts';

/** Takes a message once. The same message again gives the same receipt; a message that contradicts one already taken is a conflict and changes nothing. */
export async function takeMessage(house: House, envelope: string): Promise<Result<string>> {
  const opened = await openEnvelope(correspondentOf(house), envelope, house.now());
  if (!opened.ok) return opened;
  const parsed = messageSchema.safeParse(opened.value.content);
  if (!parsed.success) return refuse('field-invalid', parsed.error.issues[0]?.path.join('.') ?? 'message', { kind: 'message' });
  const message = parsed.data;
  if (!canBeWritten(message)) return refuse('field-invalid', 'message', { kind: 'text' });
  if (message.to !== house.party.id || message.from !== opened.value.sender.id) return refuse('message-not-for-us', 'to');
  if (message.id !== messageId(message.from, message.to, message.acts)) return refuse('message-conflict', 'id');
  const digest = sha256Hex(canonicalJson(message.acts));
  const before = await findTaken(house.db, message.id);
  if (before !== undefined && before.digest !== digest) return refuse('message-conflict', 'id');
  if (before !== undefined) return before.receipt === '' ? giveReceipt(house, message) : { ok: true, value: before.receipt };
  const seen = checkPlaces(house, opened.value.sender, message);
  if (!seen.ok) return seen;
  const sameLog = message.log.checkpoint === '' ? undefined : await compareHeads(house, message.log.checkpoint);
  if (sameLog?.ok === false) return sameLog;
  const done = await receiveActs(house, {
    case: message.case,
    acts: message.acts,
    seen: seen.value,
    note: async (tx) => {
      // The same message may be under way twice; whoever holds the case's lock second finds it taken.
      if ((await findTaken(tx, message.id)) !== undefined) return;
      await noteTaken(tx, { id: message.id, sender: message.from, digest, arrived: house.now(), receipt: '' });
    },
  });
  if (!done.ok) return done;
  return (await standInLog(house, done.value.entries)) ? giveReceipt(house, message) : refuse('log-slow');
}

/** Every act that the sender made stands in the sender's log: where, it says and proves. */
function checkPlaces(house: House, sender: Party, message: Message): Result<ReadonlyMap<string, SeenPlace>> {
  const { checkpoint, places } = message.log;
  const seen = new Map<string, SeenPlace>();
  for (const place of places) {
    const checked = checkPlace(house, sender, { place, checkpoint, kind: 'act' });
    if (!checked.ok) return checked;
    seen.set(place.act, checked.value);
  }
  const unplaced = message.acts.find(({ body }) => body.by.party === sender.id && !seen.has(actDigest(body, sha256)));
  return unplaced === undefined ? { ok: true, value: seen } : refuse('proof-invalid', 'log.places');
}

/** Signs the receipt of a message that was taken, with the place of each act in our log. Errors: `log-slow` while one has none. */
async function giveReceipt(house: House, message: Message): Promise<Result<string>> {
  const others = message.acts.filter(({ body }) => body.by.party !== house.party.id).map(({ body }) => actDigest(body, sha256));
  const { checkpoint, places } = await placesOf(house, others);
  if (places.length < others.length) return refuse('log-slow');
  const judged = (await findCase(house.db, message.case))?.judged ?? [];
  const acts = message.acts.map(({ body }): Receipt['acts'][number] => {
    const digest = actDigest(body, sha256);
    const verdict = judged.find((one) => one.digest === digest)?.verdict ?? 'waiting';
    const place = places.find((candidate) => candidate.act === digest);
    return place === undefined ? { digest, verdict } : { digest, verdict, ...ourPlace(place) };
  });
  const content: Receipt = { message: message.id, from: message.from, to: message.to, at: house.now(), checkpoint, acts };
  return { ok: true, value: await keepReceipt(house.db, message.id, await signContent(correspondentOf(house), content)) };
}

function ourPlace({ act: _act, proof, ...place }: ActPlace): Omit<Receipt['acts'][number], 'digest' | 'verdict'> {
  return { ...place, proof: [...proof], leaf: toHex(leafHash(fromBase64(place.entry), sha256)) };
}

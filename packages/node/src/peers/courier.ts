import { type Party, partyAt, type Result, refuse } from '@comity/core';
import { z } from 'zod';
import type { CourierReceipts, CourierTaken, PostBag } from '../api.ts';
import type { House } from '../app/house.ts';
import { Refused } from '../http/problem.ts';
import type { Api, Serving } from '../http/serving.ts';
import { signedIn } from '../http/session.ts';
import { messageFor, noteDelivered } from '../jobs/deliver.ts';
import { sha256Hex } from '../keys/crypto.ts';
import { quarantine } from '../store/inbox.ts';
import { nextWaiting } from '../store/outbox.ts';
import { Unreachable } from './call.ts';
import { readReceipt, sealMessage } from './client.ts';
import { takeMessage } from './take.ts';

/** Messages in one bag at most: what is left goes with the next. */
const MOST = 200;
/** A bag, as a file: each message is as large as one over the network may be. */
const BAG_LIMIT = 64 << 20;

const bag = z.strictObject({
  v: z.literal(1),
  kind: z.literal('post'),
  from: z.string().max(200),
  to: z.string().max(200),
  messages: z.array(z.string().max(16 << 20)).max(MOST),
});
const receipts = z.strictObject({
  v: z.literal(1),
  kind: z.literal('receipts'),
  from: z.string().max(200),
  to: z.string().max(200),
  receipts: z.array(z.string().max(8 << 20)).max(MOST),
  refused: z.array(z.strictObject({ message: z.string().max(64), code: z.string().max(60) })).max(MOST),
});

/**
 * Post that is carried by hand, where no network leads to an office: out as a file, in as a file, and the receipts back as a file. The messages in it are those that would
 * go over the network, signed and encrypted to the office; whoever carries it can read nothing and change nothing unseen.
 */
export function courierRoutes(api: Api, serving: Serving): void {
  const { house } = serving;
  const party = { params: z.strictObject({ party: z.string().min(1).max(200) }) };
  api.get('/api/post/:party', { schema: { tags: ['post'], ...party } }, async (request, reply) => {
    await signedIn(serving, request);
    const to = partyAt(house.directory, request.params.party, house.now());
    if (to === undefined) throw new Refused({ code: 'recipient-unknown', field: 'party' });
    const packed = await packPost(house, to);
    return reply.header('content-disposition', `attachment; filename="post-${to.id}.json"`).send(packed);
  });
  api.post(
    '/api/post',
    { bodyLimit: BAG_LIMIT, schema: { tags: ['post'], body: bag } },
    async (request): Promise<CourierReceipts> => {
      await signedIn(serving, request);
      return takePost(house, request.body);
    },
  );
  api.post(
    '/api/post/receipts',
    { bodyLimit: BAG_LIMIT, schema: { tags: ['post'], body: receipts } },
    async (request): Promise<CourierTaken> => {
      await signedIn(serving, request);
      const noted = await takeReceipts(house, request.body);
      if (!noted.ok) throw new Refused(noted.refusal);
      return noted.value;
    },
  );
}

/** Everything that waits for an office, sealed to it. It stays in the outbox until the receipt is back. */
async function packPost(house: House, to: Party): Promise<PostBag> {
  const messages: string[] = [];
  for (const waiting of await nextWaiting(house.db, to.id, MOST)) {
    const ready = await messageFor(house, to, waiting);
    if (ready === undefined) throw new Refused({ code: 'log-slow' });
    messages.push(await sealMessage(house, to, ready.message));
  }
  return { v: 1, kind: 'post', from: house.party.id, to: to.id, messages };
}

/** Takes a bag as if its messages had come over the network; what is refused is quarantined and named. */
async function takePost(house: House, post: z.infer<typeof bag>): Promise<CourierReceipts> {
  if (post.to !== house.party.id) throw new Refused({ code: 'message-not-for-us', field: 'to' });
  const taken: string[] = [];
  const refused: { readonly message: string; readonly code: string }[] = [];
  for (const envelope of post.messages) {
    const receipt = await takeMessage(house, envelope);
    const digest = sha256Hex(envelope);
    if (receipt.ok) taken.push(receipt.value);
    else {
      refused.push({ message: digest, code: receipt.refusal.code });
      await quarantine(house.db, { arrived: house.now(), reason: receipt.refusal.code, digest, size: envelope.length });
    }
  }
  return { v: 1, kind: 'receipts', from: house.party.id, to: post.from, receipts: taken, refused };
}

/** Notes what the other office took, each by its own signed receipt. A receipt for something that no longer waits is one that came twice: it changes nothing. */
async function takeReceipts(house: House, file: z.infer<typeof receipts>): Promise<Result<CourierTaken>> {
  if (file.to !== house.party.id) return refuse('message-not-for-us', 'to');
  const from = partyAt(house.directory, file.from, house.now());
  if (from === undefined) return refuse('sender-unknown', 'from');
  let noted = 0;
  for (const waiting of await nextWaiting(house.db, from.id, MOST)) {
    const ready = await messageFor(house, from, waiting);
    if (ready === undefined) return refuse('log-slow');
    for (const receipt of file.receipts) {
      const sent = await soundReceipt(house, from, { message: ready.message.id, receipt });
      if (sent === undefined) continue;
      await noteDelivered(house, { party: from.id, waiting, acts: ready.acts, sent });
      noted += 1;
      break;
    }
  }
  return { ok: true, value: { noted, refused: file.refused } };
}

async function soundReceipt(
  house: House,
  from: Party,
  about: { readonly message: string; readonly receipt: string },
): Promise<Awaited<ReturnType<typeof readReceipt>>> {
  try {
    return await readReceipt(house, from, about);
  } catch (error) {
    if (error instanceof Unreachable) return undefined;
    throw error;
  }
}

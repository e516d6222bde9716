import { canBeWritten, canonicalJson, holdsAt, type Result, refuse } from '@comity/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { sentPayload } from '../app/open.ts';
import { extractLog } from '../app/prove.ts';
import { receiveActs } from '../app/receive.ts';
import { orRefuse, Refused } from '../http/problem.ts';
import type { Api, Serving } from '../http/serving.ts';
import { sha256Hex } from '../keys/crypto.ts';
import { findCase } from '../store/cases.ts';
import { findTaken, noteTaken, quarantine } from '../store/inbox.ts';
import { correspondentOf } from './client.ts';
import { openEnvelope, openSigned, signContent } from './envelope.ts';
import { messageId, messageSchema, type Receipt } from './message.ts';

/** Messages between organisations: verify, de-duplicate, take, answer with the application's receipt. */
export function peerRoutes(api: Api, serving: Serving): void {
  const { house } = serving;
  api.addContentTypeParser('application/jose', { parseAs: 'string' }, (_request, body, done) => done(null, body));

  api.post(
    '/peer/messages',
    { schema: { tags: ['peer'], consumes: ['application/jose'], body: z.string() } },
    async (request, reply) => {
      const taken = await takeMessage(serving, request.body);
      if (!taken.ok) {
        await quarantine(house.db, {
          arrived: house.now(),
          reason: taken.refusal.code,
          digest: sha256Hex(request.body),
          size: request.body.length,
        });
        throw new Refused(taken.refusal);
      }
      return reply.type('application/jose').send(taken.value);
    },
  );

  api.get(
    '/peer/payloads/:sha256',
    { schema: { tags: ['peer'], params: z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/) }) } },
    async (request, reply) => {
      const to = await askerOf(serving, request, request.params.sha256);
      return sendBytes(reply, orRefuse(await sentPayload(house, { ciphertext: request.params.sha256, to })));
    },
  );

  api.get('/peer/cases/:id/log', { schema: { tags: ['peer'], params: z.strictObject({ id: z.uuid() }) } }, async (request) => {
    const asker = await askerOf(serving, request, request.params.id);
    const found = await findCase(house.db, request.params.id);
    if (found === undefined || !Object.values(found.state.seats).includes(asker)) throw new Refused({ code: 'case-unknown' });
    return extractLog(house, request.params.id);
  });
}

/** Takes a message once. The same message again gives the same receipt; a message that contradicts one already taken is a conflict and changes nothing. */
async function takeMessage({ house }: Serving, envelope: string): Promise<Result<string>> {
  const us = correspondentOf(house);
  const opened = await openEnvelope(us, envelope, house.now());
  if (!opened.ok) return opened;
  const parsed = messageSchema.safeParse(opened.value.content);
  if (!parsed.success) return refuse('field-invalid', parsed.error.issues[0]?.path.join('.') ?? 'message', { kind: 'message' });
  const message = parsed.data;
  if (!canBeWritten(message)) return refuse('field-invalid', 'message', { kind: 'text' });
  if (message.to !== house.party.id || message.from !== opened.value.sender.id) return refuse('message-not-for-us', 'to');
  if (message.id !== messageId(message.from, message.to, message.acts)) return refuse('message-conflict', 'id');
  const digest = sha256Hex(canonicalJson(message.acts));
  const before = await findTaken(house.db, message.id);
  if (before !== undefined)
    return before.digest === digest ? { ok: true, value: before.receipt } : refuse('message-conflict', 'id');
  let receipt = '';
  const done = await receiveActs(house, {
    case: message.case,
    acts: message.acts,
    note: async (tx, acts) => {
      // The same message may be under way twice; whoever holds the case's lock second finds it taken.
      const taken = await findTaken(tx, message.id);
      if (taken !== undefined) {
        receipt = taken.receipt;
        return;
      }
      const content: Receipt = { message: message.id, from: message.from, to: message.to, at: house.now(), acts };
      receipt = await signContent(us, content);
      await noteTaken(tx, { id: message.id, sender: message.from, digest, arrived: content.at, receipt });
    },
  });
  return done.ok ? { ok: true, value: receipt } : done;
}

const token = z.object({ env: z.string(), kind: z.literal('fetch'), what: z.string(), to: z.string(), expires: z.string() });

/** Which party asks for something of ours: a signed, short-lived token that names exactly this thing and us. */
async function askerOf({ house }: Serving, request: FastifyRequest, what: string): Promise<string> {
  const header = request.headers.authorization ?? '';
  const opened = orRefuse(await openSigned(correspondentOf(house), header.replace(/^Comity /, ''), house.now()));
  const parsed = token.safeParse(opened.content);
  if (!parsed.success || parsed.data.to !== house.party.id || parsed.data.what !== what)
    throw new Refused({ code: 'message-not-for-us' });
  if (!holdsAt({ from: '', until: parsed.data.expires }, house.now())) throw new Refused({ code: 'message-expired' });
  return opened.sender.id;
}

function sendBytes(reply: FastifyReply, bytes: AsyncIterable<Uint8Array>): FastifyReply {
  return reply.type('application/octet-stream').send(bytes);
}

import { z } from 'zod';
import { headerForHolder } from '../app/jointShare.ts';
import { sentPayload } from '../app/open.ts';
import { extractLog } from '../app/prove.ts';
import { orRefuse, Refused } from '../http/problem.ts';
import type { Api, Serving } from '../http/serving.ts';
import { sha256Hex } from '../keys/crypto.ts';
import { findCase } from '../store/cases.ts';
import { quarantine } from '../store/inbox.ts';
import { askerOf } from './asker.ts';
import { firstByteOf, sendFrom } from './range.ts';
import { takeMessage } from './take.ts';

/** Messages between organisations: verify, de-duplicate, take, answer with the application's receipt. */
export function peerRoutes(api: Api, serving: Serving): void {
  const { house } = serving;
  api.addContentTypeParser('application/jose', { parseAs: 'string' }, (_request, body, done) => done(null, body));

  api.post(
    '/peer/messages',
    { schema: { tags: ['peer'], consumes: ['application/jose'], body: z.string() } },
    async (request, reply) => {
      const taken = await takeMessage(house, request.body);
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
      const { sha256: ciphertext } = request.params;
      const to = (await askerOf(serving, request, ciphertext)).id;
      const from = firstByteOf(request.headers, ciphertext);
      const { bytes, size } = orRefuse(await sentPayload(house, { ciphertext, to, from }));
      return sendFrom(reply, { bytes, size, digest: ciphertext, from });
    },
  );

  api.get(
    '/peer/headers/:sha256',
    { schema: { tags: ['peer'], params: z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/) }) } },
    async (request, reply) => {
      const { sha256: ciphertext } = request.params;
      const to = (await askerOf(serving, request, `header:${ciphertext}`)).id;
      const header = orRefuse(await headerForHolder(house, { ciphertext, to }));
      return reply.type('application/octet-stream').send(Buffer.from(header));
    },
  );

  api.get('/peer/cases/:id/log', { schema: { tags: ['peer'], params: z.strictObject({ id: z.uuid() }) } }, async (request) => {
    const asker = (await askerOf(serving, request, request.params.id)).id;
    const found = await findCase(house.db, request.params.id);
    if (found === undefined || !Object.values(found.state.seats).includes(asker)) throw new Refused({ code: 'case-unknown' });
    return extractLog(house, request.params.id);
  });
}

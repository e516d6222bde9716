import { parseTilePath } from '@comity/prove';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { mayMirror } from '../app/mirror.ts';
import { isLogOf } from '../app/places.ts';
import { Refused } from '../http/problem.ts';
import type { Api, Serving } from '../http/serving.ts';
import { sha256Hex } from '../keys/crypto.ts';
import { readBundle } from '../store/logRead.ts';
import { findMirror, mirroredBundle, mirrors } from '../store/mirror.ts';
import { askerOf } from './asker.ts';

const ofYear = z.strictObject({ year: z.coerce.number().int().min(2000).max(9999), '*': z.string() });
const byHash = z.strictObject({ hash: z.string().regex(/^[0-9a-f]{64}$/) });
const bundleByHash = byHash.extend({ index: z.string().regex(/^[0-9]{1,18}$/) });

/** Entries for those who may have all of them: an overseer copies a log, and a log that lost its database gets its own entries back from that copy. */
export function logRoutes(api: Api, serving: Serving): void {
  const { house } = serving;

  api.get('/peer/log/:year/tile/entries/*', { schema: { tags: ['peer'], params: ofYear } }, async (request, reply) => {
    const { year } = request.params;
    if (!mayMirror(await askerOf(serving, request, `log:${year}`))) throw new Refused({ code: 'not-found' });
    const place = parseTilePath(`tile/entries/${request.params['*']}`);
    const bytes = place.ok && place.value.kind === 'bundle' ? await readBundle(house.db, year, place.value.address) : undefined;
    return send(reply, bytes);
  });

  api.get('/peer/mirror/:hash/note', { schema: { tags: ['peer'], params: byHash } }, async (request, reply) => {
    const origin = await mirroredFor(serving, request, request.params.hash);
    return send(reply, Buffer.from((await findMirror(house.db, origin)).note));
  });

  api.get('/peer/mirror/:hash/bundles/:index', { schema: { tags: ['peer'], params: bundleByHash } }, async (request, reply) => {
    const origin = await mirroredFor(serving, request, request.params.hash);
    return send(reply, await mirroredBundle(house.db, { origin, index: BigInt(request.params.index) }));
  });
}

/** The log that is asked for, when it is the asker's own. */
async function mirroredFor(serving: Serving, request: Parameters<typeof askerOf>[1], hash: string): Promise<string> {
  const asker = await askerOf(serving, request, hash);
  const found = (await mirrors(serving.house.db)).find(({ origin }) => sha256Hex(origin) === hash);
  if (found === undefined || !isLogOf(asker, found.origin)) throw new Refused({ code: 'not-found' });
  return found.origin;
}

function send(reply: FastifyReply, bytes: Uint8Array | undefined): FastifyReply {
  if (bytes === undefined) throw new Refused({ code: 'not-found' });
  return reply.type('application/octet-stream').send(Buffer.from(bytes));
}

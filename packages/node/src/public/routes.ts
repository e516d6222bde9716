import { parseTilePath, type TileAddress } from '@comity/prove';
import type { FastifyReply } from 'fastify';
import { Refused } from '../http/problem.ts';
import type { Api, Serving } from '../http/serving.ts';
import { readHead, readTile } from '../store/log.ts';

/** What anyone may read: the log's checkpoint and tiles (C2SP tlog-tiles), the directory, the law as loaded. No entry and no name of a person. */
export function publicRoutes(api: Api, { house }: Serving): void {
  api.get('/public/checkpoint', { schema: { tags: ['public'] } }, async (_request, reply) => {
    const head = await readHead(house.db);
    return reply.type('text/plain; charset=utf-8').send(head?.checkpoint ?? '');
  });

  api.get('/public/tile/*', { schema: { tags: ['public'] } }, async (request, reply) =>
    sendTile(request.url.slice('/public/'.length), reply, async (address) => readTile(house.db, address)),
  );

  api.get('/public/directory', { schema: { tags: ['public'] } }, async () => house.signedDirectory);
}

async function sendTile(
  path: string,
  reply: FastifyReply,
  read: (address: TileAddress) => Promise<Uint8Array>,
): Promise<FastifyReply> {
  const place = parseTilePath(path);
  // Entry bundles are not public: who may read entries is for the case's seats and the overseer.
  if (!place.ok || place.value.kind !== 'tile') throw new Refused({ code: 'not-found' });
  const { address } = place.value;
  const bytes = await read(address).catch(() => {
    throw new Refused({ code: 'not-found' });
  });
  return reply
    .type('application/octet-stream')
    .header('cache-control', 'public, max-age=31536000, immutable')
    .send(Buffer.from(bytes));
}

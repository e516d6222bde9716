import { toBase64 } from '@comity/core';
import { parseTilePath, type TileAddress } from '@comity/prove';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { policyOfLog } from '../app/policy.ts';
import { Refused } from '../http/problem.ts';
import type { Api, Serving } from '../http/serving.ts';
import { disclosuresOf, findTile, readHead, readHeads } from '../store/logRead.ts';
import { yearOf } from '../store/logWriter.ts';
import { noticeWithCode } from '../store/notices.ts';
import { evidenceKept } from '../store/witnessed.ts';

const ofYear = z.strictObject({ year: z.coerce.number().int().min(2000).max(9999) });
/** The newest log's, where no year is asked for. */
const maybeYear = ofYear.partial();
const tileOfYear = ofYear.extend({ '*': z.string() });

/** The code of a letter to a person: 20 hexadecimal digits, in groups or not. */
const noticeCode = z.strictObject({ code: z.string().regex(/^(?:[0-9a-f]{4}-?){4}[0-9a-f]{4}$/) });

/** The first index that is asked for. */
const fromIndex = z.strictObject({
  from: z
    .string()
    .regex(/^(0|[1-9][0-9]{0,17})$/)
    .default('0'),
});
/** In one answer; the next begins behind the last index. */
const DISCLOSURES = 1000;

/** What anyone may read: the checkpoints and tiles of each year's log (C2SP tlog-tiles), what blinded entries hid once their day has come, and the directory. No other entry and no name of a person. */
export function publicRoutes(api: Api, { house }: Serving): void {
  api.get('/public/logs', { schema: { tags: ['public'] } }, async () =>
    (await readHeads(house.db)).map(({ year, size }) => ({
      origin: house.logOrigin(year),
      url: `/public/log/${year}`,
      size: String(size),
    })),
  );

  api.get('/public/log/:year/checkpoint', { schema: { tags: ['public'], params: ofYear } }, async (request, reply) => {
    const head = await readHead(house.db, request.params.year);
    if (head === undefined || head.checkpoint === '') throw new Refused({ code: 'not-found' });
    return reply.type('text/plain; charset=utf-8').header('cache-control', 'no-cache').send(head.checkpoint);
  });

  api.get('/public/log/:year/tile/*', { schema: { tags: ['public'], params: tileOfYear } }, async (request, reply) =>
    sendTile(`tile/${request.params['*']}`, reply, (address) =>
      house.tiles.read(request.params.year, address, () => findTile(house.db, request.params.year, address)),
    ),
  );

  api.get(
    '/public/log/:year/disclosures',
    { schema: { tags: ['public'], params: ofYear, querystring: fromIndex } },
    async ({ params, query }) => {
      const page = { from: BigInt(query.from), now: house.now(), limit: DISCLOSURES };
      const found = await disclosuresOf(house.db, params.year, page);
      return found.map(({ inner, ...disclosure }) => ({ ...disclosure, inner: toBase64(inner) }));
    },
  );

  api.get('/public/policy', { schema: { tags: ['public'], querystring: maybeYear } }, async (request, reply) => {
    const year = request.query.year ?? (await readHeads(house.db)).at(-1)?.year ?? yearOf(house.now());
    return reply.type('text/plain; charset=utf-8').send(policyOfLog(house, year));
  });

  // Signed by the log that it is about: whoever reads it can check it, and nobody need believe us.
  api.get('/public/evidence', { schema: { tags: ['public'] } }, async () => evidenceKept(house.db));

  api.get('/public/notices/:code', { schema: { tags: ['public'], params: noticeCode } }, async (request) => {
    const told = await noticeWithCode(house.db, request.params.code.replaceAll('-', ''));
    if (told === undefined) throw new Refused({ code: 'not-found' });
    // That such a letter went out, and on which day: nothing of whom it went to, or about what.
    return { party: house.party.id, name: house.party.name, on: told.at.slice(0, 10) };
  });

  api.get('/public/directory', { schema: { tags: ['public'] } }, async () => house.signedDirectory);
}

async function sendTile(
  path: string,
  reply: FastifyReply,
  find: (address: TileAddress) => Promise<Uint8Array | undefined>,
): Promise<FastifyReply> {
  const place = parseTilePath(path);
  // Entry bundles are not public: who may read entries is for the case's seats and the overseer.
  if (!place.ok || place.value.kind !== 'tile') throw new Refused({ code: 'not-found' });
  const bytes = await find(place.value.address);
  if (bytes === undefined) throw new Refused({ code: 'not-found' });
  return reply
    .type('application/octet-stream')
    .header('cache-control', 'public, max-age=31536000, immutable')
    .send(Buffer.from(bytes));
}

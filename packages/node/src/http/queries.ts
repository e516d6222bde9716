import { z } from 'zod';
import type { NotedQueryView } from '../api.ts';
import { noteQuery, QUERY_KINDS } from '../app/query.ts';
import { needReason, PURPOSES } from '../app/read.ts';
import { orRefuse, Refused } from './problem.ts';
import type { Api, Serving } from './serving.ts';
import { signedIn } from './session.ts';

const MAX_REASON = 500;
/** So many fit into an entry of the log. */
const MAX_ITEMS = 60;
const caseId = z.strictObject({ id: z.uuid() });
const query = z.strictObject({
  items: z
    .array(z.string().regex(/^[a-z0-9-]{1,40}$/))
    .min(1)
    .max(MAX_ITEMS),
  kind: z.enum(QUERY_KINDS),
  purpose: z.enum(PURPOSES),
  reason: z.string().trim().min(3).max(MAX_REASON),
});

/** Looks into what was opened: noted before the page shows what it found. */
export function queryRoutes(api: Api, serving: Serving): void {
  const { house } = serving;

  api.post(
    '/api/cases/:id/queries',
    { schema: { tags: ['data'], params: caseId, body: query } },
    async (request, reply): Promise<NotedQueryView> => {
      const person = await signedIn(serving, request);
      orRefuse(await needReason(house, person, request.params.id));
      const items = [...new Set(request.body.items)];
      const noted = orRefuse(await noteQuery(house, { ...request.body, items, person, case: request.params.id }));
      const place = await house.log.placeOf(noted.entry);
      if (place === undefined) throw new Refused({ code: 'log-slow' });
      return reply.code(201).send({ index: String(place.index) });
    },
  );
}

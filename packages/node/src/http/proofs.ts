import { z } from 'zod';
import { proveAct, proveReading } from '../app/proveAct.ts';
import { needReason } from '../app/read.ts';
import { orRefuse } from './problem.ts';
import type { Api, Serving } from './serving.ts';
import { signedIn } from './session.ts';

const actOfCase = z.strictObject({ id: z.uuid(), digest: z.string().regex(/^[0-9a-f]{64}$/) });

const readOfCase = z.strictObject({
  id: z.uuid(),
  year: z.coerce.number().int().min(2000).max(9999),
  index: z.string().regex(/^(0|[1-9][0-9]{0,17})$/),
});

/** A proof by itself: for somebody who is to see that one entry stands in the log, and nothing else of the case. */
export function proofRoutes(api: Api, serving: Serving): void {
  const { house } = serving;

  api.get('/api/cases/:id/acts/:digest/proof', { schema: { tags: ['proof'], params: actOfCase } }, async (request, reply) => {
    const { id, digest } = request.params;
    const person = await signedIn(serving, request);
    orRefuse(await needReason(house, person, id));
    const { proof } = orRefuse(await proveAct(house, { case: id, act: digest }));
    reply.header('content-disposition', `attachment; filename="act-${digest.slice(0, 16)}.tlog-proof"`);
    return reply.type('text/plain; charset=utf-8').send(proof);
  });

  api.get(
    '/api/cases/:id/reads/:year/:index/proof',
    { schema: { tags: ['proof'], params: readOfCase } },
    async (request, reply) => {
      const { id, year, index } = request.params;
      const person = await signedIn(serving, request);
      orRefuse(await needReason(house, person, id));
      const { proof } = orRefuse(await proveReading(house, { case: id, year, index: BigInt(index) }));
      reply.header('content-disposition', `attachment; filename="reading-${year}-${index}.tlog-proof"`);
      return reply.type('text/plain; charset=utf-8').send(proof);
    },
  );
}

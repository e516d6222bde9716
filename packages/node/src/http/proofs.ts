import { z } from 'zod';
import { proveAct } from '../app/proveAct.ts';
import { needReason } from '../app/read.ts';
import { orRefuse } from './problem.ts';
import type { Api, Serving } from './serving.ts';
import { signedIn } from './session.ts';

const actOfCase = z.strictObject({ id: z.uuid(), digest: z.string().regex(/^[0-9a-f]{64}$/) });

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
}

import { MOST_PARTS, PART_BYTES } from '@comity/formats/hi1';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { answerTask } from '../app/hi1/answerTask.ts';
import { decideAnswer } from '../app/hi1/decideAnswer.ts';
import { deliveryFile, isClerk } from '../app/imports/view.ts';
import { orRefuse } from './problem.ts';
import type { Api, Serving } from './serving.ts';
import { signedIn } from './session.ts';

const importId = z.strictObject({ id: z.uuid() });
const deliveryId = z.strictObject({ id: z.uuid(), delivery: z.uuid() });
const item = z.string().min(1).max(200);

/** Handing in the sealed file that answers a task of a foreign order. */
export function answerFileRoutes(api: Api, serving: Serving): void {
  const { house } = serving;
  void api.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope.withTypeProvider<ZodTypeProvider>().post(
      '/api/imports/:id/deliveries',
      {
        schema: {
          tags: ['imports'],
          consumes: ['application/octet-stream'],
          params: importId,
          querystring: z.strictObject({ item }),
        },
        bodyLimit: MOST_PARTS * PART_BYTES,
      },
      async (request, reply) => {
        const person = await signedIn(serving, request);
        orRefuse(isClerk(person));
        const file = Buffer.isBuffer(request.body) ? new Uint8Array(request.body) : new Uint8Array();
        const ask = { import: request.params.id, item: request.query.item, answer: { kind: 'data', file } as const };
        return reply.code(201).send({ delivery: orRefuse(await answerTask(house, person, ask)) });
      },
    );
  });
}

/** Answers to the tasks of a foreign order: whether data exist, what becomes of what was handed in, and the sealed file of one. */
export function answerRoutes(api: Api, serving: Serving): void {
  const { house } = serving;

  api.post(
    '/api/imports/:id/existence',
    { schema: { tags: ['imports'], params: importId, body: z.strictObject({ item, exists: z.boolean() }) } },
    async (request, reply) => {
      const person = await signedIn(serving, request);
      orRefuse(isClerk(person));
      const answer = { kind: 'existence', exists: request.body.exists } as const;
      const ask = { import: request.params.id, item: request.body.item, answer };
      return reply.code(201).send({ delivery: orRefuse(await answerTask(house, person, ask)) });
    },
  );

  api.post(
    '/api/imports/:id/deliveries/:delivery/decide',
    {
      schema: {
        tags: ['imports'],
        params: deliveryId,
        body: z.strictObject({ decision: z.enum(['release', 'discard']) }),
      },
    },
    async (request) => {
      const person = await signedIn(serving, request);
      orRefuse(isClerk(person));
      const { id, delivery } = request.params;
      const ask = { import: id, delivery, decision: request.body.decision };
      return { state: orRefuse(await decideAnswer(house, person, ask)) };
    },
  );

  api.get(
    '/api/imports/:id/deliveries/:delivery/file',
    { schema: { tags: ['imports'], params: deliveryId } },
    async (request, reply) => {
      const person = await signedIn(serving, request);
      orRefuse(isClerk(person));
      const { id, delivery } = request.params;
      const bytes = orRefuse(await deliveryFile(house, person, { id, delivery }));
      reply.header('content-disposition', `attachment; filename="delivery-${delivery}.age"`);
      return reply.type('application/octet-stream').send(Buffer.from(bytes));
    },
  );
}

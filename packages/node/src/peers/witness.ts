import { parseAddCheckpoint } from '@comity/prove';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { WITNESS_PATH } from '../app/policy.ts';
import { answerLog, lastCosigned } from '../app/witness.ts';
import { Refused } from '../http/problem.ts';
import type { Api, Serving } from '../http/serving.ts';

/** This node as a witness of the logs of others (C2SP tlog-witness): whoever has the log's keys may ask, and nobody is asked who they are. */
export function witnessRoutes(api: Api, { house }: Serving): void {
  api.addContentTypeParser('application/octet-stream', { parseAs: 'string' }, (_request, body, done) => done(null, body));

  api.post(
    `${WITNESS_PATH}/add-checkpoint`,
    { schema: { tags: ['witness'], body: z.string().optional() } },
    async (request, reply) => {
      const asked = parseAddCheckpoint(request.body ?? '');
      if (!asked.ok) return say(reply, 400, asked.detail);
      const answer = await answerLog(house, asked.value);
      if (answer.status === 409) return reply.code(409).type(answer.contentType).send(answer.body);
      return answer.status === 200
        ? reply.type('text/plain; charset=utf-8').send(answer.body)
        : say(reply, answer.status, answer.detail);
    },
  );

  const byHash = z.strictObject({ hash: z.string().regex(/^[0-9a-f]{64}$/) });
  api.get(`${WITNESS_PATH}/:hash/checkpoint`, { schema: { tags: ['witness'], params: byHash } }, async (request, reply) => {
    const note = await lastCosigned(house, request.params.hash);
    if (note === undefined) throw new Refused({ code: 'not-found' });
    return reply.type('text/plain; charset=utf-8').send(note);
  });
}

/** The protocol's own refusals are a status and, for the operator of the log, a word. */
function say(reply: FastifyReply, status: number, detail: string): FastifyReply {
  return reply.code(status).type('text/plain; charset=utf-8').send(`${detail}\n`);
}

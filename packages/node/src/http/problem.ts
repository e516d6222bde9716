import { type Code, type Refusal, statusOf } from '@comity/core';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Problem } from '../api.ts';
import { LogBehind } from '../store/logWriter.ts';
import { SubjectKeyLost } from '../store/subjects.ts';
import { VaultUnreachable } from '../vault/s3Client.ts';

/** Thrown by routes for an expected refusal; only this file turns it into an answer. */
export class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

/** Unwraps a result in a route. */
export function orRefuse<T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal },
): T {
  if (result.ok) return result.value;
  throw new Refused(result.refusal);
}

/** Every error of the API leaves through here, as RFC 9457 problem details. What is not expected is 500 without a detail; its trace goes to the log. */
export function answerProblems(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError | Refused, request, reply) => send(reply, request, refusalOf(error, request)));
  app.setNotFoundHandler((request, reply) => send(reply, request, { code: 'not-found' }));
}

function refusalOf(error: FastifyError | Refused, request: FastifyRequest): Refusal {
  if (error instanceof Refused) return error.refusal;
  if (error instanceof LogBehind) return { code: 'log-behind' };
  if (error instanceof SubjectKeyLost) return { code: 'key-lost' };
  if (error instanceof VaultUnreachable) return { code: 'vault-unreachable' };
  const [fault] = error.validation ?? [];
  if (fault !== undefined)
    return {
      code: fault.keyword === 'unrecognized_keys' ? 'field-unknown' : 'field-invalid',
      field: fieldOf(fault.instancePath),
      values: { kind: fault.message ?? '' },
    };
  // Nested deeper than a stack is: the schema's walk ends in a RangeError.
  if (error instanceof RangeError) return { code: 'field-invalid', values: { kind: 'depth' } };
  if (error.statusCode === 413) return { code: 'body-too-large' };
  if (error.statusCode === 429) return { code: 'too-many-requests' };
  if (error.statusCode === 400 || error.statusCode === 415) return { code: 'body-not-json' };
  if ('code' in error && (error.code === '53100' || error.code === 'ENOSPC')) return { code: 'storage-full' };
  // Whoever asked broke off: there is nobody to tell, and nothing to mend.
  if (request.raw.socket.destroyed) return { code: 'internal' };
  // The message of an unexpected error may quote input: only its kind and the place are logged.
  request.log.error({ kind: error.name, code: error.code, at: error.stack?.split('\n').slice(1, 4) }, 'unexpected error');
  return { code: 'internal' };
}

function fieldOf(path: string): string {
  return path.replace(/^\//, '').replaceAll('/', '.');
}

function send(reply: FastifyReply, request: FastifyRequest, refusal: Refusal): FastifyReply {
  const code: Code = refusal.code;
  const problem: Problem = {
    type: `https://comity.example/problems/${code}`,
    title: code,
    status: statusOf(code),
    code,
    ...(refusal.field === undefined ? {} : { field: refusal.field }),
    ...(refusal.values === undefined ? {} : { values: refusal.values }),
  };
  return reply
    .code(problem.status)
    .type('application/problem+json')
    .header('x-request-id', request.id)
    .send(JSON.stringify(problem));
}

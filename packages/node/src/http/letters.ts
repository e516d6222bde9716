import { NOTICE_LANGUAGES } from '@comity/formats/letters';
import { z } from 'zod';
import { printNotice, printRequest, writeNotice, writeRequest } from '../app/letters.ts';
import { needReason } from '../app/read.ts';
import { orRefuse } from './problem.ts';
import type { Api, Serving } from './serving.ts';
import { signedIn } from './session.ts';

const caseId = z.strictObject({ id: z.uuid() });
const text = z.string().min(1).max(4000);
const person = z.strictObject({ name: text, address: text.optional() });
const remedies = z.strictObject({ court: text, limit: text, how: text });
const wished = z.strictObject({
  language: z.enum(NOTICE_LANGUAGES),
  person,
  items: z.array(z.string().max(40)).min(1).max(200),
  remedies,
  contact: text,
  delay: text.optional(),
});
const instant = z.iso.datetime();
const written = z.strictObject({
  v: z.literal(1),
  env: z.enum(['sandbox', 'production']),
  language: z.enum(NOTICE_LANGUAGES),
  person,
  authority: text,
  reference: text,
  holder: z.string().max(4000),
  ordered: z.iso.date(),
  basis: text,
  zone: text,
  data: z
    .array(
      z.strictObject({
        category: z.enum(['subscriber', 'identification', 'traffic', 'content']),
        identifier: text,
        period: z.strictObject({ from: instant, until: instant }).optional(),
      }),
    )
    .min(1)
    .max(200),
  state: z.enum(['delivered', 'refused', 'open']),
  delay: text.optional(),
  remedies,
  contact: text,
  check: text,
  issued: instant,
  nonce: z.string().regex(/^[0-9a-f]{32}$/),
});
const asked = z.strictObject({ lang: z.enum(['en', 'fr', 'ar']).default('en'), answer: z.string().min(1).max(60).optional() });

/** Letters: the notice to a person, and a request for mutual assistance. */
export function letterRoutes(api: Api, serving: Serving): void {
  const { house } = serving;

  api.post('/api/cases/:id/notice', { schema: { tags: ['documents'], params: caseId, body: wished } }, async (request) => {
    const reader = await signedIn(serving, request);
    orRefuse(await needReason(house, reader, request.params.id));
    return orRefuse(await writeNotice(house, request.params.id, withoutGaps(request.body)));
  });

  api.post(
    '/api/cases/:id/notice.pdf',
    { schema: { tags: ['documents'], params: caseId, body: written } },
    async (request, reply) => {
      const reader = await signedIn(serving, request);
      orRefuse(await needReason(house, reader, request.params.id));
      const pdf = orRefuse(await printNotice(withoutGaps(request.body)));
      return reply.type('application/pdf').send(Buffer.from(pdf));
    },
  );

  api.get('/api/cases/:id/letter', { schema: { tags: ['documents'], params: caseId, querystring: asked } }, async (request) => {
    const reader = await signedIn(serving, request);
    orRefuse(await needReason(house, reader, request.params.id));
    const { lang: language, answer: answerIn } = request.query;
    return orRefuse(await writeRequest(house, withoutGaps({ case: request.params.id, language, answerIn })));
  });

  api.get(
    '/api/cases/:id/letter.pdf',
    { schema: { tags: ['documents'], params: caseId, querystring: asked } },
    async (request, reply) => {
      const reader = await signedIn(serving, request);
      orRefuse(await needReason(house, reader, request.params.id));
      const { lang: language, answer: answerIn } = request.query;
      const pdf = orRefuse(await printRequest(house, withoutGaps({ case: request.params.id, language, answerIn })));
      return reply.type('application/pdf').send(Buffer.from(pdf));
    },
  );
}

type Gapless<T> = T extends readonly (infer Member)[]
  ? readonly Gapless<Member>[]
  : T extends object
    ? { [K in keyof T as undefined extends T[K] ? never : K]: Gapless<T[K]> } & {
        [K in keyof T as undefined extends T[K] ? K : never]?: Gapless<Exclude<T[K], undefined>>;
      }
    : T;

/** A value without members that are undefined: absent is absent. */
function withoutGaps<T>(value: T): Gapless<T> {
  return JSON.parse(JSON.stringify(value)) as Gapless<T>; // parser: the schema has checked every member; the round trip drops what is undefined
}

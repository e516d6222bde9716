import { FILE_KINDS } from '@comity/formats/intake';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ImportsView, ImportView } from '../api.ts';
import { decideImport, IMPORT_REASONS, type ImportDecision } from '../app/imports/decide.ts';
import { handIn } from '../app/imports/handIn.ts';
import { importOriginal, importsView, importView, isClerk, readImport } from '../app/imports/view.ts';
import { PURPOSES } from '../app/read.ts';
import { orRefuse } from './problem.ts';
import type { Api, Serving } from './serving.ts';
import { signedIn } from './session.ts';

const importId = z.strictObject({ id: z.uuid() });
const words = z.string().max(4000).default('');
const sections = z.record(z.string().max(60), z.json()).default({});
const opening = z.strictObject({
  procedure: z.string().max(100),
  type: z.string().max(60),
  data: z.record(z.string().max(60), z.json()).default({}),
  sections,
});
const callBack = z.strictObject({ authority: z.string().max(100), spokeWith: z.string().max(200), at: z.string().max(40) });
const decided = z.discriminatedUnion('decision', [
  z.strictObject({ decision: z.literal('refused'), reason: z.enum(IMPORT_REASONS), words }),
  z.strictObject({
    decision: z.literal('taken-up'),
    callBack,
    words,
    case: z.uuid().optional(),
    opening: opening.optional(),
  }),
]);

const MEDIA = {
  hi1: 'application/json',
  pdf: 'application/pdf',
  eml: 'message/rfc822',
  txt: 'text/plain; charset=utf-8',
} as const;

const FILE_LIMIT = 20 * 1024 * 1024;
const handedIn = z.strictObject({ kind: z.enum(FILE_KINDS) });

/** Handing in a PDF, an e-mail or a text that came by another way. */
export function intakeRoutes(api: Api, serving: Serving): void {
  const { house } = serving;
  void api.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope.withTypeProvider<ZodTypeProvider>().post(
      '/api/imports',
      {
        schema: { tags: ['imports'], consumes: ['application/octet-stream'], querystring: handedIn },
        bodyLimit: FILE_LIMIT,
      },
      async (request, reply) => {
        const person = await signedIn(serving, request);
        orRefuse(isClerk(person));
        const bytes = Buffer.isBuffer(request.body) ? new Uint8Array(request.body) : new Uint8Array();
        const taken = orRefuse(await handIn(house, person, { kind: request.query.kind, bytes }));
        return reply.code(201).send({ import: taken });
      },
    );
  });
}

/** What came from outside: the list, one of them for whoever has stated a reason, its original, and what becomes of it. */
export function importRoutes(api: Api, serving: Serving): void {
  const { house } = serving;

  api.get('/api/imports', { schema: { tags: ['imports'] } }, async (request): Promise<ImportsView> => {
    orRefuse(isClerk(await signedIn(serving, request)));
    return importsView(house);
  });

  api.post(
    '/api/imports/:id/reads',
    { schema: { tags: ['imports'], params: importId, body: z.strictObject({ purpose: z.enum(PURPOSES) }) } },
    async (request) => {
      const person = await signedIn(serving, request);
      orRefuse(isClerk(person));
      return orRefuse(await readImport(house, person, { id: request.params.id, purpose: request.body.purpose }));
    },
  );

  api.get('/api/imports/:id', { schema: { tags: ['imports'], params: importId } }, async (request): Promise<ImportView> => {
    const person = await signedIn(serving, request);
    orRefuse(isClerk(person));
    return orRefuse(await importView(house, person, request.params.id));
  });

  api.get('/api/imports/:id/original', { schema: { tags: ['imports'], params: importId } }, async (request, reply) => {
    const person = await signedIn(serving, request);
    orRefuse(isClerk(person));
    const { stored, bytes } = orRefuse(await importOriginal(house, person, request.params.id));
    // What somebody else wrote is saved, never shown by the browser as a page of ours.
    reply.header(
      'content-disposition',
      `attachment; filename="import-${stored.id}.${stored.kind === 'hi1' ? 'json' : stored.kind}"`,
    );
    return reply.type(MEDIA[stored.kind]).send(Buffer.from(bytes));
  });

  api.post('/api/imports/:id/decide', { schema: { tags: ['imports'], params: importId, body: decided } }, async (request) => {
    const person = await signedIn(serving, request);
    orRefuse(isClerk(person));
    return orRefuse(await decideImport({ house, person, id: request.params.id }, decisionOf(request.body)));
  });
}

function decisionOf(body: z.infer<typeof decided>): ImportDecision {
  if (body.decision === 'refused') return body;
  const { case: caseId, opening: first, ...rest } = body;
  return { ...rest, ...(caseId === undefined ? {} : { case: caseId }), ...(first === undefined ? {} : { opening: first }) };
}

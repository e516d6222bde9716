import { Readable } from 'node:stream';
import { canonicalJson } from '@comity/core';
import { writeCaseFile } from '@comity/formats';
import { caseGraphBytes } from '@comity/formats/case-uco';
import { openCaseFile, tellCase } from '@comity/verify';
import { z } from 'zod';
import type { CaseView, DeskView, PreviewView, UnsealingView } from '../api.ts';
import { destructionCertificate } from '../app/certificate.ts';
import { type DeskAsk, deskView } from '../app/desk.ts';
import { previewItem } from '../app/minimise.ts';
import { sealedBytes, unsealing } from '../app/open.ts';
import { perform } from '../app/perform.ts';
import { printCertificate, printOrder } from '../app/print.ts';
import { caseFile } from '../app/prove.ts';
import { needReason, openOwnCase, PURPOSES, stateReason } from '../app/read.ts';
import { caseView } from '../app/view.ts';
import { sha256 } from '../keys/crypto.ts';
import { orRefuse, Refused } from './problem.ts';
import type { Api, Serving } from './serving.ts';
import { signedIn } from './session.ts';

const packing = z.strictObject({ packed: z.enum(['true', 'false']).default('false') });
const caseId = z.strictObject({ id: z.uuid() });
const deskAsk = z.strictObject({
  side: z.enum(['ours', 'theirs', 'closed']).optional(),
  procedure: z.string().max(100).optional(),
  seat: z.string().max(60).optional(),
  find: z
    .string()
    .regex(/^[0-9a-f-]{4,36}$/)
    .optional(),
  by: z.enum(['clock']).optional(),
  page: z.coerce.number().int().min(0).max(100_000).default(0),
});
const sections = z.record(z.string().max(60), z.json()).default({});
const data = z.record(z.string().max(60), z.json()).default({});
const opening = z.strictObject({ procedure: z.string().max(100), type: z.string().max(60), data, sections });
const act = z.strictObject({ type: z.string().max(60), data, sections });

/** Cases: the desk, opening one, reading with a stated reason, making acts, the proof. */
export function caseRoutes(api: Api, serving: Serving): void {
  const { house } = serving;

  api.get(
    '/api/desk',
    { schema: { tags: ['cases'], querystring: deskAsk } },
    async (request): Promise<DeskView> => deskView(house, await signedIn(serving, request), parted(request.query)),
  );

  api.post('/api/cases', { schema: { tags: ['cases'], body: opening } }, async (request, reply) => {
    const person = await signedIn(serving, request);
    const made = orRefuse(await openOwnCase(house, person, request.body));
    return reply.code(201).send({ case: made.act.body.case, act: made.act.digest });
  });

  api.post(
    '/api/cases/:id/reads',
    { schema: { tags: ['cases'], params: caseId, body: z.strictObject({ purpose: z.enum(PURPOSES) }) } },
    async (request) => {
      const person = await signedIn(serving, request);
      return orRefuse(await stateReason(house, person, { case: request.params.id, purpose: request.body.purpose }));
    },
  );

  api.get('/api/cases/:id', { schema: { tags: ['cases'], params: caseId } }, async (request): Promise<CaseView> => {
    const person = await signedIn(serving, request);
    const view = await caseView(house, person, request.params.id);
    if (view === undefined) throw new Refused({ code: 'case-unknown' });
    orRefuse(await needReason(house, person, request.params.id));
    return view;
  });

  api.post('/api/cases/:id/acts', { schema: { tags: ['cases'], params: caseId, body: act } }, async (request, reply) => {
    const person = await signedIn(serving, request);
    orRefuse(await needReason(house, person, request.params.id));
    const made = orRefuse(await perform(house, person, { case: request.params.id, request: request.body }));
    return reply.code(201).send({ case: request.params.id, act: made.act.digest });
  });

  api.get(
    '/api/cases/:id/proof',
    { schema: { tags: ['proof'], params: caseId, querystring: packing } },
    async (request, reply) => {
      const person = await signedIn(serving, request);
      orRefuse(await needReason(house, person, request.params.id));
      const file = orRefuse(await caseFile(house, request.params.id));
      reply.header('content-disposition', `attachment; filename="case-${request.params.id}.comity"`);
      // Packed: the same file, a fifth of the bytes, for a thin line or a stick.
      if (request.query.packed === 'true') return reply.type('application/gzip').send(Buffer.from(writeCaseFile(file)));
      return reply.type('application/json').send(canonicalJson(file));
    },
  );
}

/** The members that were given. */
function parted({ page, side, procedure, seat, find, by }: z.infer<typeof deskAsk>): DeskAsk {
  return {
    page,
    ...(side === undefined ? {} : { side }),
    ...(procedure === undefined ? {} : { procedure }),
    ...(seat === undefined ? {} : { seat }),
    ...(find === undefined ? {} : { find }),
    ...(by === undefined ? {} : { by }),
  };
}

/** The custody of a case as a graph, for whoever works with CASE and UCO. */
export function graphRoutes(api: Api, serving: Serving): void {
  const { house } = serving;
  api.get('/api/cases/:id/graph', { schema: { tags: ['proof'], params: caseId } }, async (request, reply) => {
    const person = await signedIn(serving, request);
    orRefuse(await needReason(house, person, request.params.id));
    const file = orRefuse(await caseFile(house, request.params.id));
    const graph = caseGraphBytes(tellCase(orRefuse(openCaseFile(file, sha256))), sha256);
    reply.header('content-disposition', `attachment; filename="case-${request.params.id}.jsonld"`);
    return reply.type('application/ld+json').send(Buffer.from(graph));
  });
}

const language = z.strictObject({ lang: z.enum(['en', 'fr', 'ar']).default('en') });
const certified = z.strictObject({ id: z.uuid(), act: z.string().regex(/^[0-9a-f]{64}$/) });

/** Documents to print: the order, and the certificate of a destruction. */
export function printRoutes(api: Api, serving: Serving): void {
  const { house } = serving;

  api.get(
    '/api/cases/:id/order.pdf',
    { schema: { tags: ['documents'], params: caseId, querystring: language } },
    async (request, reply) => {
      const person = await signedIn(serving, request);
      orRefuse(await needReason(house, person, request.params.id));
      const pdf = orRefuse(await printOrder(house, { case: request.params.id, language: request.query.lang }));
      return reply.type('application/pdf').send(Buffer.from(pdf));
    },
  );

  api.get(
    '/api/cases/:id/certificates/:act/data',
    { schema: { tags: ['documents'], params: certified } },
    async (request, reply) => {
      const person = await signedIn(serving, request);
      orRefuse(await needReason(house, person, request.params.id));
      const certificate = orRefuse(await destructionCertificate(house, { case: request.params.id, act: request.params.act }));
      reply.header('content-disposition', `attachment; filename="destruction-${request.params.act.slice(0, 12)}.json"`);
      return reply.type('application/json').send(canonicalJson(certificate));
    },
  );

  api.get(
    '/api/cases/:id/certificates/:act',
    { schema: { tags: ['documents'], params: certified, querystring: language } },
    async (request, reply) => {
      const person = await signedIn(serving, request);
      orRefuse(await needReason(house, person, request.params.id));
      const pdf = orRefuse(
        await printCertificate(house, { case: request.params.id, act: request.params.act, language: request.query.lang }),
      );
      return reply.type('application/pdf').send(Buffer.from(pdf));
    },
  );
}

const itemId = z.strictObject({ id: z.uuid(), item: z.string().max(40) });

/** What happens to data: the preview before sealing, and what a browser needs to unseal. */
export function dataRoutes(api: Api, serving: Serving): void {
  const { house } = serving;

  api.post(
    '/api/cases/:id/items/:item/preview',
    { schema: { tags: ['data'], params: itemId } },
    async (request): Promise<PreviewView> => {
      const person = await signedIn(serving, request);
      orRefuse(await needReason(house, person, request.params.id));
      return orRefuse(await previewItem(house, { case: request.params.id, item: request.params.item }));
    },
  );

  api.post(
    '/api/cases/:id/items/:item/unsealing',
    { schema: { tags: ['data'], params: itemId, body: z.strictObject({ purpose: z.enum(PURPOSES) }) } },
    async (request): Promise<UnsealingView> => {
      const person = await signedIn(serving, request);
      orRefuse(await needReason(house, person, request.params.id));
      const given = orRefuse(
        await unsealing(house, { person, case: request.params.id, item: request.params.item, purpose: request.body.purpose }),
      );
      // Parser: a package's manifest was read by parseManifest before the payload was taken.
      const manifest = given.package.manifest as UnsealingView['manifest'];
      return {
        ciphertext: given.payload.ciphertext,
        sealed: given.payload.rewrapped?.sha256 ?? given.payload.ciphertext,
        size: given.payload.rewrapped?.size ?? given.payload.size,
        manifest,
        plaintextSalt: given.package.plaintextSalt,
        identity: given.identity,
        evidenceKeys: given.evidenceKeys,
        ...(given.onward === undefined ? {} : { onward: given.onward }),
      };
    },
  );

  api.get('/api/cases/:id/items/:item/sealed', { schema: { tags: ['data'], params: itemId } }, async (request, reply) => {
    const person = await signedIn(serving, request);
    orRefuse(await needReason(house, person, request.params.id));
    const { bytes, size } = orRefuse(await sealedBytes(house, { person, case: request.params.id, item: request.params.item }));
    return reply
      .type('application/octet-stream')
      .header('content-length', size)
      .send(Readable.from(bytes, { objectMode: false }));
  });
}

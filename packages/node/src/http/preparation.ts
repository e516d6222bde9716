import { Readable } from 'node:stream';
import { z } from 'zod';
import type { DatasetsView, DatasetWork, PreparePreview } from '../api.ts';
import { setBudget } from '../app/prepare/budget.ts';
import { datasetOf, dropDataset, fetchDataset, openCatalogued, takeDataset } from '../app/prepare/datasets.ts';
import { previewSafeHarbor } from '../app/prepare/deidentifying.ts';
import { previewMinimising } from '../app/prepare/minimising.ts';
import { offer, withdraw } from '../app/prepare/offering.ts';
import { previewOwn } from '../app/prepare/owning.ts';
import { beginPreparation, cancelPreparation, saveOutput } from '../app/prepare/prepare.ts';
import { RECIPE_NAMES } from '../app/prepare/recipes.ts';
import { datasetsView, datasetWork } from '../app/prepare/view.ts';
import { keepsBudgets, prepares, seesPreparations } from '../app/prepare/who.ts';
import { orRefuse } from './problem.ts';
import type { Api, Serving } from './serving.ts';
import { signedIn } from './session.ts';

/** A file as it is. */
const BYTES = 'application/vnd.comity.dataset';

const id = z.strictObject({ id: z.uuid() });
const word = z.string().trim().min(1).max(100);
const given = z.strictObject({ name: word, population: word, format: z.enum(['csv', 'parquet', 'json', 'arrow']) });
const fetched = z.strictObject({ name: word, population: word, address: z.string().trim().min(1).max(1_000) });
const plan = z.strictObject({ kind: z.enum(RECIPE_NAMES), plan: z.json() });
const previewed = z.strictObject({ kind: z.enum(['minimise', 'deidentify', 'own']), plan: z.json() });
const offered = z.strictObject({ name: z.string().max(40), until: z.iso.date() });
const budget = z.strictObject({ population: word, epsilon: z.number(), delta: z.number() });
const tags = ['preparation'];

/** Datasets that are handed in, or opened from the catalogue. */
export function datasetRoutes(api: Api, serving: Serving): void {
  const { house } = serving;
  // The bytes go through as they come: a file may be larger than any memory.
  api.addContentTypeParser(BYTES, (_request, payload, done) => done(null, payload));

  api.get('/api/datasets', { schema: { tags } }, async (request): Promise<DatasetsView> => {
    const person = await signedIn(serving, request);
    orRefuse(seesPreparations(person));
    return datasetsView(house, person);
  });

  api.post('/api/datasets', { schema: { tags, consumes: [BYTES], querystring: given } }, async (request, reply) => {
    const person = await signedIn(serving, request);
    orRefuse(prepares(person));
    const bytes = request.body instanceof Readable ? request.body : Readable.from([]);
    const { id: made } = orRefuse(await takeDataset(house, person, { ...request.query, bytes }));
    return reply.code(201).send({ dataset: made });
  });

  api.post('/api/datasets/fetched', { schema: { tags, body: fetched } }, async (request, reply) => {
    const person = await signedIn(serving, request);
    orRefuse(prepares(person));
    const { id: made } = orRefuse(await fetchDataset(house, person, request.body));
    return reply.code(201).send({ dataset: made });
  });

  api.post('/api/datasets/catalogued', { schema: { tags, body: z.strictObject({ dataset: word }) } }, async (request, reply) => {
    const person = await signedIn(serving, request);
    orRefuse(prepares(person));
    const { id: made } = orRefuse(await openCatalogued(house, person, request.body.dataset));
    return reply.code(201).send({ dataset: made });
  });

  api.get('/api/datasets/:id', { schema: { tags, params: id } }, async (request): Promise<DatasetWork> => {
    const person = await signedIn(serving, request);
    orRefuse(seesPreparations(person));
    return orRefuse(await datasetWork(house, person, request.params.id));
  });

  api.delete('/api/datasets/:id', { schema: { tags, params: id } }, async (request, reply) => {
    orRefuse(prepares(await signedIn(serving, request)));
    orRefuse(await dropDataset(house, request.params.id));
    return reply.code(204).send();
  });
}

/** Plans that are run on datasets, what came of them, and the budget that they spend. */
export function preparationRoutes(api: Api, serving: Serving): void {
  const { house } = serving;

  api.post('/api/datasets/:id/preparations', { schema: { tags, params: id, body: plan } }, async (request, reply) => {
    const person = await signedIn(serving, request);
    orRefuse(prepares(person));
    const begun = orRefuse(await beginPreparation(house, person, { dataset: request.params.id, ...request.body }));
    return reply.code(201).send({ preparation: begun });
  });

  api.post(
    '/api/datasets/:id/preview',
    { schema: { tags, params: id, body: previewed } },
    async (request): Promise<PreparePreview> => {
      orRefuse(prepares(await signedIn(serving, request)));
      const { kind, plan: sent } = request.body;
      const dataset = orRefuse(await datasetOf(house, request.params.id));
      if (kind === 'deidentify') return { kind, ...orRefuse(previewSafeHarbor(house, sent, dataset)) };
      if (kind === 'own') return { kind, ...orRefuse(await previewOwn(house, sent, dataset)) };
      return { kind, ...orRefuse(await previewMinimising(house, sent, dataset)) };
    },
  );

  api.post('/api/preparations/:id/cancel', { schema: { tags, params: id } }, async (request, reply) => {
    orRefuse(prepares(await signedIn(serving, request)));
    orRefuse(await cancelPreparation(house, request.params.id));
    return reply.code(204).send();
  });

  api.get('/api/preparations/:id/output', { schema: { tags, params: id } }, async (request, reply) => {
    const person = await signedIn(serving, request);
    orRefuse(prepares(person));
    const { path, size } = orRefuse(await saveOutput(house, person, request.params.id));
    reply
      .header('content-disposition', `attachment; filename="prepared-${request.params.id}.csv"`)
      .header('content-length', size);
    return reply.type('text/csv; charset=utf-8').send(house.datasets.read(path));
  });

  api.post('/api/budgets', { schema: { tags, body: budget } }, async (request, reply) => {
    const person = await signedIn(serving, request);
    orRefuse(keepsBudgets(person));
    orRefuse(await setBudget(house, person, request.body));
    return reply.code(204).send();
  });
}

/** What was made is offered to cases, and withdrawn. */
export function offerRoutes(api: Api, serving: Serving): void {
  const { house } = serving;

  api.post('/api/preparations/:id/offer', { schema: { tags, params: id, body: offered } }, async (request, reply) => {
    const person = await signedIn(serving, request);
    orRefuse(prepares(person));
    orRefuse(await offer(house, person, { id: request.params.id, ...request.body }));
    return reply.code(204).send();
  });

  api.post('/api/preparations/:id/withdraw', { schema: { tags, params: id } }, async (request, reply) => {
    const person = await signedIn(serving, request);
    orRefuse(prepares(person));
    orRefuse(await withdraw(house, person, request.params.id));
    return reply.code(204).send();
  });
}

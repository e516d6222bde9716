import { isDay } from '@comity/core';
import { z } from 'zod';
import type { ImpactView, LawDiffView, LibraryHead, LibraryHitView, PackVersion, VocabularyView } from '../api.ts';
import { changeOfLaw } from '../app/impact.ts';
import { differencesBetween, lawHeads, packInLibrary, searchLaw, versionsOf } from '../app/library.ts';
import { transferWords } from '../app/vocabulary.ts';
import { orRefuse } from './problem.ts';
import type { Api, Serving } from './serving.ts';
import { signedIn } from './session.ts';

const digest = z.string().regex(/^[0-9a-f]{64}$/);
const packId = z.strictObject({ pack: z.string().max(100) });
/** A pack is foreign input: its form is checked whole by the one reader of packs. */
const draft = z.strictObject({ pack: z.json(), on: z.string().refine(isDay, 'a day, YYYY-MM-DD') });

/** The law to be read: what is loaded, its words, its earlier versions, what differs, and what a change would do here. */
export function libraryRoutes(api: Api, serving: Serving): void {
  const { house } = serving;

  api.get('/api/law/library', { schema: { tags: ['law'] } }, async (): Promise<readonly LibraryHead[]> => lawHeads(house));

  api.get('/api/law/library/:pack', { schema: { tags: ['law'], params: packId } }, async (request, reply) => {
    return packInLibrary(house, request.params.pack) ?? reply.callNotFound();
  });

  api.get('/api/law/vocabulary', { schema: { tags: ['law'] } }, async (): Promise<VocabularyView> => transferWords(house));

  api.get(
    '/api/law/search',
    { schema: { tags: ['law'], querystring: z.strictObject({ q: z.string().max(200) }) } },
    async (request): Promise<readonly LibraryHitView[]> => searchLaw(house, request.query.q),
  );

  api.get(
    '/api/law/packs/:sha256',
    { schema: { tags: ['law'], params: z.strictObject({ sha256: digest }) } },
    async (request, reply) => {
      const text = house.law.texts.get(request.params.sha256);
      return text === undefined ? reply.callNotFound() : reply.type('application/json').send(text);
    },
  );

  api.get(
    '/api/law/versions/:pack',
    { schema: { tags: ['law'], params: packId } },
    async (request): Promise<readonly PackVersion[]> => versionsOf(house, request.params.pack),
  );

  api.get(
    '/api/law/diff',
    { schema: { tags: ['law'], querystring: z.strictObject({ before: digest, after: digest }) } },
    async (request): Promise<LawDiffView> => orRefuse(differencesBetween(house, request.query)),
  );

  api.post('/api/law/impact', { schema: { tags: ['law'], body: draft } }, async (request): Promise<ImpactView> => {
    await signedIn(serving, request);
    return orRefuse(await changeOfLaw(house, request.body.pack, request.body.on));
  });
}

import { z } from 'zod';
import type { CaseLink, LegalTestsView } from '../api.ts';
import { legalTests } from '../app/legalTests.ts';
import { caseLinks } from '../app/links.ts';
import { needReason } from '../app/read.ts';
import { orRefuse } from './problem.ts';
import type { Api, Serving } from './serving.ts';
import { signedIn } from './session.ts';

const caseId = z.strictObject({ id: z.uuid() });

/** What can be said about a case besides what stands in it: what the law says to it, and which other cases belong to it. */
export function caseAboutRoutes(api: Api, serving: Serving): void {
  const { house } = serving;

  api.get(
    '/api/cases/:id/links',
    { schema: { tags: ['cases'], params: caseId } },
    async (request): Promise<readonly CaseLink[]> => {
      const person = await signedIn(serving, request);
      orRefuse(await needReason(house, person, request.params.id));
      return orRefuse(await caseLinks(house, request.params.id));
    },
  );

  api.get('/api/cases/:id/tests', { schema: { tags: ['cases'], params: caseId } }, async (request): Promise<LegalTestsView> => {
    const person = await signedIn(serving, request);
    orRefuse(await needReason(house, person, request.params.id));
    return orRefuse(await legalTests(house, request.params.id));
  });
}

import { z } from 'zod';
import { type StatisticsView, statistics } from '../app/statistics.ts';
import type { Api, Serving } from './serving.ts';
import { signedIn } from './session.ts';

const asked = z.strictObject({
  year: z.coerce.number().int().min(2000).max(2999),
  lang: z.enum(['en', 'fr', 'ar']).default('en'),
});

/** Statistics: counts of this party's cases, with what each counts. They hold no name, no identifier and no content. */
export function statisticsRoutes(api: Api, serving: Serving): void {
  api.get(
    '/api/statistics',
    { schema: { tags: ['statistics'], querystring: asked } },
    async (request): Promise<StatisticsView> => {
      await signedIn(serving, request);
      return statistics(serving.house, { year: request.query.year, language: request.query.lang });
    },
  );
}

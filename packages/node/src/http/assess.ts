import { acrossCountries, alternatives } from '@comity/assess';
import { z } from 'zod';
import type { AssessView, CountriesView } from '../api.ts';
import { askedOf, assessTransfer, toAsk } from '../app/assess.ts';
import { printMemo } from '../app/memo.ts';
import { orRefuse } from './problem.ts';
import type { Api, Serving } from './serving.ts';
import { signedIn } from './session.ts';

const range = z.strictObject({ min: z.number().optional(), max: z.number().optional() });
const members = z.array(z.string().max(200)).max(300);
const part = z.strictObject({ has: members.optional(), lacks: members.optional() });
const factValue = z.union([z.string().max(200), z.number(), z.boolean(), members, range, part]);
const facts = z.record(z.string().max(100), factValue);
const sheetEntry = z.strictObject({
  name: z.string().max(100),
  value: factValue,
  source: z.string().max(20),
  evidence: z.string().max(500).optional(),
  asOf: z.string().max(10),
  expires: z.string().max(10).optional(),
});
/** The form only; the words and days are checked against the vocabulary, which names what was meant. */
const question = z.strictObject({
  on: z.string().max(10),
  facts: facts.optional(),
  sheet: z.array(sheetEntry).max(500).optional(),
  elsewhere: facts.optional(),
});
const everywhere = z.strictObject({ ...question.shape, countries: z.array(z.string().length(2)).min(1).max(260).optional() });
const language = z.strictObject({ lang: z.enum(['en', 'fr', 'ar']).default('en') });

/** May these data go there: here, in every country, in another way, and on paper. */
export function assessRoutes(api: Api, serving: Serving): void {
  const { house } = serving;
  const { law } = house;

  api.post('/api/assess', { schema: { tags: ['assess'], body: question } }, async (request): Promise<AssessView> => {
    await signedIn(serving, request);
    const answer = orRefuse(assessTransfer(house, request.body));
    const { assessment, record } = answer;
    return { assessment, record, ask: toAsk(house, answer) };
  });

  api.post(
    '/api/assess/everywhere',
    { schema: { tags: ['assess'], body: everywhere } },
    async (request): Promise<CountriesView> => {
      await signedIn(serving, request);
      const { countries = [...law.assess.vocabulary.countries], ...rest } = request.body;
      return { countries: acrossCountries(law.assess, orRefuse(askedOf(house, rest)), countries) };
    },
  );

  api.post('/api/assess/alternatives', { schema: { tags: ['assess'], body: question } }, async (request) => {
    await signedIn(serving, request);
    return alternatives(law.assess, orRefuse(askedOf(house, request.body)));
  });

  api.post(
    '/api/assess/memo',
    { schema: { tags: ['assess'], body: question, querystring: language } },
    async (request, reply) => {
      await signedIn(serving, request);
      const pdf = await printMemo(house, orRefuse(assessTransfer(house, request.body)), request.query.lang);
      return reply.type('application/pdf').send(Buffer.from(pdf));
    },
  );
}

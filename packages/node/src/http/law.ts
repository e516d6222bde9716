import { alternatives } from '@comity/assess';
import { type Facts, isDay } from '@comity/core';
import { z } from 'zod';
import { assessEverywhere, assessTransfer } from '../app/assess.ts';
import type { House } from '../app/house.ts';
import { partyView } from '../app/view.ts';
import { orRefuse } from './problem.ts';
import type { Api, Serving } from './serving.ts';
import { signedIn } from './session.ts';

const range = z.strictObject({ min: z.number().optional(), max: z.number().optional() });
const factValue = z.union([z.string().max(200), z.number(), z.boolean(), z.array(z.string().max(200)).max(300), range]);
const question = z.strictObject({
  facts: z.record(z.string().max(100), factValue),
  on: z.string().refine(isDay, 'a day, YYYY-MM-DD'),
});
const everywhere = z.strictObject({ ...question.shape, countries: z.array(z.string().length(2)).min(1).max(260) });

/** The law: procedures and packs as loaded, assessments, and the parties one can turn to. */
export function lawRoutes(api: Api, serving: Serving): void {
  const { house } = serving;

  api.get('/api/parties', { schema: { tags: ['law'] } }, async (request) => {
    await signedIn(serving, request);
    const parties = house.directory.parties.map((party) => ({ ...partyView(party), facts: house.factCards[party.id] ?? null }));
    const datasets = house.catalogue.map(({ dataset, category }) => ({
      dataset,
      category,
      facts: house.factCards[`dataset:${dataset}`] ?? null,
    }));
    return { parties, datasets };
  });

  api.get('/api/law', { schema: { tags: ['law'] } }, async () => ({
    packs: house.law.assess.packs,
    procedures: [...house.law.procedures.values()].map(({ procedure, sha256 }) => ({
      id: procedure.id,
      version: procedure.version,
      sha256,
      reviewed: procedure.reviewed,
    })),
    vocabulary: vocabularyView(house),
  }));

  api.get(
    '/api/law/procedures/:id',
    { schema: { tags: ['law'], params: z.strictObject({ id: z.string().max(100) }) } },
    async (request, reply) => {
      const loaded = house.law.procedures.get(request.params.id);
      return loaded === undefined ? reply.callNotFound() : reply.type('application/json').send(loaded.text);
    },
  );

  api.post('/api/assess', { schema: { tags: ['law'], body: question } }, async (request) => {
    await signedIn(serving, request);
    const asked = { facts: factsOf(request.body.facts), on: request.body.on };
    return orRefuse(assessTransfer(house, asked));
  });

  api.post('/api/assess/everywhere', { schema: { tags: ['law'], body: everywhere } }, async (request) => {
    await signedIn(serving, request);
    const asked = { facts: factsOf(request.body.facts), on: request.body.on };
    orRefuse(assessTransfer(house, asked));
    return { countries: assessEverywhere(house, asked, request.body.countries) };
  });

  api.post('/api/assess/alternatives', { schema: { tags: ['law'], body: question } }, async (request) => {
    await signedIn(serving, request);
    const asked = { facts: factsOf(request.body.facts), on: request.body.on };
    orRefuse(assessTransfer(house, asked));
    return alternatives(house.law.assess, asked);
  });
}

/** Facts as the schema let them in; range members that were left out stay out. */
function factsOf(facts: z.infer<typeof question>['facts']): Facts {
  // Parser: zod types an absent optional member as undefined; validateFacts checks every value against the vocabulary.
  return facts as Facts;
}

/** The words of facts and duties as plain objects: JSON has no maps. */
function vocabularyView({ law }: House): object {
  const { id, facts, derived, duties, regimes } = law.assess.vocabulary;
  return { id, facts: Object.fromEntries(facts), derived, duties: Object.fromEntries(duties), regimes };
}

import { z } from 'zod';
import type { House } from '../app/house.ts';
import { datasetCards } from '../app/prepare/cards.ts';
import { partyView } from '../app/view.ts';
import type { Api, Serving } from './serving.ts';
import { signedIn } from './session.ts';

/** The law: procedures and packs as loaded, and the parties one can turn to. */
export function lawRoutes(api: Api, serving: Serving): void {
  const { house } = serving;

  api.get('/api/parties', { schema: { tags: ['law'] } }, async (request) => {
    await signedIn(serving, request);
    const parties = house.directory.parties.map((party) => ({ ...partyView(party), facts: house.factCards[party.id] ?? null }));
    return { parties, datasets: await datasetCards(house) };
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
}

/** The words of facts and duties as plain objects: JSON has no maps. */
function vocabularyView({ law }: House): object {
  const { id, facts, derived, duties, regimes } = law.assess.vocabulary;
  return { id, facts: Object.fromEntries(facts), derived, duties: Object.fromEntries(duties), regimes };
}

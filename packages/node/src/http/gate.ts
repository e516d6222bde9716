import type { DraftItem } from '@comity/assess';
import { IDENTIFIER_TYPES, type Json } from '@comity/core';
import { z } from 'zod';
import type { GateView, OpeningView } from '../api.ts';
import { askGate, type GateAsk } from '../app/askGate.ts';
import { openingView } from '../app/opening.ts';
import { orRefuse, Refused } from './problem.ts';
import type { Api, Serving } from './serving.ts';
import { signedIn } from './session.ts';

const instant = z.string().max(30);
const item = z.strictObject({
  id: z.string().max(40),
  identifierType: z.enum(IDENTIFIER_TYPES),
  value: z.string().max(320).optional(),
  category: z.enum(['subscriber', 'identification', 'traffic', 'content']).optional(),
  period: z.strictObject({ from: instant, until: instant }).optional(),
  zone: z.string().max(60).optional(),
});
const asked = z.strictObject({
  on: z.string().max(10).optional(),
  facts: z.record(z.string().max(100), z.json()).default({}),
  items: z.array(item).max(500).default([]),
  provider: z.string().max(100).optional(),
  language: z.string().length(2).optional(),
});

/** The gate before sending: would it be refused, what would be smaller, and by which route. */
export function gateRoutes(api: Api, serving: Serving): void {
  const { house } = serving;

  api.post('/api/gate', { schema: { tags: ['gate'], body: asked } }, async (request): Promise<GateView> => {
    await signedIn(serving, request);
    return orRefuse(askGate(house, given(request.body)));
  });

  api.get(
    '/api/law/procedures/:id/opening',
    { schema: { tags: ['gate'], params: z.strictObject({ id: z.string().max(100) }) } },
    async (request): Promise<OpeningView> => {
      await signedIn(serving, request);
      const view = openingView(house, request.params.id);
      if (view === undefined) throw new Refused({ code: 'procedure-unknown', values: { procedure: request.params.id } });
      return view;
    },
  );
}

/** The members that were given. */
function given({ on, facts, items, provider, language }: z.infer<typeof asked>): GateAsk {
  return {
    // Parser: what JSON holds is JSON; the words are checked against the vocabulary.
    facts: facts as Readonly<Record<string, Json>>,
    items: items.map(itemOf),
    ...(on === undefined ? {} : { on }),
    ...(provider === undefined ? {} : { provider }),
    ...(language === undefined ? {} : { language }),
  };
}

function itemOf({ id, identifierType, value, category, period, zone }: z.infer<typeof item>): DraftItem {
  return {
    ...{ id, identifierType },
    ...(value === undefined ? {} : { value }),
    ...(category === undefined ? {} : { category }),
    ...(period === undefined ? {} : { period }),
    ...(zone === undefined ? {} : { zone }),
  };
}

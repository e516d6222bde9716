import { randomBytes } from 'node:crypto';
import type { Facts } from '@comity/core';
import { type Catalogue, planFor } from '@comity/prepare';
import { claimsFacts, RESTRICTED_ZIP3 } from './datasets/index.ts';
import { FACT_CARDS } from './factCards.ts';

const ITEM = { id: 'd1', identifierType: 'dataset', category: 'records' } as const;

/** The fact cards with what the claims themselves say: how many people stand in them is counted, not declared. */
export async function countedFacts(claims: Catalogue, path: string): Promise<Readonly<Record<string, Facts>>> {
  const options = {
    nonce: randomBytes(32).toString('base64url'),
    keyRef: 'recipient',
    restrictedZip3: RESTRICTED_ZIP3,
    on: new Date().toISOString().slice(0, 10),
  };
  const plans = planFor([{ item: ITEM, identifier: { type: 'dataset', value: 'claims' } }], claims, options);
  const [plan] = plans.ok ? plans.value : [];
  if (plan === undefined) throw new Error('the claims have no plan');
  const { people } = await claimsFacts(path, plan);
  const counts = { 'data.subjects.count': people, 'data.us_people_12m.health': people, 'data.us_people_12m.identifiers': people };
  return { ...FACT_CARDS, 'dataset:claims': { ...FACT_CARDS['dataset:claims'], ...counts } };
}

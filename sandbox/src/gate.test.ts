import type { GateView, PartyView } from '@comity/node/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Actor, RefusedByNode } from './stories/actor.ts';
import { testSandbox } from './testing.ts';

let sandbox: Awaited<ReturnType<typeof testSandbox>>;
let prosecutor: Actor;

beforeAll(async () => {
  sandbox = await testSandbox();
  prosecutor = await Actor.signIn(sandbox, 'pt-prosecution', 'prosecutor-1');
});

afterAll(() => sandbox.stop());

const facts = {
  'order.instrument': 'epoc',
  'order.action': 'issue',
  'order.emergency': false,
  'order.necessity_attested': true,
  'issuer.kind': 'prosecutor',
  'issuer.validated_by': 'judge',
  'offence.max_penalty_years': 5,
  'offence.in_issuing_state': true,
  'person.in_issuing_state': false,
};
const period = { from: '2026-03-01T00:00:00.000Z', until: '2026-03-08T00:00:00.000Z' };
const item = {
  id: 'i1',
  identifierType: 'email',
  value: 'm.duarte@skymail.example',
  category: 'traffic',
  period,
  zone: 'Europe/Lisbon',
};

describe('would it be refused', () => {
  it('is answered by the node for a draft, with the smaller request and every route', async () => {
    const view = await prosecutor.post<GateView>('/api/gate', { facts, items: [item], provider: 'ie-skymail', language: 'pt' });
    expect(view.forecast.gate).toMatchObject({ decision: 'allowed', due: 'P10D', notify: true });
    expect(view.forecast.facts).toMatchObject({ 'issuer.country': 'PT', 'provider.country': 'IE', 'order.data': 'traffic' });
    expect(view.forecast.predictions.map(({ rule }) => rule)).toEqual(['forecast.more-than-needed']);
    expect(view.routes.map(({ instrument }) => instrument)).toContain('mla');
  });

  it('names the fact that has no such word, and the provider that is in no directory', async () => {
    const refused = (body: object): Promise<unknown> =>
      prosecutor.post('/api/gate', body).catch((error: unknown) => (error instanceof RefusedByNode ? error.problem : error));
    expect(await refused({ facts: { 'order.moon': true } })).toMatchObject({ code: 'fact-unknown', field: 'order.moon' });
    expect(await refused({ provider: 'nobody' })).toMatchObject({ code: 'recipient-unknown', field: 'provider' });
  });

  it('knows from the directory how a provider is asked', async () => {
    const { parties } = await prosecutor.get<{ parties: readonly PartyView[] }>('/api/parties');
    expect(parties.find(({ id }) => id === 'ie-skymail')?.card).toMatchObject({ addressed: 'designated-establishment' });
  });

  it('is asked when an order is opened: an identifier that cannot be one is refused, and never repeated', async () => {
    const opened = prosecutor.open({
      procedure: 'eu.epoc',
      type: 'draft',
      data: {},
      sections: { identifiers: { i1: { type: 'phone', value: '0122334455' } } },
    });
    const problem = await opened.catch((error: unknown) => (error instanceof RefusedByNode ? error.problem : error));
    expect(problem).toMatchObject({ code: 'phone-without-country', field: 'sections.identifiers.i1.value' });
    expect(JSON.stringify(problem)).not.toContain('122334455');
  });
});

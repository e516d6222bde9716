import type { Facts, ServiceCard } from '@comity/core';
import { describe, expect, test } from 'vitest';
import { committedGates } from '../testing/gates.ts';
import type { DraftItem, RequestDraft } from './draft.ts';
import { forecast } from './forecast.ts';
import { compareRoutes } from './routes.ts';

const gates = committedGates();
const ON = '2026-11-26';
const NOW = '2026-11-26T12:00:00.000Z';

const CARD: ServiceCard = {
  entity: 'Skymail Cloud Ltd',
  addressed: 'designated-establishment',
  address: '1 Quay, Dublin',
  languages: ['en', 'pt'],
  services: ['Skymail'],
  categories: ['subscriber', 'identification', 'traffic'],
  identifierTypes: ['email', 'user_id', 'ip_address'],
  formats: ['csv'],
  keeps: { traffic: 180, identification: 30 },
  callBack: '+35315550100',
  asOf: '2026-11-01',
};

const FACTS: Facts = {
  'order.instrument': 'epoc',
  'order.action': 'issue',
  'order.emergency': false,
  'order.necessity_attested': true,
  'issuer.country': 'PT',
  'issuer.kind': 'prosecutor',
  'issuer.validated_by': 'judge',
  'offence.max_penalty_years': 5,
  'offence.listed': false,
  'offence.in_issuing_state': true,
  'person.in_issuing_state': false,
};

const WHOSE: DraftItem = { id: 'i1', identifierType: 'email', value: 'a@skymail.example', category: 'subscriber' };
const PERIOD = { from: '2026-10-01T00:00:00.000Z', until: '2026-10-08T00:00:00.000Z' };
const USE: DraftItem = { ...WHOSE, id: 'i2', category: 'traffic', period: PERIOD, zone: 'Europe/Lisbon' };

function rulesOf(draft: Partial<RequestDraft>): readonly string[] {
  return forecast(gates, ON, { facts: FACTS, items: [WHOSE, USE], now: NOW, card: CARD, ...draft }).predictions.map(
    ({ rule }) => rule,
  );
}

describe('the forecast of refusals', () => {
  test('a sound request foretells nothing', () => {
    expect(rulesOf({})).toEqual([]);
  });

  test('what the gate would stop stands first, with law, ground and the fields to fix', () => {
    const { gate, predictions } = forecast(gates, ON, {
      facts: { ...FACTS, 'issuer.validated_by': 'none' },
      items: [USE],
      now: NOW,
    });
    expect(gate.decision).toBe('blocked');
    expect(predictions[0]).toMatchObject({
      rule: 'eu.e-evidence.4-2',
      by: 'gate',
      ground: 'eu.provider.not-competent',
      cite: 'Art. 4(2), (5)',
      confirmed: 'official',
      fields: ['issuer.kind', 'issuer.validated_by'],
    });
  });

  test('an unknown fact is the first field to fix, and items are fixed at the items', () => {
    const { predictions } = forecast(gates, ON, { facts: {}, items: [{ ...USE, zone: '' }], now: NOW });
    expect(predictions.map(({ fields }) => fields[0])).toContain('order.action');
    const zone = forecast(gates, ON, { facts: FACTS, items: [{ ...USE, zone: '' }], now: NOW });
    expect(zone.predictions).toContainEqual(
      expect.objectContaining({
        rule: 'eu.e-evidence.10-6',
        fields: ['items.i2.zone'],
        ground: 'eu.provider.insufficient-information',
      }),
    );
    expect(zone.gate.decision).toBe('return_incomplete');
  });

  test.each<[string, Partial<RequestDraft>]>([
    ['forecast.category-not-held', { items: [WHOSE, { ...USE, category: 'content' }] }],
    ['forecast.identifier-not-accepted', { items: [{ ...WHOSE, identifierType: 'imei', value: '490154203237518' }] }],
    ['forecast.language-not-accepted', { language: 'fr' }],
    ['forecast.identifier-unreadable', { items: [{ ...WHOSE, value: 'nobody' }] }],
    ['forecast.identifier-doubtful', { items: [{ ...WHOSE, identifierType: 'ip_address', value: '10.0.0.1' }] }],
    ['forecast.port-missing', { items: [{ ...WHOSE, identifierType: 'ip_address', value: '100.64.0.1' }] }],
    [
      'forecast.period-missing',
      { items: [WHOSE, { id: 'i2', identifierType: 'email', value: 'a@skymail.example', category: 'traffic' }] },
    ],
    ['forecast.period-reversed', { items: [WHOSE, { ...USE, period: { from: PERIOD.until, until: PERIOD.from } }] }],
    [
      'forecast.period-in-future',
      { items: [WHOSE, { ...USE, period: { from: PERIOD.from, until: '2026-12-01T00:00:00.000Z' } }] },
    ],
    ['forecast.period-long', { items: [WHOSE, { ...USE, period: { from: '2026-06-01T00:00:00.000Z', until: PERIOD.until } }] }],
    [
      'forecast.older-than-kept',
      { items: [WHOSE, { ...USE, period: { from: '2026-05-01T00:00:00.000Z', until: '2026-05-02T00:00:00.000Z' } }] },
    ],
    [
      'forecast.ends-soon',
      { items: [WHOSE, { ...USE, period: { from: '2026-06-05T00:00:00.000Z', until: '2026-06-08T00:00:00.000Z' } }] },
    ],
    ['forecast.more-than-needed', { items: [USE] }],
    ['forecast.existence-first', { items: [WHOSE, { ...USE, category: 'content' }] }],
    ['forecast.dual-criminality', { facts: { ...FACTS, 'offence.max_penalty_years': 2, 'offence.listed': true } }],
  ])('%s is foretold, and a sound request does not foretell it', (rule, draft) => {
    expect(rulesOf(draft)).toContain(rule);
  });

  test('a smaller request is proposed where there is one', () => {
    const smaller = (items: readonly DraftItem[]): unknown =>
      forecast(gates, ON, { facts: FACTS, items, now: NOW, card: CARD }).predictions.flatMap((one) => one.smaller ?? []);
    expect(smaller([USE])).toEqual([{ kind: 'subscriber-first', item: 'i2', category: 'subscriber' }]);
    const moment = { from: '2026-11-20T10:00:00.000Z', until: '2026-11-20T10:05:00.000Z' };
    expect(smaller([{ ...USE, identifierType: 'ip_address', value: '8.8.8.8:443', period: moment }])).toEqual([
      { kind: 'identification-instead', item: 'i2', category: 'identification' },
    ]);
    const long = { from: '2026-06-20T00:00:00.000Z', until: '2026-11-20T00:00:00.000Z' };
    expect(smaller([WHOSE, { ...USE, period: long }])).toEqual([
      { kind: 'shorter-period', item: 'i2', period: { from: '2026-08-22T00:00:00.000Z', until: long.until } },
    ]);
    expect(smaller([WHOSE, { ...USE, category: 'content' }])).toEqual([{ kind: 'existence-first', item: 'i2' }]);
  });
});

describe('the routes compared', () => {
  const routes = compareRoutes(gates, ON, {
    ...FACTS,
    'order.data': 'traffic',
    'order.target': 'specific',
    'person.us_person': false,
  });
  const named = (instrument: string) => routes.find((one) => one.instrument === instrument);

  test('those that may go stand first, then those of which something is not known', () => {
    expect(routes.map(({ instrument }) => instrument)).toHaveLength(10);
    expect(named('epoc')).toMatchObject({ answer: { decision: 'allowed' }, length: 'P10D', told: 'by-issuer' });
    expect(routes.slice(0, 3).map(({ instrument }) => instrument)).toEqual(['eio', 'epoc', 'epoc_pr']);
    expect(named('mla')?.answer.missing).toEqual(['order.treaty_in_force']);
    expect(routes.at(-1)?.answer.stops.some(({ missing }) => missing.length === 0)).toBe(true);
  });

  test('each shows through whose hands it goes, and what its law sets as time', () => {
    expect(named('epoc')?.hands).toEqual(['drafter', 'issuing-authority', 'judge', 'enforcing-authority', 'provider']);
    expect(named('mla')).toMatchObject({ length: null, ageing: [30, 90, 180], procedure: 'mla.request' });
    expect(named('epoc_pr')).toMatchObject({ preserves: true, length: 'P60D' });
    const whose = compareRoutes(gates, ON, { ...FACTS, 'order.data': 'subscriber', 'order.target': 'specific' });
    expect(whose.find(({ instrument }) => instrument === 'epoc')?.hands).toEqual(['drafter', 'issuing-authority', 'provider']);
  });
});

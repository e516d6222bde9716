import type { OpeningView } from '@comity/node/api';
import { describe, expect, test } from 'vitest';
import { anyFieldOf, anyGateAsk, emptyDraft, faultsOfAny, openingAct, readAny } from './anyDraft.ts';
import { fieldOf, gateAskOf, withSmaller } from './gateAsk.ts';
import { draftAct, emptyItem, emptyOrder, faultsOf, preservationNeeds, readOrder } from './order.ts';

const NOW = Date.parse('2026-11-26T12:00:00.000Z');
const draft = {
  ...emptyOrder('Europe/Lisbon'),
  items: [
    { ...emptyItem('i1', 'Europe/Lisbon'), value: ' A@Skymail.example ', category: 'subscriber' as const },
    {
      ...emptyItem('i2', 'Europe/Lisbon'),
      type: 'ip_address' as const,
      value: '8.8.8.8:443',
      category: 'traffic' as const,
      from: '2026-10-01T00:00',
      until: '2026-10-02T00:00',
    },
  ],
};

describe('the order, in the words of the gate', () => {
  test('says what was keyed and nothing else', () => {
    const asked = gateAskOf(draft);
    expect(asked.facts).not.toHaveProperty('offence.max_penalty_years');
    expect(asked.facts).not.toHaveProperty('order.necessity_attested');
    expect(asked.items[0]).toEqual({ id: 'i1', identifierType: 'email', value: ' A@Skymail.example ', category: 'subscriber' });
    expect(asked.items[1]).toMatchObject({
      period: { from: '2026-09-30T23:00:00.000Z', until: '2026-10-01T23:00:00.000Z' },
      zone: 'Europe/Lisbon',
    });
  });

  test('leads each name back to its field', () => {
    expect(fieldOf('items.i2.period', draft)).toBe('data.items.1.period.from');
    expect(fieldOf('offence.max_penalty_years', draft)).toBe('data.maxPenaltyYears');
    expect(fieldOf('order.privileged', draft)).toBeUndefined();
  });

  test('takes a smaller request in the zone in which it was keyed', () => {
    const period = { from: '2026-09-30T23:00:00.000Z', until: '2026-10-01T11:00:00.000Z' };
    const smaller = withSmaller(draft.items, { kind: 'shorter-period', item: 'i2', period });
    expect(smaller?.[1]).toMatchObject({ from: '2026-10-01T00:00', until: '2026-10-01T12:00' });
    expect(withSmaller(draft.items, { kind: 'existence-first', item: 'i2' })).toBeUndefined();
  });

  test('sends what was read; an older draft opens with what it knows', () => {
    expect(draftAct(draft, 'pt').sections['identifiers']).toMatchObject({ i1: { type: 'email', value: 'A@skymail.example' } });
    const { listedOffence: _, follows: __, ...older } = draft;
    expect(readOrder(older)).toEqual(draft);
    expect(faultsOf({ ...draft, items: [{ ...emptyItem('i1', 'UTC'), type: 'imei', value: '1' }] }, NOW)).toMatchObject({
      'data.items.0.value': 'imei-invalid',
    });
  });

  test('asks less of a preservation than of production', () => {
    expect(preservationNeeds(draft, NOW)).not.toContain('data.maxPenaltyYears');
    expect(preservationNeeds(draft, NOW)).toContain('sections.necessity');
  });
});

const OPENING: OpeningView = {
  procedure: 'mla.request',
  act: 'draft',
  seat: 'requesting',
  seats: [{ seat: 'central-out', required: true }],
  assignsOwn: true,
  categories: ['subscriber', 'content'],
  identifierTypes: ['email'],
  carries: { purpose: 'word', maxPenaltyYears: 'count', treatyInForce: 'flag', retentionUntil: 'instant' },
  mayCarry: { emergency: 'flag', danger: ['life'], secretUntil: 'instant' },
  sections: [
    { name: 'identifiers', readers: [], required: true },
    { name: 'necessity', readers: [], required: true },
    { name: 'assurances', readers: [], required: false },
  ],
  gate: { instrument: 'mla', issuerKind: 'prosecutor' },
};

describe('a form made of what a procedure asks for', () => {
  const start = emptyDraft(OPENING, 'Europe/Lisbon', []);
  const filled = {
    items: [{ ...emptyItem('i1', 'Europe/Lisbon'), value: 'a@b.example', category: 'subscriber' as const }],
    members: {
      purpose: 'criminal-investigation',
      maxPenaltyYears: '5',
      treatyInForce: 'yes',
      retentionUntil: '2027-06-30T00:00',
    },
    texts: { necessity: ' because ' },
    seats: { 'central-out': 'pt-central' },
  };

  test('names what is missing, and nothing that may be left out', () => {
    expect(Object.keys(faultsOfAny(OPENING, start, NOW)).sort()).toEqual([
      'data.items.0.category',
      'data.items.0.value',
      'data.seats.central-out',
      'member.maxPenaltyYears',
      'member.purpose',
      'member.retentionUntil',
      'member.treatyInForce',
      'sections.necessity',
    ]);
    expect(faultsOfAny(OPENING, filled, NOW)).toEqual({});
  });

  test('makes the act that opens the case, each member as its kind', () => {
    expect(openingAct(OPENING, filled, { party: 'pt', zone: 'UTC' })).toEqual({
      type: 'draft',
      data: {
        seats: { requesting: 'pt', 'central-out': 'pt-central' },
        items: [{ id: 'i1', identifierType: 'email', category: 'subscriber' }],
        purpose: 'criminal-investigation',
        maxPenaltyYears: 5,
        treatyInForce: true,
        retentionUntil: '2027-06-30T00:00:00.000Z',
      },
      sections: { identifiers: { i1: { type: 'email', value: 'a@b.example' } }, necessity: { text: 'because' } },
    });
  });

  test('asks the gate what was keyed, and leads back to the field', () => {
    expect(anyGateAsk(OPENING, filled)?.facts).toMatchObject({ 'order.instrument': 'mla', 'order.treaty_in_force': true });
    expect(anyGateAsk(OPENING, start)?.facts).not.toHaveProperty('order.treaty_in_force');
    const names = { members: ['treatyInForce'], texts: ['necessity'] };
    expect(anyFieldOf('order.treaty_in_force', names)).toBe('member.treatyInForce');
    expect(anyFieldOf('offence.max_penalty_years', names)).toBeUndefined();
    expect(readAny(JSON.parse(JSON.stringify(filled)))).toEqual(filled);
    expect(readAny({ items: [1] })).toBeUndefined();
  });
});

import type { DataCategory, JsonObject } from '@comity/core';
import type { CaseState, Trace } from '@comity/procedure';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CountedCase } from './order.ts';
import { statisticsOf } from './statistics.ts';
import { DEFINITIONS, definitionsIn } from './words.ts';

const ASK = { year: 2026, zone: 'Europe/Lisbon', now: '2026-12-31T23:00:00.000Z' };
let number = 0;

interface Given {
  readonly procedure?: string;
  readonly data?: JsonObject;
  readonly items?: readonly (readonly [category: DataCategory, tracks: Readonly<Record<string, string>>])[];
  readonly acts?: readonly (readonly [type: string, at: string, data?: JsonObject])[];
  readonly seats?: Readonly<Record<string, string>>;
  readonly id?: string;
}

function caseOf({
  procedure = 'eu.epoc',
  data = {},
  items = [['traffic', { answer: 'delivered' }]],
  acts = [],
  seats = {},
  id,
}: Given): CountedCase {
  const traces = [['draft', '2026-03-01T08:00:00.000Z', data] as const, ...acts].map(
    ([type, at, told], index): Trace => ({
      ...{ digest: `d${index}`, type, party: 'p', person: 'x', role: 'r', seat: 's', at },
      data: told ?? {},
    }),
  );
  const state: CaseState = {
    case: id ?? `case-${++number}`,
    seats: { provider: 'ie-skymail', ...seats },
    tracks: { order: 'sent' },
    items: items.map(([category, tracks], index) => ({
      item: { id: `i${index}`, identifierType: 'email', category },
      tracks,
      decisions: {},
    })),
    done: traces,
  };
  return { procedure, state };
}

const SENT = [
  ['issue', '2026-03-01T09:00:00.000Z'],
  ['send', '2026-03-01T10:00:00.000Z'],
] as const;
const decided = (item: string, more: JsonObject = {}): JsonObject => ({ decisions: [{ item, choice: 'x', ...more }] });
const figures = (...cases: readonly CountedCase[]) => statisticsOf(cases, ASK);
const row = { type: 'traffic', addressee: 'ie-skymail', emergency: false };

describe('the statistics of article 28', () => {
  it('(a) count what was issued and sent, by type of data, addressee and situation, and keep the units apart', () => {
    const two = caseOf({
      acts: SENT,
      items: [
        ['subscriber', {}],
        ['traffic', {}],
        ['traffic', { approval: 'struck' }],
      ],
    });
    const told = figures(
      two,
      caseOf({ acts: SENT, data: { emergency: true } }),
      caseOf({}),
      caseOf({ procedure: 'mla.request', acts: SENT }),
    );
    expect(told.a).toEqual([
      { instrument: 'EPOC', type: 'subscriber', addressee: 'ie-skymail', emergency: false, orders: 1, items: 1 },
      { instrument: 'EPOC', ...row, orders: 1, items: 1 },
      { instrument: 'EPOC', ...row, emergency: true, orders: 1, items: 1 },
    ]);
    expect(told.units).toEqual({
      requests: 2,
      instruments: { EPOC: 2, 'EPOC-PR': 0 },
      items: 3,
      identifiers: null,
      persons: null,
    });
    const known = (counted: CountedCase): CountedCase => ({
      ...counted,
      identifiers: new Map([
        ['i0', 'one'],
        ['i1', 'one'],
      ]),
    });
    expect(figures(known(two)).units.identifiers).toBe(1);
  });

  it('(b, i) count orders without prior validation, refused ones, and those that nobody validated in time', () => {
    const open = (at: string, ...more: readonly (readonly [string, string])[]) =>
      caseOf({ acts: [['issue-unvalidated', at], ['send', at], ...more] });
    const told = figures(
      open('2026-03-01T09:00:00.000Z'),
      open('2026-03-01T09:00:00.000Z', ['refuse-afterwards', '2026-03-02T09:00:00.000Z']),
      open('2026-12-31T09:00:00.000Z'),
      open('2026-03-01T09:00:00.000Z', ['validate-afterwards', '2026-03-02T09:00:00.000Z']),
    );
    expect([told.b, told.i]).toEqual([4, { refused: 1, lapsed: 1 }]);
  });

  it('(c) tell fulfilled, partly, not fulfilled and pending apart, and kept data of a preservation as fulfilled', () => {
    const of = (...answers: readonly string[]) =>
      caseOf({ acts: SENT, items: answers.map((answer) => ['traffic', { answer }] as const) });
    const kept = caseOf({ procedure: 'eu.epoc-pr', acts: SENT, items: [['traffic', { keep: 'kept' }]] });
    const told = figures(of('delivered'), of('delivered', 'refused'), of('refused'), of('open', 'delivered'), kept);
    expect(told.c.map(({ instrument, outcome, orders }) => [instrument, outcome, orders])).toEqual([
      ['EPOC', 'fulfilled', 1],
      ['EPOC', 'not-fulfilled', 1],
      ['EPOC', 'partly', 1],
      ['EPOC', 'pending', 1],
      ['EPOC-PR', 'fulfilled', 1],
    ]);
  });

  it('(d) count notifications, and refusals by ground and by who raised it; a condition is no refusal', () => {
    const notified = caseOf({
      seats: { enforcing: 'ie-authority' },
      acts: [
        ...SENT,
        [
          'object',
          '2026-03-05T09:00:00.000Z',
          {
            decisions: [
              { item: 'i0', choice: 'object', ground: 'eu.ea.ne-bis-in-idem' },
              { item: 'i0', choice: 'condition', ground: 'eu.ea.not-an-offence' },
            ],
          },
        ],
        ['refuse', '2026-03-06T09:00:00.000Z', decided('i0', { ground: 'eu.provider.not-stored' })],
      ],
    });
    const { notifications, refusals } = figures(notified, caseOf({ acts: SENT })).d;
    expect(notifications.map(({ orders }) => orders)).toEqual([1]);
    expect(refusals.map(({ ground, by, orders, items }) => [ground, by, orders, items])).toEqual([
      ['eu.ea.ne-bis-in-idem', 'enforcing', 1, 1],
      ['eu.provider.not-stored', 'provider', 1, 1],
    ]);
  });

  it('(e) measure from the issue, or the validation before the sending, to the last item', () => {
    const told = figures(
      caseOf({
        items: [
          ['traffic', { answer: 'delivered' }],
          ['traffic', { answer: 'delivered' }],
        ],
        acts: [
          ['issue', '2026-03-01T09:00:00.000Z'],
          ['validate', '2026-03-01T21:00:00.000Z'],
          ['send', '2026-03-02T09:00:00.000Z'],
          ['receive-delivery', '2026-03-02T21:00:00.000Z', decided('i0')],
          ['receive-delivery', '2026-03-03T09:00:00.000Z', decided('i1')],
        ],
      }),
    );
    expect(told.e).toEqual([{ ...row, orders: 1, hours: 36 }]);
  });

  it('(f) measure from the preservation to the order that follows it, not to the data', () => {
    const preservation = caseOf({ id: 'pr', procedure: 'eu.epoc-pr', acts: SENT, items: [['traffic', { keep: 'kept' }]] });
    const following = caseOf({
      data: { follows: 'pr' },
      acts: [
        ['issue', '2026-03-11T09:00:00.000Z'],
        ['send', '2026-03-11T10:00:00.000Z'],
        ['receive-delivery', '2026-05-01T09:00:00.000Z', decided('i0')],
      ],
    });
    expect(figures(preservation, following).f).toEqual([{ ...row, orders: 1, hours: 240 }]);
    expect(figures(preservation).f).toEqual([]);
  });

  it('(g, h, j) count enforcement in the year of its transmission, costs claim by claim, and say null where no act tells', () => {
    const told = figures(
      caseOf({
        acts: [
          ['issue', '2025-12-01T09:00:00.000Z'],
          ['send', '2025-12-01T10:00:00.000Z'],
          ['ask-enforcement', '2026-01-20T09:00:00.000Z'],
          ['receive-enforcement', '2026-01-20T10:00:00.000Z'],
          ['claim-costs', '2026-02-01T09:00:00.000Z', { amount: 40, currency: 'EUR' }],
          ['open-remedy', '2026-03-01T09:00:00.000Z', { soughtBy: 'person' }],
        ],
      }),
    );
    expect([told.a, told.g.transmitted.length, told.g.received.length, told.g.fulfilled.length]).toEqual([[], 1, 1, 1]);
    expect(told.h).toEqual({ issuing: [{ type: 'traffic', remedies: 1, annulled: 0 }], enforcing: null });
    expect(told.j).toEqual({ claims: 1, decided: 0, amounts: [{ act: 'claim-costs', amount: 40, currency: 'EUR' }] });
  });

  it('count a day where it is: midnight in Lisbon belongs to another year than in Tokyo', () => {
    const late = caseOf({
      acts: [
        ['issue', '2026-12-31T16:00:00.000Z'],
        ['send', '2026-12-31T16:00:00.000Z'],
      ],
    });
    expect(statisticsOf([late], ASK).a).toHaveLength(1);
    expect(statisticsOf([late], { ...ASK, zone: 'Asia/Tokyo' }).a).toHaveLength(0);
  });

  it('are the same in whatever order the cases come, and rows of orders never exceed the instruments', () => {
    const drawn = fc.array(
      fc.record({
        categories: fc.uniqueArray(fc.constantFrom<DataCategory>('subscriber', 'traffic', 'content'), { minLength: 1 }),
        answer: fc.constantFrom('open', 'delivered', 'refused'),
        emergency: fc.boolean(),
      }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(drawn, (given) => {
        const cases = given.map(({ categories, answer, emergency }) =>
          caseOf({ acts: SENT, data: { emergency }, items: categories.map((category) => [category, { answer }] as const) }),
        );
        const told = figures(...cases);
        expect(figures(...[...cases].reverse())).toEqual(told);
        for (const { orders } of [...told.a, ...told.c]) expect(orders).toBeLessThanOrEqual(told.units.instruments.EPOC);
        expect(told.a.reduce((sum, { items }) => sum + items, 0)).toBe(told.units.items);
      }),
    );
  });

  it('have their definitions in every language, as part of them', () => {
    for (const language of ['en', 'fr', 'ar'] as const) expect(Object.keys(definitionsIn(language))).toEqual([...DEFINITIONS]);
    for (const letter of 'abcdefghij') expect(DEFINITIONS).toContain(letter);
  });
});

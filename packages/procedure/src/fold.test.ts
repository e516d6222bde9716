import { createHash } from 'node:crypto';
import { type ActBody, actDigest, type JsonObject, type Sha256 } from '@comity/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from './fold.ts';
import { loadProcedure } from './load.ts';
import type { Setting } from './state.ts';

const sha256: Sha256 = (bytes) => createHash('sha256').update(bytes).digest();
const letters = { read: { seat: 'asker', roles: ['clerk'] }, answer: { seat: 'holder', roles: ['clerk'] } };

/** A small procedure: ask two items, a judge approves each, the holder answers those approved, the asker may withdraw. */
function setting(): Setting {
  const loaded = loadProcedure({
    procedure: 'test.letters',
    version: 1,
    instrument: 'test',
    'in-force': { from: '2026-01-01', until: '2027-01-01' },
    reviewed: { by: [], on: null },
    'identifier-types': ['email'],
    categories: ['subscriber', 'traffic'],
    seats: { asker: { roles: ['clerk', 'chief'] }, judge: { roles: ['judge'] }, holder: { roles: ['clerk'] } },
    tracks: {
      request: { owner: 'asker', start: 'none', states: ['none', 'asked', 'withdrawn'] },
      ruling: { owner: 'judge', start: 'none', states: ['none', 'ruled'] },
    },
    'item-tracks': {
      approval: { owner: 'judge', start: 'open', states: ['open', 'approved', 'struck'] },
      answer: { owner: 'holder', start: 'open', states: ['open', 'answered', 'refused'] },
    },
    acts: {
      ask: {
        seat: 'asker',
        roles: letters.read.roles,
        opens: true,
        assigns: ['asker', 'judge', 'holder'],
        to: { request: 'asked' },
        'may-carry': { secretUntil: 'instant' },
        shares: ['judge', 'holder'],
      },
      rule: {
        seat: 'judge',
        roles: ['judge'],
        'differs-from': ['ask'],
        when: [{ track: 'ruling', is: ['none'], because: 'already-ruled' }],
        to: { ruling: 'ruled' },
        items: {
          track: 'approval',
          complete: true,
          choices: {
            approve: { from: ['open'], to: 'approved' },
            strike: { from: ['open'], to: 'struck', grounds: ['too-wide'] },
          },
        },
        shares: ['asker', 'holder'],
      },
      answer: {
        seat: 'holder',
        roles: letters.answer.roles,
        when: [
          { not: { track: 'request', is: ['withdrawn'] }, because: 'withdrawn' },
          { clock: 'time', is: 'running', because: 'too-late' },
        ],
        items: {
          track: 'answer',
          complete: false,
          choices: {
            answer: {
              from: ['open'],
              to: 'answered',
              only: { track: 'approval', is: ['approved'] },
              carries: { digest: 'digest' },
            },
          },
        },
        shares: ['asker'],
      },
      withdraw: { seat: 'asker', roles: ['clerk', 'chief'], to: { request: 'withdrawn' }, shares: ['holder', 'judge'] },
    },
    clocks: {
      time: { from: ['rule'], length: 'P10D', seat: 'holder', stops: { track: 'request', is: ['withdrawn'] }, cite: 'test 1' },
    },
    duties: {
      rule: {
        seat: 'judge',
        acts: ['rule'],
        when: { track: 'request', is: ['asked'] },
        until: { track: 'ruling', is: ['ruled'] },
      },
    },
    custody: {},
    holidays: {},
  });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.refusal));
  return { procedure: loaded.value, calendarOf: () => ({ zone: 'Europe/Dublin', holidays: [], holidaysKnown: true }) };
}

interface Draft {
  readonly type: string;
  readonly by: string;
  readonly hour: number;
  readonly prev?: readonly ActBody[];
  readonly data?: JsonObject;
  readonly person?: string;
}

const SEATS: Record<string, { seat: string; role: string }> = {
  pt: { seat: 'asker', role: 'clerk' },
  court: { seat: 'judge', role: 'judge' },
  ie: { seat: 'holder', role: 'clerk' },
};

function act(draft: Draft): ActBody {
  const who = SEATS[draft.by];
  return {
    v: 1,
    env: 'sandbox',
    id: `act-${draft.type}-${draft.by}-${draft.hour}`,
    case: 'case-1',
    procedure: { id: 'test.letters', version: 1, sha256: '' },
    type: draft.type,
    by: { party: draft.by, person: draft.person ?? `${draft.by}-1`, role: who?.role ?? '', seat: who?.seat ?? '' },
    at: `2026-10-01T${String(draft.hour).padStart(2, '0')}:00:00.000Z`,
    prev: (draft.prev ?? []).map((body) => actDigest(body, sha256)),
    data: draft.data ?? {},
    sections: {},
  };
}

const period = { from: '2026-03-01T00:00:00.000Z', until: '2026-04-01T00:00:00.000Z' };
const ask = act({
  type: 'ask',
  by: 'pt',
  hour: 1,
  data: {
    seats: { asker: 'pt', judge: 'court', holder: 'ie' },
    items: [
      { id: 'i1', identifierType: 'email', category: 'subscriber' },
      { id: 'i2', identifierType: 'email', category: 'traffic', period, zone: 'Europe/Lisbon' },
    ],
  },
});
const rule = act({
  type: 'rule',
  by: 'court',
  hour: 2,
  prev: [ask],
  data: {
    decisions: [
      { item: 'i1', choice: 'approve' },
      { item: 'i2', choice: 'strike', ground: 'too-wide' },
    ],
  },
});
const digest = 'a'.repeat(64);
const answer = act({
  type: 'answer',
  by: 'ie',
  hour: 3,
  prev: [rule],
  data: { decisions: [{ item: 'i1', choice: 'answer', digest }] },
});
const withdraw = act({ type: 'withdraw', by: 'pt', hour: 3, prev: [rule] });
const refusalOf = (bodies: readonly ActBody[], last: ActBody): string | undefined =>
  fold(setting(), [...bodies, last], sha256).acts.find((judged) => judged.digest === actDigest(last, sha256))?.refusal?.code;

describe('a case is the fold of its acts', () => {
  it('moves items one by one as the acts say', () => {
    const { state, acts } = fold(setting(), [ask, rule, answer], sha256);
    expect(acts.map((judged) => judged.verdict)).toEqual(['counted', 'counted', 'counted']);
    expect(state.items.map((item) => item.tracks)).toEqual([
      { approval: 'approved', answer: 'answered' },
      { approval: 'struck', answer: 'open' },
    ]);
  });

  it('lets an act carry what it may carry, or leave it out, but not in another form', () => {
    const carrying = (secretUntil: string): ActBody => ({ ...ask, data: { ...ask.data, secretUntil } });
    expect(refusalOf([], carrying('2027-01-01T00:00:00.000Z'))).toBeUndefined();
    expect(refusalOf([], carrying('next year'))).toBe('field-invalid');
  });

  it('lets an act wait until everything it refers to has arrived', () => {
    expect(fold(setting(), [ask, answer], sha256).acts.map((judged) => judged.verdict)).toEqual(['counted', 'waiting']);
  });

  it('counts what two seats do at the same time, whatever arrives first', () => {
    const { state, heads } = fold(setting(), [ask, rule, withdraw, answer], sha256);
    expect(state.tracks['request']).toBe('withdrawn');
    expect(state.items[0]?.tracks['answer']).toBe('answered');
    expect(heads).toHaveLength(2);
  });

  it('changes nothing by an act that the procedure does not allow', () => {
    const late = act({
      type: 'answer',
      by: 'ie',
      hour: 4,
      prev: [withdraw],
      data: { decisions: [{ item: 'i1', choice: 'answer', digest }] },
    });
    const before = fold(setting(), [ask, rule, withdraw], sha256);
    const after = fold(setting(), [ask, rule, withdraw, late], sha256);
    expect(after.state).toEqual(before.state);
    expect(after.heads).toEqual(before.heads);
  });

  it('gives the same case for any order and any repetition of the messages', () => {
    const acts = [ask, rule, answer, withdraw];
    const expected = fold(setting(), acts, sha256);
    const anyArrival = fc.shuffledSubarray([...acts, ...acts], { minLength: 8 });
    fc.assert(fc.property(anyArrival, (arrival) => void expect(fold(setting(), arrival, sha256)).toEqual(expected)));
  });
});

describe('an act is refused', () => {
  it('when the asker rules on their own request', () => {
    const sameHand = act({
      type: 'ask',
      by: 'pt',
      hour: 1,
      person: 'x-1',
      data: { ...ask.data, seats: { asker: 'pt', judge: 'pt', holder: 'ie' } },
    });
    const own = {
      ...rule,
      prev: [actDigest(sameHand, sha256)],
      by: { party: 'pt', person: 'x-1', role: 'judge', seat: 'judge' },
    };
    expect(refusalOf([sameHand], own)).toBe('act-by-asker');
  });

  it('when its maker does not hold the seat, or not the role', () => {
    expect(refusalOf([ask], { ...rule, prev: [actDigest(ask, sha256)], by: { ...rule.by, party: 'ie' } })).toBe('seat-not-held');
    expect(refusalOf([ask], { ...rule, prev: [actDigest(ask, sha256)], by: { ...rule.by, role: 'clerk' } })).toBe(
      'role-not-allowed',
    );
  });

  it('when it is dated before what it answers', () => {
    expect(refusalOf([ask], { ...rule, at: '2026-10-01T00:30:00.000Z' })).toBe('act-too-early');
  });

  it('when an item is left undecided, unknown, or not open', () => {
    const decide = (decisions: JsonObject[]): ActBody => ({ ...rule, data: { decisions } });
    expect(refusalOf([ask], decide([{ item: 'i1', choice: 'approve' }]))).toBe('items-undecided');
    expect(refusalOf([ask], decide([{ item: 'i9', choice: 'approve' }]))).toBe('item-unknown');
    expect(refusalOf([ask, rule], { ...answer, data: { decisions: [{ item: 'i2', choice: 'answer', digest }] } })).toBe(
      'item-not-open',
    );
  });

  it('when a ground is missing or from another list', () => {
    const strike = (ground: JsonObject): ActBody => ({
      ...rule,
      data: {
        decisions: [
          { item: 'i1', choice: 'approve' },
          { item: 'i2', choice: 'strike', ...ground },
        ],
      },
    });
    expect(refusalOf([ask], strike({}))).toBe('ground-unknown');
    expect(refusalOf([ask], strike({ ground: 'eu.provider.not-stored' }))).toBe('ground-unknown');
  });

  it('when it is named after what every object has, or decides by such a name', () => {
    expect(refusalOf([ask], { ...rule, type: 'constructor' })).toBe('act-unknown');
    expect(refusalOf([ask], { ...rule, data: { decisions: [{ item: 'i1', choice: 'toString' }] } })).toBe('field-invalid');
    expect(refusalOf([ask], { ...rule, sections: { valueOf: 'x' } })).toBe('field-unknown');
  });

  it('when its time is over', () => {
    expect(refusalOf([ask, rule], { ...answer, at: '2026-10-13T00:00:00.000Z' })).toBe('act-not-allowed');
  });

  it('when the basis has expired', () => {
    expect(refusalOf([], { ...ask, at: '2027-01-01T00:00:00.000Z' })).toBe('basis-expired');
  });

  it.each([
    ['unknown-identifier-type', { id: 'i1', identifierType: 'fax', category: 'subscriber' }],
    ['unknown-category', { id: 'i1', identifierType: 'email', category: 'everything' }],
    ['period-missing', { id: 'i1', identifierType: 'email', category: 'traffic' }],
    [
      'period-reversed',
      {
        id: 'i1',
        identifierType: 'email',
        category: 'traffic',
        zone: 'Europe/Lisbon',
        period: { from: period.until, until: period.from },
      },
    ],
    ['zone-missing', { id: 'i1', identifierType: 'email', category: 'traffic', period }],
    [
      'period-in-future',
      {
        id: 'i1',
        identifierType: 'email',
        category: 'traffic',
        zone: 'Europe/Lisbon',
        period: { ...period, until: '2026-12-01T00:00:00.000Z' },
      },
    ],
    ['field-unknown', { id: 'i1', identifierType: 'email', category: 'subscriber', colour: 'red' }],
  ])('with %s when an item is wrong in that way', (code, item) => {
    expect(refusalOf([], { ...ask, data: { ...ask.data, items: [item] } as JsonObject })).toBe(code);
  });
});

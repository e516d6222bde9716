import { createHash } from 'node:crypto';
import { type ActBody, actDigest, type JsonObject, type Sha256 } from '@comity/core';
import { describe, expect, it } from 'vitest';
import { clockOf } from './clocks.ts';
import { fold } from './fold.ts';
import { holds } from './guard.ts';
import { loadProcedure } from './load.ts';
import type { CaseState, Setting } from './state.ts';

const sha256: Sha256 = (bytes) => createHash('sha256').update(bytes).digest();
const cite = 'test';
const never = { done: 'withdraw' };

/** A letter to a holder, with a second reader where the asker wants one: what the words of a procedure can say of clocks, seats and members. */
const LETTER = {
  procedure: 'test.letter',
  version: 1,
  instrument: 'test',
  'in-force': { from: '2026-01-01' },
  reviewed: { by: [], on: null },
  seats: { asker: { roles: ['clerk'] }, holder: { roles: ['clerk'] }, reader: { roles: ['clerk'] } },
  tracks: { letter: { owner: 'asker', start: 'none', states: ['none', 'sent'] } },
  acts: {
    send: {
      seat: 'asker',
      roles: ['clerk'],
      opens: true,
      assigns: ['asker', 'holder'],
      'may-assign': ['reader'],
      to: { letter: 'sent' },
      carries: { urgent: 'flag', years: 'count', colour: ['red', 'blue'] },
    },
    doubt: { seat: 'holder', roles: ['clerk'], 'may-carry': { about: 'case' } },
    explain: { seat: 'asker', roles: ['clerk'] },
    delay: { seat: 'asker', roles: ['clerk'], carries: { again: 'instant' } },
    withdraw: { seat: 'asker', roles: ['clerk'] },
    read: { seat: 'reader', roles: ['clerk'] },
    answer: {
      seat: 'holder',
      roles: ['clerk'],
      when: [{ clock: 'answer', is: 'running', because: 'too-late' }],
    },
  },
  clocks: {
    answer: {
      from: ['send'],
      length: 'P10D',
      seat: 'holder',
      when: { said: 'send', member: 'urgent', is: [false] },
      pauses: { from: ['doubt'], until: ['explain'] },
      stops: never,
      cite,
    },
    urgent: {
      from: ['send'],
      length: 'PT8H',
      seat: 'holder',
      when: { said: 'send', member: 'urgent', is: [true] },
      stops: never,
      cite,
    },
    explanation: { from: ['doubt'], again: true, 'working-days': 5, seat: 'asker', stops: never, cite },
    again: { from: ['delay'], again: true, 'due-at': 'again', seat: 'asker', stops: never, cite },
  },
};

function setting(): Setting {
  const loaded = loadProcedure(LETTER);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.refusal));
  return { procedure: loaded.value, calendarOf: () => ({ zone: 'Europe/Dublin', holidays: [], holidaysKnown: true }) };
}

interface Said {
  readonly type: string;
  readonly at: string;
  readonly seat: string;
  readonly data?: JsonObject;
}

const sent = { urgent: false, years: 3, colour: 'red', seats: { asker: 'a', holder: 'h' } };

/** Folds a chain of acts, each made in knowledge of the one before. */
function told(said: readonly Said[]): ReturnType<typeof fold> {
  let prev: readonly string[] = [];
  const bodies = said.map(({ type, at, seat, data }): ActBody => {
    const body: ActBody = {
      v: 1,
      env: 'sandbox',
      id: `00000000-0000-7000-8000-0000000000${String(said.length)}0`,
      case: 'c',
      procedure: { id: 'test.letter', version: 1, sha256: '0'.repeat(64) },
      type,
      by: { party: { asker: 'a', holder: 'h', reader: 'r' }[seat] ?? '', person: 'p', role: 'clerk', seat },
      at,
      prev,
      data: data ?? {},
      sections: {},
    };
    prev = [actDigest(body, sha256)];
    return body;
  });
  return fold(setting(), bodies, sha256);
}

const open: Said = { type: 'send', at: '2026-10-01T10:00:00.000Z', seat: 'asker', data: sent };
const clock = (state: CaseState, id: string, now: string) => clockOf(setting(), state, { id, now });

describe('clocks', () => {
  it('run only in the cases that they are for', () => {
    const calm = told([open]).state;
    const urgent = told([{ ...open, data: { ...sent, urgent: true } }]).state;
    expect(clock(calm, 'urgent', open.at)).toBeUndefined();
    expect(clock(urgent, 'answer', open.at)).toBeUndefined();
    expect(clock(urgent, 'urgent', open.at)?.strict).toBe('2026-10-01T18:00:00.000Z');
  });

  it('stand still while a doubt is open, and are due later by as much', () => {
    const doubt: Said = { type: 'doubt', at: '2026-10-02T10:00:00.000Z', seat: 'holder' };
    const explain: Said = { type: 'explain', at: '2026-10-05T10:00:00.000Z', seat: 'asker' };
    const doubted = told([open, doubt]).state;
    expect(clock(doubted, 'answer', '2026-12-24T10:00:00.000Z')?.state).toBe('suspended');
    const explained = told([open, doubt, explain]).state;
    expect(clock(explained, 'answer', '2026-10-06T10:00:00.000Z')).toMatchObject({
      state: 'running',
      strict: '2026-10-14T10:00:00.000Z',
      formal: '2026-10-14T23:00:00.000Z',
    });
  });

  it('let an act through that would be late had the clock not stood still', () => {
    const late: Said = { type: 'answer', at: '2026-10-13T10:00:00.000Z', seat: 'holder' };
    const doubt: Said = { type: 'doubt', at: '2026-10-02T10:00:00.000Z', seat: 'holder' };
    const explain: Said = { type: 'explain', at: '2026-10-05T10:00:00.000Z', seat: 'asker' };
    expect(told([open, late]).acts.at(-1)?.refusal?.code).toBe('act-not-allowed');
    expect(told([open, doubt, explain, late]).acts.at(-1)?.verdict).toBe('counted');
  });

  it('start anew with each act of their kind where the procedure says so, and count working days', () => {
    const first: Said = { type: 'doubt', at: '2026-10-02T10:00:00.000Z', seat: 'holder' };
    const second: Said = { type: 'doubt', at: '2026-10-08T10:00:00.000Z', seat: 'holder' };
    expect(clock(told([open, first]).state, 'explanation', first.at)).toMatchObject({
      strict: '2026-10-09T10:00:00.000Z',
      formal: '2026-10-09T23:00:00.000Z',
    });
    expect(clock(told([open, first, second]).state, 'explanation', second.at)?.strict).toBe('2026-10-15T10:00:00.000Z');
  });

  it('are due when the act itself says so', () => {
    const delay: Said = {
      type: 'delay',
      at: '2026-10-02T10:00:00.000Z',
      seat: 'asker',
      data: { again: '2027-01-04T00:00:00.000Z' },
    };
    expect(clock(told([open, delay]).state, 'again', delay.at)?.strict).toBe('2027-01-04T00:00:00.000Z');
  });
});

describe('seats and members', () => {
  it('a seat that may stay empty stays empty, and nobody acts from it', () => {
    const read: Said = { type: 'read', at: '2026-10-02T10:00:00.000Z', seat: 'reader' };
    expect(told([open]).state.seats).toEqual({ asker: 'a', holder: 'h' });
    expect(told([open, read]).acts.at(-1)?.refusal?.code).toBe('seat-not-held');
    const seats = { asker: 'a', holder: 'h', reader: 'r' };
    const seated = told([{ ...open, data: { ...sent, seats } }, read]);
    expect(seated.acts.at(-1)?.verdict).toBe('counted');
    const scene = { setting: setting(), at: open.at };
    expect(holds({ seated: 'reader' }, { ...scene, state: seated.state })).toBe(true);
    expect(holds({ seated: 'reader' }, { ...scene, state: told([open]).state })).toBe(false);
  });

  it('a member is one of the words of its list, and the id of a case looks like one', () => {
    expect(told([{ ...open, data: { ...sent, colour: 'green' } }]).acts[0]?.refusal).toEqual({
      code: 'field-invalid',
      field: 'data.colour',
      values: { kind: 'red, blue' },
    });
    const doubt = (about: string): Said => ({ type: 'doubt', at: '2026-10-02T10:00:00.000Z', seat: 'holder', data: { about } });
    expect(told([open, doubt('the other one')]).acts.at(-1)?.refusal?.field).toBe('data.about');
    expect(told([open, doubt('0190f3c0-0000-7000-8000-000000000001')]).acts.at(-1)?.verdict).toBe('counted');
  });

  it('a number that was said can be a threshold', () => {
    const scene = { setting: setting(), state: told([open]).state, at: open.at };
    const atLeast = (years: number) => holds({ said: 'send', member: 'years', atLeast: years }, scene);
    expect([atLeast(3), atLeast(4)]).toEqual([true, false]);
  });

  it('a procedure that names no kind of data asks for none', () => {
    const item = { id: 'i1', identifierType: 'email', category: 'subscriber' };
    expect(told([{ ...open, data: { ...sent, items: [item] } }]).acts[0]?.refusal).toEqual({
      code: 'field-unknown',
      field: 'data.items',
    });
  });
});

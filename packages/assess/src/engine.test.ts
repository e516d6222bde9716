import type { Facts, JsonObject } from '@comity/core';
import { describe, expect, test } from 'vitest';
import { alternatives } from './alternatives.ts';
import { assess } from './assess.ts';
import { validateFacts } from './facts.ts';
import { compileLaw, type Law } from './law.ts';
import { loadPack } from './load.ts';
import { committedVocabulary, must, sha256 } from './testing/law.ts';

const vocabulary = committedVocabulary();
const FORCE = { from: '2020-01-01' };
const ON = '2026-01-01';

function pack(regime: string, rules: readonly object[], more: object = {}): object {
  return {
    pack: regime,
    version: 1,
    vocabulary: 'comity-facts@1',
    regime,
    title: regime,
    reviewed: { by: [], on: null },
    sources: [],
    rules,
    ...more,
  };
}

function rule(id: string, kind: string, when: object, more: object = {}): object {
  return { id, kind, cite: { ref: `${id} cited` }, says: 'a sentence', force: FORCE, when, examples: [], ...more };
}

function lawOf(...packs: readonly object[]): Law {
  return compileLaw(
    vocabulary,
    packs.map((json) => must(loadPack(json, vocabulary))),
    sha256,
  );
}

function verdict(law: Law, facts: Facts, on: string = ON): string {
  return assess(law, { facts, on }).verdict;
}

describe('promises and circumstances', () => {
  const when = { 'exporter.country': 'US' };
  const basis = {
    id: 'x.b',
    kind: 'basis',
    cite: 'basis',
    says: 'by contract',
    force: FORCE,
    needs: [{ need: { instruments: { has: ['baa'] } }, do: 'written_agreement' }],
  };
  const law = lawOf(pack('us.glba', [rule('x', 'permission-required', when, { unless: [basis] })]));

  test('a promise not mentioned is still to be kept', () => {
    expect(verdict(law, { 'exporter.country': 'US' })).toBe('conditional');
    expect(assess(law, { facts: { 'exporter.country': 'US' }, on: ON }).regimes['us.glba']?.duties).toMatchObject([
      { duty: 'written_agreement', met: false },
    ]);
  });
  test('a promise refused prohibits', () =>
    expect(verdict(law, { 'exporter.country': 'US', instruments: ['nda'] })).toBe('prohibited'));
  test('a promise kept stays a condition', () =>
    expect(verdict(law, { 'exporter.country': 'US', instruments: ['baa'] })).toBe('conditional'));
  test('an unknown circumstance is undecided, whatever was promised', () =>
    expect(verdict(law, { instruments: ['baa'] })).toBe('undecided'));

  test('an absent promise switches no exemption on', () => {
    const exemption = {
      id: 'x.e',
      kind: 'exemption',
      cite: 'e',
      says: 'treaty',
      force: FORCE,
      when: { instruments: { has: ['international_agreement'] } },
    };
    const exempt = lawOf(pack('us.glba', [rule('x', 'prohibition', when, { unless: [exemption] })]));
    expect(verdict(exempt, { 'exporter.country': 'US' })).toBe('prohibited');
    expect(verdict(exempt, { 'exporter.country': 'US', instruments: ['international_agreement'] })).toBe('free');
  });

  test('an exemption that an absent promise would switch on is refused when it is loaded', () => {
    const exemption = {
      id: 'x.e',
      kind: 'exemption',
      cite: 'e',
      says: 'no treaty',
      force: FORCE,
      when: { not: { instruments: { has: ['nda'] } } },
    };
    expect(loadPack(pack('us.glba', [rule('x', 'prohibition', when, { unless: [exemption] })]), vocabulary)).toMatchObject({
      ok: false,
      refusal: { values: { reason: 'absent-promise-would-exempt' } },
    });
  });

  test('an exception may have an exception', () => {
    const inner = {
      id: 'x.i',
      kind: 'exemption',
      cite: 'i',
      says: 'but not courts',
      force: FORCE,
      when: { 'importer.kind': 'court' },
    };
    const outer = {
      id: 'x.o',
      kind: 'exemption',
      cite: 'o',
      says: 'publication',
      force: FORCE,
      when: { purpose: 'publication' },
      unless: [inner],
    };
    const nested = lawOf(pack('us.glba', [rule('x', 'prohibition', when, { unless: [outer] })]));
    expect(verdict(nested, { 'exporter.country': 'US', purpose: 'publication', 'importer.kind': 'company' })).toBe('free');
    expect(verdict(nested, { 'exporter.country': 'US', purpose: 'publication', 'importer.kind': 'court' })).toBe('prohibited');
    expect(verdict(nested, { 'exporter.country': 'US', purpose: 'publication' })).toBe('undecided');
  });

  test('among bases that hold, the one already on file is used, and all are named', () => {
    const second = { ...basis, id: 'x.c', needs: [{ need: { 'procedure.consent': 'written' }, do: 'written_consent' }] };
    const two = lawOf(pack('us.glba', [rule('x', 'permission-required', when, { unless: [basis, second] })]));
    const regime = assess(two, { facts: { 'exporter.country': 'US', 'procedure.consent': 'written' }, on: ON }).regimes[
      'us.glba'
    ];
    expect(regime?.because).toMatchObject([{ basis: 'x.c' }]);
    expect(regime?.duties.map((duty) => duty.duty)).toEqual(['written_consent']);
  });
});

describe('demand against prohibition', () => {
  const mandate = pack('us.glba', [rule('must', 'mandate', { 'flow.initiated_by': 'authority' })]);
  const ban = pack('cn.pipl', [rule('ban', 'prohibition', { 'exporter.country': 'CN' })]);
  const law = lawOf(mandate, ban);

  test('is a conflict with both citations, resolved by nobody', () => {
    const found = assess(law, { facts: { 'exporter.country': 'CN', 'flow.initiated_by': 'authority' }, on: ON });
    expect(found.verdict).toBe('conflict');
    expect(found.conflicts).toEqual([
      {
        demanding: { regime: 'us.glba', rule: 'must', cite: 'must cited' },
        forbidding: { regime: 'cn.pipl', rule: 'ban', cite: 'ban cited' },
      },
    ]);
    expect(found.regimes['cn.pipl']?.verdict).toBe('prohibited');
  });
  test('a demand alone does not override anything', () =>
    expect(verdict(law, { 'exporter.country': 'DE', 'flow.initiated_by': 'authority' })).toBe('conditional'));
  test('a prohibition alone stays one', () =>
    expect(verdict(law, { 'exporter.country': 'CN', 'flow.initiated_by': 'exporter' })).toBe('prohibited'));
});

describe('the exact check', () => {
  test('settles what holds whatever the missing fact is', () => {
    const either = { any: [{ 'importer.kind': 'court' }, { not: { 'importer.kind': 'court' } }] };
    expect(verdict(lawOf(pack('us.glba', [rule('x', 'prohibition', either)])), {})).toBe('prohibited');
  });

  test('does not ask for a fact that cannot change the answer', () => {
    const when = {
      any: [
        { 'importer.kind': 'court' },
        { all: [{ 'importer.secrecy_duty': true }, { not: { 'importer.secrecy_duty': true } }] },
      ],
    };
    expect(assess(lawOf(pack('us.glba', [rule('x', 'prohibition', when)])), { facts: {}, on: ON }).missing).toEqual([
      'importer.kind',
    ]);
  });

  test('keeps to the range a number is known to lie in', () => {
    const law = lawOf(
      pack('us.glba', [
        rule('x', 'prohibition', { any: [{ 'data.age_max': { over: 10 } }, { 'data.age_max': { atMost: 10 } }] }),
      ]),
    );
    expect(verdict(law, { 'data.age_max': { min: 5, max: 20 } })).toBe('prohibited');
  });
});

describe('dates', () => {
  const law = lawOf(
    pack('us.glba', [rule('x', 'prohibition', { 'importer.country': { within: 'r' } })], {
      regions: { r: { cite: 'r', members: [{ codes: ['GB'], from: '2020-01-01', until: '2021-01-01' }] } },
    }),
  );
  test('a region holds its members from the first day to the day before the last', () => {
    expect(
      ['2019-12-31', '2020-01-01', '2020-12-31', '2021-01-01'].map((on) => verdict(law, { 'importer.country': 'GB' }, on)),
    ).toEqual(['free', 'prohibited', 'prohibited', 'free']);
  });
  test('the answer says until when it holds', () =>
    expect(assess(law, { facts: { 'importer.country': 'GB' }, on: '2020-06-01' }).lawfulUntil).toBe('2021-01-01'));
});

describe('packs from strangers', () => {
  const fine = rule('x', 'prohibition', { 'exporter.country': 'US' });
  const deep = (depth: number): object => (depth === 0 ? { 'exporter.country': 'US' } : { not: deep(depth - 1) });
  const refused: readonly (readonly [string, unknown, string])[] = [
    ['is not an object', 7, 'not-an-object'],
    ['has an unknown key', pack('us.glba', [fine], { extra: 1 }), 'key-unknown'],
    ['names an unknown fact', pack('us.glba', [rule('x', 'prohibition', { 'exporter.colour': 'red' })]), 'fact-unknown'],
    ['names an unknown value', pack('us.glba', [rule('x', 'prohibition', { 'exporter.kind': 'wizard' })]), 'value-unknown'],
    ['names an unknown country', pack('us.glba', [rule('x', 'prohibition', { 'exporter.country': 'XX' })]), 'value-unknown'],
    [
      'asks a set as if it were one value',
      pack('us.glba', [rule('x', 'prohibition', { 'data.categories': 'health' })]),
      'test-unfit',
    ],
    ['asks a number in words', pack('us.glba', [rule('x', 'prohibition', { 'data.age_max': { over: 'ten' } })]), 'test-unfit'],
    [
      'names an unknown region',
      pack('us.glba', [rule('x', 'prohibition', { 'exporter.country': { within: 'nowhere' } })]),
      'region-unknown',
    ],
    ['uses an unknown definition', pack('us.glba', [rule('x', 'prohibition', { use: 'nothing' })]), 'definition-unknown'],
    [
      'has definitions that go in a circle',
      pack('us.glba', [fine], {
        define: { a: { cite: 'abc', when: { use: 'b' } }, b: { cite: 'abc', when: { not: { use: 'a' } } } },
      }),
      'definition-in-circle',
    ],
    [
      'owes an unknown duty',
      pack('us.glba', [rule('x', 'duty', {}, { when: { 'exporter.country': 'US' }, duties: [{ do: 'dance' }] })]),
      'duty-unknown',
    ],
    [
      'has two conditions in one place',
      pack('us.glba', [rule('x', 'prohibition', { 'exporter.country': 'US', 'importer.country': 'US' })]),
      'one-key-per-condition',
    ],
    ['has an unknown kind of rule', pack('us.glba', [rule('x', 'suggestion', { 'exporter.country': 'US' })]), 'word-unknown'],
    [
      'has a date that does not exist',
      pack('us.glba', [rule('x', 'prohibition', { 'exporter.country': 'US' }, { force: { from: '2026-02-30' } })]),
      'not-a-day',
    ],
    [
      'ends before it starts',
      pack('us.glba', [
        rule('x', 'prohibition', { 'exporter.country': 'US' }, { force: { from: '2026-02-02', until: '2026-02-02' } }),
      ]),
      'ends-before-it-starts',
    ],
    ['has one rule twice', pack('us.glba', [fine, fine]), 'id-twice'],
    [
      'links to a page that is not https',
      pack('us.glba', [
        rule('x', 'prohibition', {}, { cite: { ref: 'abc', url: 'javascript:alert(1)' }, when: { 'exporter.country': 'US' } }),
      ]),
      'not-https',
    ],
    [
      'needs a circumstance as if it were a promise',
      pack('us.glba', [
        rule('x', 'duty', { 'exporter.country': 'US' }, { needs: [{ need: { 'importer.kind': 'court' }, do: 'document' }] }),
      ]),
      'need-is-no-promise',
    ],
    ['names a regime nobody knows', { ...pack('us.glba', [fine]), regime: 'xx.yy' }, 'word-unknown'],
    ['is in another vocabulary', { ...pack('us.glba', [fine]), vocabulary: 'other@1' }, 'vocabulary-differs'],
    ['is nested beyond reading', pack('us.glba', [rule('x', 'prohibition', deep(100))]), 'too-large'],
    ['is too deep', pack('us.glba', [rule('x', 'prohibition', deep(30))]), 'too-deep'],
    ['is too large', pack('us.glba', [fine], { title: Array.from({ length: 200_000 }, () => 1) }), 'too-large'],
  ];

  test('a plain pack loads', () => expect(loadPack(pack('us.glba', [fine]), vocabulary).ok).toBe(true));
  test.each(refused)('a pack that %s is refused with its reason', (_, json, reason) => {
    expect(loadPack(json, vocabulary)).toMatchObject({ ok: false, refusal: { code: 'pack-invalid', values: { reason } } });
  });
  test('a key that would reach the prototype is refused', () => {
    const json: JsonObject = JSON.parse('{"__proto__": {"rules": []}}');
    expect(loadPack(json, vocabulary).ok).toBe(false);
  });
});

describe('facts from outside', () => {
  const refused: readonly (readonly [string, unknown, string, string])[] = [
    ['an unknown fact', { 'exporter.colour': 'red' }, 'fact-unknown', 'exporter.colour'],
    ['an unknown value', { 'exporter.kind': 'wizard' }, 'fact-invalid', 'exporter.kind'],
    ['a value said twice', { 'data.categories': ['health', 'health'] }, 'fact-invalid', 'data.categories'],
    ['one value for a set', { 'data.categories': 'health' }, 'fact-invalid', 'data.categories'],
    ['a country that is none', { 'importer.country': 'XX' }, 'fact-invalid', 'importer.country'],
    ['a negative number', { 'data.age_max': -1 }, 'fact-invalid', 'data.age_max'],
    ['a share above one', { 'importer.ownership.concern_share': 1.1 }, 'fact-invalid', 'importer.ownership.concern_share'],
    ['a range upside down', { 'data.age_max': { min: 5, max: 4 } }, 'fact-invalid', 'data.age_max'],
    ['an empty range', { 'data.age_max': {} }, 'fact-invalid', 'data.age_max'],
    ['null for unknown', { 'importer.country': null }, 'fact-invalid', 'importer.country'],
  ];
  test.each(refused)('%s is refused by name', (_, facts, code, field) => {
    expect(validateFacts(vocabulary, facts)).toMatchObject({ ok: false, refusal: { code, field } });
  });
  test('what fits is taken as it is', () => {
    const facts = { 'exporter.country': 'PR', 'data.categories': [], 'data.age_max': { min: 1 }, 'importer.secrecy_duty': false };
    expect(validateFacts(vocabulary, facts)).toEqual({ ok: true, value: facts });
  });
});

test('where nothing a user can change helps, the rules that stand in the way are named', () => {
  const law = lawOf(pack('us.glba', [rule('x', 'prohibition', { 'importer.kind': 'court' })]));
  const { now, sets, never } = alternatives(law, { facts: { 'importer.kind': 'court' }, on: ON });
  expect([now, sets]).toEqual(['prohibited', []]);
  expect(never).toEqual([{ rule: 'x', cite: 'x cited', says: 'a sentence' }]);
});

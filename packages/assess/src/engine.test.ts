import type { Facts } from '@comity/core';
import { describe, expect, test } from 'vitest';
import { alternatives } from './alternatives.ts';
import { assess } from './assess.ts';
import type { Law } from './law.ts';
import { loadPack } from './load.ts';
import { committedVocabulary } from './testing/law.ts';
import { lawOf, packOf, ruleOf } from './testing/packs.ts';

const vocabulary = committedVocabulary();
const FORCE = { from: '2020-01-01' };
const ON = '2026-01-01';

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
  const law = lawOf(packOf('us.glba', [ruleOf('x', 'permission-required', when, { unless: [basis] })]));

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
    const exempt = lawOf(packOf('us.glba', [ruleOf('x', 'prohibition', when, { unless: [exemption] })]));
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
    expect(loadPack(packOf('us.glba', [ruleOf('x', 'prohibition', when, { unless: [exemption] })]), vocabulary)).toMatchObject({
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
    const nested = lawOf(packOf('us.glba', [ruleOf('x', 'prohibition', when, { unless: [outer] })]));
    expect(verdict(nested, { 'exporter.country': 'US', purpose: 'publication', 'importer.kind': 'company' })).toBe('free');
    expect(verdict(nested, { 'exporter.country': 'US', purpose: 'publication', 'importer.kind': 'court' })).toBe('prohibited');
    expect(verdict(nested, { 'exporter.country': 'US', purpose: 'publication' })).toBe('undecided');
  });

  test('among bases that hold, the one already on file is used, and all are named', () => {
    const second = { ...basis, id: 'x.c', needs: [{ need: { 'procedure.consent': 'written' }, do: 'written_consent' }] };
    const two = lawOf(packOf('us.glba', [ruleOf('x', 'permission-required', when, { unless: [basis, second] })]));
    const regime = assess(two, { facts: { 'exporter.country': 'US', 'procedure.consent': 'written' }, on: ON }).regimes[
      'us.glba'
    ];
    expect(regime?.because).toMatchObject([{ basis: 'x.c' }]);
    expect(regime?.duties.map((duty) => duty.duty)).toEqual(['written_consent']);
  });
});

describe('demand against prohibition', () => {
  const mandate = packOf('us.glba', [ruleOf('must', 'mandate', { 'flow.initiated_by': 'authority' })]);
  const ban = packOf('cn.pipl', [ruleOf('ban', 'prohibition', { 'exporter.country': 'CN' })]);
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
  test('names the way out that each law provides', () => {
    const route = (says: string) => ({ route: { says, cite: 'way' } });
    const both = lawOf(
      packOf('us.glba', [ruleOf('must', 'mandate', { 'flow.initiated_by': 'authority' }, route('move to quash'))]),
      packOf('cn.pipl', [ruleOf('ban', 'prohibition', { 'exporter.country': 'CN' }, route('ask the authority'))]),
    );
    const [conflict] = assess(both, { facts: { 'exporter.country': 'CN', 'flow.initiated_by': 'authority' }, on: ON }).conflicts;
    expect([conflict?.demanding.route, conflict?.forbidding.route]).toEqual([
      { says: 'move to quash', cite: 'way' },
      { says: 'ask the authority', cite: 'way' },
    ]);
  });
  test('a demand alone does not override anything', () =>
    expect(verdict(law, { 'exporter.country': 'DE', 'flow.initiated_by': 'authority' })).toBe('conditional'));
  test('a prohibition alone stays one', () =>
    expect(verdict(law, { 'exporter.country': 'CN', 'flow.initiated_by': 'exporter' })).toBe('prohibited'));
});

describe('the exact check', () => {
  test('settles what holds whatever the missing fact is', () => {
    const either = { any: [{ 'importer.kind': 'court' }, { not: { 'importer.kind': 'court' } }] };
    expect(verdict(lawOf(packOf('us.glba', [ruleOf('x', 'prohibition', either)])), {})).toBe('prohibited');
  });

  test('does not ask for a fact that cannot change the answer', () => {
    const when = {
      any: [
        { 'importer.kind': 'court' },
        { all: [{ 'importer.secrecy_duty': true }, { not: { 'importer.secrecy_duty': true } }] },
      ],
    };
    expect(assess(lawOf(packOf('us.glba', [ruleOf('x', 'prohibition', when)])), { facts: {}, on: ON }).missing).toEqual([
      'importer.kind',
    ]);
  });

  test('keeps to the range a number is known to lie in', () => {
    const law = lawOf(
      packOf('us.glba', [
        ruleOf('x', 'prohibition', { any: [{ 'data.age_max': { over: 10 } }, { 'data.age_max': { atMost: 10 } }] }),
      ]),
    );
    expect(verdict(law, { 'data.age_max': { min: 5, max: 20 } })).toBe('prohibited');
  });
});

describe('dates', () => {
  const law = lawOf(
    packOf('us.glba', [ruleOf('x', 'prohibition', { 'importer.country': { within: 'r' } })], {
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

test('where nothing a user can change helps, the rules that stand in the way are named', () => {
  const law = lawOf(packOf('us.glba', [ruleOf('x', 'prohibition', { 'importer.kind': 'court' })]));
  const { now, sets, never } = alternatives(law, { facts: { 'importer.kind': 'court' }, on: ON });
  expect([now, sets]).toEqual(['prohibited', []]);
  expect(never).toEqual([{ rule: 'x', cite: 'x cited', says: 'a sentence' }]);
});

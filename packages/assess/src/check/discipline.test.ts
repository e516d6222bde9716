import { describe, expect, test } from 'vitest';
import { loadPack } from '../load.ts';
import type { Pack } from '../pack.ts';
import { committedVocabulary, must } from '../testing/law.ts';
import { packOf, ruleOf } from '../testing/packs.ts';
import { checkDiscipline, type Fault } from './discipline.ts';
import { changedDecisions, freeze, survivorsOf } from './freeze.ts';
import { mutantsOf } from './mutants.ts';

const vocabulary = committedVocabulary();
const ON = '2026-01-01';
const facts = { 'exporter.country': 'US', 'data.us_people_12m.health': 10_001 };
const when = { all: [{ 'exporter.country': 'US' }, { 'data.us_people_12m.health': { over: 10_000 } }] };
const examples = [
  { name: 'one over', expect: 'prohibited', on: ON, facts },
  { name: 'elsewhere', expect: 'silent', on: ON, facts: { ...facts, 'exporter.country': 'DE' } },
  {
    name: 'not counted',
    expect: 'undecided',
    on: ON,
    facts: { 'exporter.country': 'US' },
    missing: ['data.us_people_12m.health'],
  },
];

function packWith(more: object): Pack {
  return must(loadPack(packOf('us.glba', [ruleOf('x', 'prohibition', when, { examples, ...more })]), vocabulary));
}

function faults(pack: Pack, frozen = freeze(pack, vocabulary, []).frozen): readonly Fault['fault'][] {
  return checkDiscipline(pack, vocabulary, { frozen, justified: {}, today: ON }).faults.map(({ fault }) => fault);
}

describe('freezing decisions', () => {
  test('finds worlds that notice every change of a detail: threshold, branch, value and day', () => {
    const pack = packWith({});
    const { frozen, survivors, mutants } = freeze(pack, vocabulary, []);
    expect(survivors).toEqual([]);
    expect(mutants).toBeGreaterThan(8);
    expect(survivorsOf(pack, vocabulary, frozen)).toEqual([]);
    expect(survivorsOf(pack, vocabulary, []).length).toBeGreaterThan(0);
    expect(frozen.map(({ on }) => on)).toContain('2019-12-31');
  });

  test('twice gives the same', () => {
    expect(freeze(packWith({}), vocabulary, [])).toEqual(freeze(packWith({}), vocabulary, []));
  });

  test.each([
    ['a threshold', { when: { all: [{ 'exporter.country': 'US' }, { 'data.us_people_12m.health': { over: 9_999 } }] } }],
    ['a day', { force: { from: '2020-01-02' } }],
    ['a country', { when: { all: [{ 'exporter.country': 'PR' }, { 'data.us_people_12m.health': { over: 10_000 } }] } }],
  ])('a pack in which %s was changed decides some of them otherwise', (_, more) => {
    const { frozen } = freeze(packWith({}), vocabulary, []);
    expect(changedDecisions(packWith({}), vocabulary, frozen)).toEqual([]);
    expect(changedDecisions(packWith(more), vocabulary, frozen).length).toBeGreaterThan(0);
  });

  test('an exception that saves nothing is a change that nobody notices', () => {
    const dead = {
      id: 'dead',
      kind: 'exemption',
      cite: 'x',
      says: 'never',
      force: { from: '2020-01-01' },
      when: { 'exporter.country': 'DE' },
    };
    const { survivors } = freeze(packWith({ unless: [dead] }), vocabulary, []);
    expect(survivors).toContain('x: without unless dead');
  });
});

describe('the discipline for rules', () => {
  test('a rule with its examples and frozen decisions is in order', () => {
    expect(faults(packWith({}))).toEqual([]);
  });

  test.each([
    [
      'an example that is answered otherwise',
      { examples: [...examples, { name: 'wrong', expect: 'silent', on: ON, facts }] },
      'example-fails',
    ],
    ['no example that fires', { examples: examples.slice(1) }, 'no-example-fires'],
    ['no example that is silent', { examples: [examples[0], examples[2]] }, 'no-example-silent'],
  ])('a pack with %s is not', (_, more, fault) => {
    expect(faults(packWith(more))).toContain(fault);
  });

  test('a rule that nothing reaches is named', () => {
    const never = { when: { all: [{ 'exporter.country': 'US' }, { 'exporter.country': 'DE' }] }, examples: [] };
    expect(faults(packWith(never))).toContain('rule-unreachable');
  });

  test('an unnoticed change is a fault unless it is justified, and a justification in vain is one too', () => {
    const pack = packWith({});
    const [unnoticed = ''] = survivorsOf(pack, vocabulary, []);
    const checked = (justified: Readonly<Record<string, string>>) =>
      checkDiscipline(pack, vocabulary, { frozen: [], justified, today: ON }).faults.filter(({ at }) => at === unnoticed);
    expect(checked({}).map(({ fault }) => fault)).toEqual(['change-unnoticed']);
    expect(checked({ [unnoticed]: 'because' })).toEqual([]);
    expect(faults(pack)).toEqual([]);
    const vain = checkDiscipline(pack, vocabulary, {
      frozen: freeze(pack, vocabulary, []).frozen,
      justified: { nothing: 'x' },
      today: ON,
    });
    expect(vain.faults.map(({ fault }) => fault)).toEqual(['justified-in-vain']);
  });

  test('a review that is overdue is a fault', () => {
    const pack = { ...packWith({}), reviewed: { by: [], on: null, next: '2025-12-31' } };
    expect(faults(pack)).toContain('review-overdue');
  });

  test('a change is made in each part of a pack once', () => {
    const what = mutantsOf(packWith({})).map((mutant) => mutant.what);
    expect(new Set(what).size).toBe(what.length);
  });
});

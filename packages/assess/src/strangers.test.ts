import type { JsonObject } from '@comity/core';
import { describe, expect, test } from 'vitest';
import { validateFacts } from './facts.ts';
import { loadPack } from './load.ts';
import { committedVocabulary } from './testing/law.ts';
import { packOf, ruleOf } from './testing/packs.ts';

const vocabulary = committedVocabulary();
const FORCE = { from: '2020-01-01' };

describe('packs from strangers', () => {
  const fine = ruleOf('x', 'prohibition', { 'exporter.country': 'US' });
  const deep = (depth: number): object => (depth === 0 ? { 'exporter.country': 'US' } : { not: deep(depth - 1) });
  const refused: readonly (readonly [string, unknown, string])[] = [
    ['is not an object', 7, 'not-an-object'],
    ['has an unknown key', packOf('us.glba', [fine], { extra: 1 }), 'key-unknown'],
    ['names an unknown fact', packOf('us.glba', [ruleOf('x', 'prohibition', { 'exporter.colour': 'red' })]), 'fact-unknown'],
    ['names an unknown value', packOf('us.glba', [ruleOf('x', 'prohibition', { 'exporter.kind': 'wizard' })]), 'value-unknown'],
    ['names an unknown country', packOf('us.glba', [ruleOf('x', 'prohibition', { 'exporter.country': 'XX' })]), 'value-unknown'],
    [
      'asks a set as if it were one value',
      packOf('us.glba', [ruleOf('x', 'prohibition', { 'data.categories': 'health' })]),
      'test-unfit',
    ],
    [
      'asks a number in words',
      packOf('us.glba', [ruleOf('x', 'prohibition', { 'data.age_max': { over: 'ten' } })]),
      'test-unfit',
    ],
    [
      'names an unknown region',
      packOf('us.glba', [ruleOf('x', 'prohibition', { 'exporter.country': { within: 'nowhere' } })]),
      'region-unknown',
    ],
    ['uses an unknown definition', packOf('us.glba', [ruleOf('x', 'prohibition', { use: 'nothing' })]), 'definition-unknown'],
    [
      'has definitions that go in a circle',
      packOf('us.glba', [fine], {
        define: { a: { cite: 'abc', when: { use: 'b' } }, b: { cite: 'abc', when: { not: { use: 'a' } } } },
      }),
      'definition-in-circle',
    ],
    [
      'owes an unknown duty',
      packOf('us.glba', [ruleOf('x', 'duty', {}, { when: { 'exporter.country': 'US' }, duties: [{ do: 'dance' }] })]),
      'duty-unknown',
    ],
    [
      'has two conditions in one place',
      packOf('us.glba', [ruleOf('x', 'prohibition', { 'exporter.country': 'US', 'importer.country': 'US' })]),
      'one-key-per-condition',
    ],
    ['has an unknown kind of rule', packOf('us.glba', [ruleOf('x', 'suggestion', { 'exporter.country': 'US' })]), 'word-unknown'],
    [
      'has a date that does not exist',
      packOf('us.glba', [ruleOf('x', 'prohibition', { 'exporter.country': 'US' }, { force: { from: '2026-02-30' } })]),
      'not-a-day',
    ],
    [
      'ends before it starts',
      packOf('us.glba', [
        ruleOf('x', 'prohibition', { 'exporter.country': 'US' }, { force: { from: '2026-02-02', until: '2026-02-02' } }),
      ]),
      'ends-before-it-starts',
    ],
    ['has one rule twice', packOf('us.glba', [fine, fine]), 'id-twice'],
    [
      'links to a page that is not https',
      packOf('us.glba', [
        ruleOf('x', 'prohibition', {}, { cite: { ref: 'abc', url: 'javascript:alert(1)' }, when: { 'exporter.country': 'US' } }),
      ]),
      'not-https',
    ],
    [
      'needs a circumstance as if it were a promise',
      packOf('us.glba', [
        ruleOf('x', 'duty', { 'exporter.country': 'US' }, { needs: [{ need: { 'importer.kind': 'court' }, do: 'document' }] }),
      ]),
      'need-is-no-promise',
    ],
    ['names a regime nobody knows', { ...packOf('us.glba', [fine]), regime: 'xx.yy' }, 'word-unknown'],
    ['is in another vocabulary', { ...packOf('us.glba', [fine]), vocabulary: 'other@1' }, 'vocabulary-differs'],
    ['is nested beyond reading', packOf('us.glba', [ruleOf('x', 'prohibition', deep(100))]), 'too-large'],
    ['is too deep', packOf('us.glba', [ruleOf('x', 'prohibition', deep(30))]), 'too-deep'],
    [
      'has ten thousand rules',
      packOf(
        'us.glba',
        Array.from({ length: 10_000 }, (_, i) => ({ ...fine, id: `r${i}` })),
      ),
      'too-large',
    ],
    [
      'has too many rules',
      packOf(
        'us.glba',
        Array.from({ length: 2001 }, (_, i) => ({ ...fine, id: `r${i}` })),
      ),
      'too-long',
    ],
    [
      'names a source that it does not list',
      packOf('us.glba', [
        ruleOf('x', 'prohibition', {}, { cite: { ref: 'abc', source: 'hearsay' }, when: { 'exporter.country': 'US' } }),
      ]),
      'source-unknown',
    ],
    [
      'says a text was read, but not when',
      packOf('us.glba', [fine], { sources: { text: { what: 'the Act', how: 'official' } } }),
      'not-a-day',
    ],
    [
      'was enacted on no day',
      packOf('us.glba', [ruleOf('x', 'prohibition', { 'exporter.country': 'US' }, { enacted: 'long ago' })]),
      'not-a-day',
    ],
    [
      'unfolds to more than can be asked',
      packOf('us.glba', [ruleOf('x', 'prohibition', { use: 'd20' })], {
        define: Object.fromEntries([
          ['d0', { cite: 'x', when: { 'exporter.country': 'US' } }],
          ...Array.from({ length: 20 }, (_, i) => [
            `d${i + 1}`,
            { cite: 'x', when: { all: [{ use: `d${i}` }, { use: `d${i}` }] } },
          ]),
        ]),
      }),
      'too-large-unfolded',
    ],
    [
      'names its exceptions again and again',
      packOf('us.glba', [ruleOf('x', 'prohibition', { 'exporter.country': 'US' }, { unless: Array(60).fill('a') })], {
        exceptions: Object.fromEntries(
          ['a', 'b', 'c', 'd'].map((name, i, all) => [
            name,
            {
              kind: 'exemption',
              cite: 'x',
              says: 'x',
              force: FORCE,
              ...(all[i + 1] === undefined ? {} : { unless: Array(60).fill(all[i + 1]) }),
            },
          ]),
        ),
      }),
      'too-deep',
    ],
    ['is too large', packOf('us.glba', [fine], { title: Array.from({ length: 200_000 }, () => 1) }), 'too-large'],
  ];

  test('a plain pack loads', () => expect(loadPack(packOf('us.glba', [fine]), vocabulary).ok).toBe(true));
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

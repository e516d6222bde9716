import { describe, expect, test } from 'vitest';
import { diffPacks } from './diff.ts';
import { impact } from './impact.ts';
import { library, searchLibrary } from './library.ts';
import { loadPack } from './load.ts';
import { committedLaw, committedVocabulary, must } from './testing/law.ts';
import { lawOf, packOf, ruleOf } from './testing/packs.ts';

const toIndia = { 'exporter.country': 'US', 'importer.country': 'IN' };
const regions = (codes: readonly string[]) => ({
  'us.glba/closed': { cite: { ref: 'list' }, members: [{ codes, from: '2020-01-01' }] },
});
const closing = (codes: readonly string[], from = '2020-01-01') =>
  packOf('us.glba', [ruleOf('x', 'prohibition', { 'importer.country': { within: 'us.glba/closed' } }, { force: { from } })], {
    regions: regions(codes),
  });
const other = packOf('us.hipaa', [ruleOf('y', 'prohibition', { 'importer.country': 'CN' })]);

describe('what a change of law does to everything that runs', () => {
  const live = [
    { id: 'a', facts: toIndia },
    { id: 'b', facts: { ...toIndia, 'importer.country': 'DE' } },
    { id: 'c', facts: { 'exporter.country': 'US' } },
  ];

  test('it names the transfers that change, from what, to what, and since when', () => {
    const found = impact(
      { before: lawOf(closing(['CN']), other), after: lawOf(closing(['CN', 'IN'], '2025-02-03'), other) },
      live,
      '2026-01-01',
    );
    expect(found.decided).toBe(3);
    expect(found.changed).toEqual([
      {
        id: 'a',
        from: 'free',
        to: 'prohibited',
        since: '2025-02-03',
        regimes: [{ regime: 'us.glba', from: 'free', to: 'prohibited', duties: { come: [], go: [] } }],
      },
    ]);
  });

  test('a change that starts later names that day', () => {
    const after = lawOf(closing(['IN'], '2027-01-01'));
    const found = impact({ before: lawOf(closing(['CN'], '2027-01-01')), after }, live.slice(0, 1), '2026-01-01');
    expect(found.changed.map(({ id, since }) => [id, since])).toEqual([['a', '2027-01-01']]);
  });

  test('duties that come and go are a change, and the same pack changes nothing', () => {
    const owing = (duty: string) =>
      packOf('us.glba', [ruleOf('x', 'duty', { 'exporter.country': 'US' }, { duties: [{ do: duty }] })]);
    const found = impact({ before: lawOf(owing('audit')), after: lawOf(owing('document')) }, live.slice(0, 1), '2026-01-01');
    expect(found.changed[0]?.regimes).toEqual([
      { regime: 'us.glba', from: 'conditional', to: 'conditional', duties: { come: ['document'], go: ['audit'] } },
    ]);
    expect(impact({ before: lawOf(owing('audit')), after: lawOf(owing('audit')) }, live, '2026-01-01').changed).toEqual([]);
  });

  test('a pack that comes or goes as a whole changes what it decided', () => {
    const found = impact({ before: lawOf(other), after: lawOf(other, closing(['IN'])) }, live, '2026-01-01');
    expect(found.changed.map(({ id, to }) => [id, to])).toEqual([
      ['a', 'prohibited'],
      ['c', 'undecided'],
    ]);
  });
});

describe('two versions of a pack side by side', () => {
  const vocabulary = committedVocabulary();
  const read = (json: object) => must(loadPack(json, vocabulary));

  test('differ in what was added, removed and changed, field by field', () => {
    const before = packOf('us.glba', [
      ruleOf('x', 'prohibition', { 'exporter.country': 'US' }),
      ruleOf('gone', 'prohibition', { 'exporter.country': 'DE' }),
    ]);
    const after = packOf(
      'us.glba',
      [ruleOf('x', 'duty', { 'exporter.country': 'US' }), ruleOf('new', 'prohibition', { 'exporter.country': 'FR' })],
      { version: 2 },
    );
    const found = diffPacks(read(before), read(after)).map(({ what, name, change, fields }) => [
      what,
      name,
      change,
      fields.map(({ field }) => field),
    ]);
    expect(found).toEqual([
      ['head', 'version', 'changed', ['']],
      ['rule', 'x', 'changed', ['kind']],
      ['rule', 'gone', 'removed', []],
      ['rule', 'new', 'added', []],
    ]);
  });

  test('do not differ when they are the same', () => {
    expect(diffPacks(read(closing(['IN'])), read(closing(['IN'])))).toEqual([]);
  });
});

describe('the law as a library', () => {
  const law = committedLaw();
  const packs = library(law);

  test('every rule has a sentence, a citation, a source and the day from which it is in force', () => {
    const rules = packs.flatMap((pack) => pack.rules);
    expect(
      rules.filter(({ says, cite, from, source }) => says === '' || cite === '' || from === '' || source === undefined),
    ).toEqual([]);
  });

  test('no pack claims a review that nobody signed', () => {
    expect(packs.filter(({ reviewed }) => reviewed.by.length > 0)).toEqual([]);
  });

  test('a search finds where all its words stand, in any order', () => {
    const found = searchLibrary(packs, 'ownership covered');
    expect(searchLibrary(packs, 'covered OWNERSHIP')).toEqual(found);
    expect(searchLibrary(packs, 'business associate contract').some(({ pack }) => pack === 'us.hipaa')).toBe(true);
    expect(searchLibrary(packs, 'xylophone')).toEqual([]);
    expect(searchLibrary(packs, '   ')).toEqual([]);
  });
});

import type { FactValue } from '@comity/core';
import { describe, expect, test } from 'vitest';
import { decide } from './decide.ts';
import { validateFacts } from './facts.ts';
import { nearest } from './nearest.ts';
import { readQuestion } from './question.ts';
import { knownOn, readSheet } from './sheet.ts';
import { committedLaw, committedVocabulary, must } from './testing/law.ts';
import { lawOf, packOf, ruleOf } from './testing/packs.ts';

const vocabulary = committedVocabulary();
const cooperation = committedVocabulary('cooperation');
const law = committedLaw(['us.dsp', 'eu.gdpr']);

describe('facts that cannot be used', () => {
  test('a misspelled fact is answered with the names that may have been meant', () => {
    expect(validateFacts(vocabulary, { 'exporter.contry': 'US' })).toMatchObject({
      ok: false,
      refusal: {
        code: 'fact-unknown',
        field: 'exporter.contry',
        values: { nearest: expect.stringContaining('exporter.country') },
      },
    });
  });

  test('a misspelled value names the value and those that may have been meant', () => {
    expect(validateFacts(vocabulary, { 'data.categories': ['personal', 'helth'] })).toMatchObject({
      ok: false,
      refusal: { code: 'fact-invalid', field: 'data.categories', values: { type: 'set', given: '"helth"', nearest: 'health' } },
    });
  });

  test('a wrong type says which type is wanted', () => {
    expect(validateFacts(vocabulary, { 'exporter.targets': 'DE' })).toMatchObject({
      refusal: { code: 'fact-invalid', values: { type: 'country_set' } },
    });
  });

  test('facts that contradict each other decide nothing', () => {
    expect(validateFacts(vocabulary, { 'data.categories': ['health'] })).toMatchObject({
      ok: false,
      refusal: { code: 'fact-contradictory', field: 'data.categories', values: { reason: 'narrow-kind-without-personal' } },
    });
    expect(validateFacts(vocabulary, { 'data.categories': ['personal', 'health'] }).ok).toBe(true);
  });

  test('nothing is suggested for what is like nothing', () => {
    expect(nearest('zzzzzzzz', ['exporter.country'])).toEqual([]);
    expect(nearest('importer.knid', ['importer.kind', 'importer.kids', 'exporter.kind'])[0]).toBe('importer.kind');
  });

  test('a time without its zone, and a zone that does not exist, are no facts', () => {
    expect(validateFacts(cooperation, { 'clock.received': '2026-11-22T10:00:00', 'clock.zone': 'Europe/Dublin' }).ok).toBe(false);
    expect(
      validateFacts(cooperation, { 'clock.received': '2026-11-22T10:00:00+01:00', 'clock.zone': 'Europe/Atlantis' }).ok,
    ).toBe(false);
    expect(validateFacts(cooperation, { 'clock.received': '2026-11-22T10:00:00+01:00', 'clock.zone': 'Europe/Dublin' }).ok).toBe(
      true,
    );
  });
});

describe('a set of which only part is known', () => {
  const when = { 'data.categories': { has: ['health', 'genomic'] } };
  const prohibiting = lawOf(packOf('us.glba', [ruleOf('x', 'prohibition', when)]));
  const verdict = (set: FactValue) => decide(prohibiting, { facts: { 'data.categories': set }, on: '2026-01-01' });

  test('decides by what it has, by what it lacks, and is asked for else', () => {
    expect(verdict({ has: ['personal', 'health'] }).verdict).toBe('prohibited');
    expect(verdict({ has: ['personal'], lacks: ['health', 'genomic'] }).verdict).toBe('free');
    expect(verdict({ has: ['personal'], lacks: ['health'] })).toMatchObject({
      verdict: 'undecided',
      missing: ['data.categories'],
    });
    expect(verdict(['personal']).verdict).toBe('free');
  });

  test('of promises leaves what it does not say still to be done', () => {
    const basis = {
      id: 'b',
      kind: 'basis',
      cite: 'b',
      says: 'by contract',
      force: { from: '2020-01-01' },
      needs: [{ need: { instruments: { has: ['baa'] } }, do: 'written_agreement' }],
    };
    const law = lawOf(packOf('us.glba', [ruleOf('x', 'permission-required', { 'exporter.country': 'US' }, { unless: [basis] })]));
    const say = (instruments: FactValue) =>
      decide(law, { facts: { 'exporter.country': 'US', instruments }, on: '2026-01-01' }).verdict;
    expect([say({ has: ['nda'] }), say({ has: ['nda'], lacks: ['baa'] }), say({ has: ['baa'] }), say(['nda'])]).toEqual([
      'conditional',
      'prohibited',
      'conditional',
      'prohibited',
    ]);
  });

  test.each([
    ['says the same of one member twice', { has: ['health'], lacks: ['health'] }],
    ['says nothing', {}],
    ['has a word of its own', { has: ['personal'], maybe: ['health'] }],
    ['has a value that is none', { has: ['helth'] }],
  ])('that %s is no fact', (_, value) => {
    expect(validateFacts(vocabulary, { 'data.categories': value })).toMatchObject({ refusal: { code: 'fact-invalid' } });
  });
});

describe('a question', () => {
  test('about a day before the first law of the packs is refused with that day', () => {
    expect(readQuestion(law, { on: '1850-01-01', facts: {} })).toEqual({
      ok: false,
      refusal: { code: 'before-first-law', field: 'on', values: { first: law.epochs[0] } },
    });
  });

  test('takes its facts from a sheet, and an answer ends when one of them expires', () => {
    const sheet = [
      { name: 'exporter.country', value: 'US', source: 'document', evidence: 'sha256:ab', asOf: '2026-01-01' },
      { name: 'importer.country', value: 'IN', source: 'attested', asOf: '2026-01-01', expires: '2026-12-01' },
    ];
    expect(must(readQuestion(law, { on: '2026-11-30', sheet }))).toMatchObject({
      facts: { 'exporter.country': 'US', 'importer.country': 'IN' },
      expires: { 'importer.country': '2026-12-01' },
    });
    expect(must(readQuestion(law, { on: '2026-12-01', sheet })).facts).toEqual({ 'exporter.country': 'US' });
  });

  test('may say what is taken for granted of an importer elsewhere, in the same words', () => {
    const question = { on: '2026-11-30', facts: { 'exporter.country': 'US' } };
    const elsewhere = { 'importer.covered_person_attested': false };
    expect(must(readQuestion(law, { ...question, elsewhere })).elsewhere).toEqual(elsewhere);
    expect(readQuestion(law, { ...question, elsewhere: { 'importer.colour': 'red' } }).ok).toBe(false);
  });
});

describe('a sheet of facts', () => {
  const fact = { name: 'exporter.country', value: 'US', source: 'declared', asOf: '2026-01-01' };

  test('that states a fact twice with different values contradicts itself', () => {
    expect(readSheet([fact, { ...fact, value: 'DE' }], vocabulary)).toMatchObject({
      ok: false,
      refusal: { code: 'fact-contradictory', field: 'exporter.country' },
    });
    expect(readSheet([fact, { ...fact, source: 'document' }], vocabulary).ok).toBe(true);
  });

  test.each([
    ['no source', { ...fact, source: 'rumour' }, 'sheet.0.source'],
    ['no day', { ...fact, asOf: 'yesterday' }, 'sheet.0.asOf'],
    ['a field too many', { ...fact, mood: 'good' }, 'sheet.0.mood'],
    ['an end that is no day', { ...fact, expires: 'soon' }, 'sheet.0.expires'],
  ])('with %s names the entry', (_, entry, field) => {
    expect(readSheet([entry], vocabulary)).toMatchObject({ ok: false, refusal: { code: 'fact-invalid', field } });
  });

  test('forgets what has expired', () => {
    const sheet = must(readSheet([{ ...fact, expires: '2026-06-01' }], vocabulary));
    expect(knownOn(sheet, '2026-05-31').facts).toEqual({ 'exporter.country': 'US' });
    expect(knownOn(sheet, '2026-06-01').facts).toEqual({});
  });
});

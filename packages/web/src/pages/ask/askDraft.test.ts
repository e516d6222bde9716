import { describe, expect, it } from 'vitest';
import { type AskDraft, BLANK, forget, needsElsewhere, readAskDraft, skip, state, take, transferOf } from './askDraft.ts';

const TODAY = '2026-11-26';
const WORDS = {
  facts: [{ name: 'safeguards', type: 'set', group: '', is: '', lever: true, promise: true, values: [] }],
} as const;
const at = (facts: AskDraft['facts']): AskDraft => ({ ...BLANK, facts });

describe('the draft of a question', () => {
  it('asks by the law of today until another day is given', () => {
    expect(transferOf(BLANK, TODAY)).toEqual({ facts: {}, on: TODAY });
    expect(transferOf({ ...BLANK, on: '2030-01-01' }, TODAY).on).toBe('2030-01-01');
    expect(transferOf({ ...BLANK, on: 'soon' }, TODAY).on).toBe(TODAY);
  });

  it('states, forgets and leaves open: what is not known is never in the facts', () => {
    const said = state(skip(BLANK, 'a'), 'a', 'x');
    expect(said).toMatchObject({ facts: { a: 'x' }, unsure: [] });
    expect(forget(said, 'a').facts).toEqual({});
    expect(skip(said, 'a')).toMatchObject({ facts: {}, unsure: ['a'] });
  });

  it('does not ask again at once for the rest of a set that is known in part', () => {
    expect(state(BLANK, 'a', { has: ['x'] }).unsure).toEqual(['a']);
    expect(state(state(BLANK, 'a', { has: ['x'] }), 'a', ['x']).unsure).toEqual([]);
  });

  it('moves with the importer what stands where it stands', () => {
    const moved = state(
      at({ 'importer.country': 'CN', 'importer.headquarters': 'CN', 'exporter.country': 'US' }),
      'importer.country',
      'IE',
    );
    expect(moved.facts).toEqual({ 'importer.country': 'IE', 'importer.headquarters': 'IE', 'exporter.country': 'US' });
  });

  it('takes another importer elsewhere for granted only where this one is the obstacle, and only while that is wanted', () => {
    const listed = at({ 'importer.country': 'CN', 'importer.ownership.concern_share': 1, 'importer.designations': [] });
    expect(needsElsewhere(listed.facts)).toBe(true);
    expect(transferOf(listed, TODAY).elsewhere).toEqual({ 'importer.ownership.concern_share': 0, 'importer.designations': [] });
    expect(transferOf({ ...listed, elsewhere: false }, TODAY).elsewhere).toBeUndefined();
    expect(needsElsewhere({ 'importer.ownership.concern_share': 0 })).toBe(false);
  });

  it('makes the changes of a way: a set gains a member, the importer moves and is another one', () => {
    const before = at({ 'importer.country': 'CN', 'importer.ownership.concern_share': 1, safeguards: ['minimised'] });
    const after = take(
      before,
      [
        { fact: 'importer.country', value: 'PR' },
        { fact: 'safeguards', value: 'dpa' },
      ],
      WORDS,
    );
    expect(after.facts).toEqual({
      'importer.country': 'PR',
      'importer.ownership.concern_share': 0,
      safeguards: ['minimised', 'dpa'],
    });
  });

  it('is read back only in a form that is understood', () => {
    expect(readAskDraft(BLANK)).toEqual(BLANK);
    expect(readAskDraft({ ...BLANK, unsure: [1] })).toBeUndefined();
    expect(readAskDraft({ ...BLANK, facts: [] })).toBeUndefined();
    expect(readAskDraft(undefined)).toBeUndefined();
  });
});

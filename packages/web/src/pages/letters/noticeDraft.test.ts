import type { ActView, CaseView } from '@comity/node/api';
import { describe, expect, test } from 'vitest';
import { delayOf, EMPTY_NOTICE, namedItems, noticeFaults, readNotice, sentLetter, wishOf } from './noticeDraft.ts';

const full = {
  ...EMPTY_NOTICE,
  language: 'pt',
  name: ' M. Duarte ',
  items: ['i1'],
  court: 'Tribunal Central',
  limit: '30 dias',
  how: 'por escrito',
  contact: 'DIAP Lisboa',
};
// Only what is looked at.
const act = (part: object) => ({ verdict: 'counted', data: {}, sections: {}, ...part }) as unknown as ActView;

describe('the draft of a notice', () => {
  test('names what is missing, and chooses no item and no language beforehand', () => {
    expect(Object.keys(noticeFaults(EMPTY_NOTICE))).toEqual([
      'notice.language',
      'notice.name',
      'notice.court',
      'notice.limit',
      'notice.how',
      'notice.contact',
      'notice.items',
    ]);
    expect(noticeFaults(full)).toEqual({});
  });

  test('is sent without what was left empty', () => {
    expect(wishOf(full)).toEqual({
      language: 'pt',
      person: { name: 'M. Duarte' },
      items: ['i1'],
      remedies: { court: 'Tribunal Central', limit: '30 dias', how: 'por escrito' },
      contact: 'DIAP Lisboa',
    });
    expect(wishOf({ ...full, language: 'xx' })).toBeUndefined();
    expect(wishOf({ ...full, delay: 'Investigation ran.' })?.delay).toBe('Investigation ran.');
  });

  test('is taken back from this computer only in its own form', () => {
    expect(readNotice(structuredClone(full))).toEqual(full);
    expect(readNotice({ ...full, items: [7] })).toBeUndefined();
    expect(readNotice({})).toBeUndefined();
  });
});

test('only items whose identifier this office sees can be named', () => {
  const items = [
    { item: { id: 'a', category: 'traffic' }, identifier: { type: 'email', value: 'x@y.example' } },
    { item: { id: 'b', category: 'traffic' } },
    { item: { id: 'c', category: 'records' }, identifier: { type: 'dataset', value: 'd' } },
  ] as unknown as CaseView['items'];
  expect(namedItems({ items }).map(({ item }) => item.id)).toEqual(['a']);
});

test('a letter that was said to go out is known by its act, and a delay by its reasons and its day', () => {
  const acts = [
    act({ type: 'delay-notice', data: { checkAgain: '2027-01-01T00:00:00.000Z' }, sections: { reason: { text: 'Searches.' } } }),
    act({ type: 'inform-person', data: { letter: 'ab'.repeat(32) } }),
  ];
  expect(sentLetter({ acts })?.digest).toBe('ab'.repeat(32));
  expect(delayOf({ acts })).toEqual({ reason: 'Searches.', again: '2027-01-01T00:00:00.000Z' });
  expect(sentLetter({ acts: [act({ type: 'inform-person', verdict: 'void', data: { letter: 'x' } })] })).toBeUndefined();
  expect(sentLetter({ acts: [act({ type: 'inform-person' })] })).toBeUndefined();
});

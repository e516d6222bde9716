import type { CaseView } from '@comity/node/api';
import { describe, expect, test } from 'vitest';
import { keyingOf, NOTHING_KEYED, saysOf, wantedFor } from './rekey.ts';

const item = (type: string, value: string) => ({ identifier: { type, value } });
// Only what is looked at.
const view = {
  acts: [{ party: 'pt', person: 'investigator-1' }],
  items: [item('email', 'a@b.example'), item('phone', '+33612345678'), item('email', 'a@b.example'), {}],
} as unknown as CaseView;
const move = { mayCarry: { rekeyed: 'flag' } };
const wanted = wantedFor(view, move, { party: 'pt', person: 'prosecutor-1' });

describe('a second keying', () => {
  test('asks for each identifier once, with the items in which it stands', () => {
    expect(wanted.map(({ first, numbers }) => [first.value, numbers])).toEqual([
      ['a@b.example', [1, 3]],
      ['+33612345678', [2]],
    ]);
  });

  test('is asked neither of whoever keyed first, nor by an act that does not know it', () => {
    expect(wantedFor(view, move, { party: 'pt', person: 'investigator-1' })).toEqual([]);
    expect(wantedFor(view, { mayCarry: {} }, { party: 'pt', person: 'prosecutor-1' })).toEqual([]);
    expect(saysOf([], NOTHING_KEYED)).toEqual({});
  });

  test.each([
    [['a@b.example', '0033 6 12 34 56 78'], ['same', 'same'], { rekeyed: true }],
    [['a@b.exarnple', '+33612345678'], ['differs', 'same'], undefined],
    [['a@b.example', '12'], ['same', 'unreadable'], undefined],
    [['a@b.example', ' '], ['same', 'empty'], undefined],
  ])('%j is %j, and the act says %j', (texts, keyings, says) => {
    expect(wanted.map((one, index) => keyingOf(one, texts[index] ?? ''))).toEqual(keyings);
    expect(saysOf(wanted, { ...NOTHING_KEYED, texts })).toEqual(says);
  });

  test('that cannot be made has a reason; the reason excuses no difference', () => {
    const why = 'source-not-here';
    expect(saysOf(wanted, { ...NOTHING_KEYED, why })).toEqual({ rekeyed: false, notRekeyed: why });
    expect(saysOf(wanted, { texts: ['a@b.exarnple', ''], why, seen: false })).toBeUndefined();
  });

  test('is blind no more once a first keying was shown, whatever is keyed then', () => {
    const seen = { texts: ['a@b.example', '+33612345678'], why: '', seen: true } as const;
    expect(saysOf(wanted, seen)).toEqual({ rekeyed: false, notRekeyed: 'compared-openly' });
    expect(saysOf(wanted, { ...seen, texts: ['a@b.exarnple', ''] })).toBeUndefined();
  });
});

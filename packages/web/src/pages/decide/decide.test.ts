import type { CaseView } from '@comity/node/api';
import { describe, expect, test } from 'vitest';
import { faultsOfReasons, GAP } from './reasonsCheck.ts';
import { isCode, sheetCode } from './sheetCode.ts';

const period = { from: '2026-03-01T00:00:00.000Z', until: '2026-04-01T00:00:00.000Z' };
const identifier = { type: 'email', value: 'm.duarte@skymail.example' };
// Only what the check looks at.
const view = {
  items: [
    { item: { id: 'i1', identifierType: 'email', category: 'traffic', period, zone: 'Europe/Lisbon' }, identifier },
    { item: { id: 'i2', identifierType: 'email', category: 'subscriber' } },
  ],
  parties: [{ name: 'Skymail Cloud Ltd' }],
  acts: [{ sections: { offence: { statute: 'Código Penal art. 221' } } }],
} as unknown as CaseView;

const faults = (text: string, locale = 'en-GB') => faultsOfReasons(text, view, locale);

describe('reasons of a decision', () => {
  test.each([
    'The measure is necessary and proportionate in this case and no milder one would do.',
    'Having considered the request, I find that the conditions of the law are fulfilled in 2012.',
  ])('“%s” would fit any case', (text) => {
    expect(faults(text)).toEqual(['no-fact']);
  });

  test.each([
    ['an identifier', 'The account m.duarte@skymail.example received the proceeds, and nothing else shows it.'],
    ['a month', 'The transfers were made in March, and only the times of access show who was there.'],
    ['an item', 'Item 2 is not tied to the transfers at all, and is struck out for that reason alone.'],
    ['the provision', 'Fraud under article 221 carries five years, and the account was its instrument.'],
    ['a party', 'Only Skymail Cloud Ltd holds the data that show who opened the account.'],
  ])('%s of this case is a fact of it', (_, text) => {
    expect(faults(text)).toEqual([]);
  });

  test('a month counts in the language of the reader', () => {
    expect(faults('Les virements datent de mars, et seules les heures d’accès montrent qui était là.', 'fr')).toEqual([]);
  });

  test('what is hardly a sentence, and a question without an answer, are named', () => {
    expect(faults('Item 1 is needed.')).toEqual(['short']);
    expect(faults(`Which fact of item 1 ties the data to the offence? ${GAP}`)).toEqual(['open-question']);
    expect(faults('')).toEqual([]);
  });
});

describe('the hash of a sheet', () => {
  const acts = [{ digest: 'b' }, { digest: 'a' }];

  test('is the same for the same acts in any order, and another with one act more', () => {
    const code = sheetCode({ id: 'x', acts });
    expect(sheetCode({ id: 'x', acts: [...acts].reverse() })).toBe(code);
    expect(sheetCode({ id: 'x', acts: [...acts, { digest: 'c' }] })).not.toBe(code);
    expect(sheetCode({ id: 'y', acts })).not.toBe(code);
  });

  test('is known by its first eight digits, however they are keyed', () => {
    const code = sheetCode({ id: 'x', acts });
    expect(isCode(`${code.slice(0, 4).toUpperCase()} ${code.slice(4, 8)}`, code)).toBe(true);
    expect(isCode(code.slice(0, 7), code)).toBe(false);
    expect(isCode('00000000', code)).toBe(code.startsWith('00000000'));
  });
});

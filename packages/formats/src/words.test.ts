import { CODES, DATA_CATEGORIES, IDENTIFIER_TYPES } from '@comity/core';
import { describe, expect, it } from 'vitest';
import { printable } from './printable.ts';
import { say, WORDS, type WordKey } from './words.ts';

const placeholders = (text: string): readonly string[] => (text.match(/\{\w+\}/g) ?? []).toSorted();

describe('the words of printed documents', () => {
  it.each(Object.entries(WORDS))('say in %s all that English says, with the same placeholders', (_, words) => {
    expect(Object.keys(words.texts)).toEqual(Object.keys(WORDS.en.texts));
    for (const [key, text] of Object.entries(WORDS.en.texts)) {
      const said = words.texts[key as WordKey];
      expect(said.trim(), key).not.toBe('');
      expect(placeholders(said), key).toEqual(placeholders(text));
    }
  });

  it('name every identifier type and data category', () => {
    for (const type of IDENTIFIER_TYPES) expect(say(WORDS.fr, `identifier.${type}`)).not.toBe('');
    for (const category of DATA_CATEGORIES) expect(say(WORDS.ar, `category.${category}`)).not.toBe('');
    expect(CODES['case-file-invalid']).toBe(422);
  });

  it('fail aloud when a catalogue lacks one', () => {
    const texts = { ...WORDS.en.texts, page: undefined } as unknown as typeof WORDS.en.texts;
    expect(() => say({ ...WORDS.en, texts }, 'page')).toThrow('no words for page in en');
  });
});

describe('what is printed can be read', () => {
  const covered = new Set([...'abcé عل,'].map((character) => character.codePointAt(0) ?? 0));

  it('characters without a glyph, direction overrides and controls stand as their numbers', () => {
    expect(printable('abc\u202Ecba', covered)).toBe('abc\\u{202E}cba');
    expect(printable('a张b', covered)).toBe('a\\u{5F20}b');
    expect(printable('a\u0007\uFEFF', covered)).toBe('a\\u{0007}\\u{FEFF}');
    expect(printable('\\u{202E}', new Set([...'\\u{}02E'].map((c) => c.charCodeAt(0))))).toBe('\\u{005C}u{202E}');
    expect(printable('\uD800a', covered)).toBe('\\u{D800}a');
    expect(printable('é\te\u0301,\nعل', covered)).toBe('é é, عل');
  });
});

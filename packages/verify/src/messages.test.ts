import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exitCodeOf, FINDINGS } from './report.ts';

const CATALOGUES = ['en', 'fr', 'ar'].map((language) => ({
  language,
  words: JSON.parse(readFileSync(resolve(import.meta.dirname, `../messages/${language}.json`), 'utf8')) as Record<string, string>,
}));
const VERDICTS = ['by-the-book', 'departures', 'tampered', 'cannot-tell'] as const;
const placeholders = (sentence: string): readonly string[] => [...new Set(sentence.match(/\{[a-zA-Z]+\}/g))].sort();

describe('the words of the verifier', () => {
  it.each(CATALOGUES)('say every finding, kind and verdict, and nothing else, in $language', ({ words }) => {
    const expected = [
      ...Object.keys(FINDINGS).map((code) => `finding.${code}`),
      ...VERDICTS.map((verdict) => `verdict.${verdict}`),
      ...['tampered', 'departure', 'gap', 'remark'].map((kind) => `kind.${kind}`),
    ];
    expect(
      Object.keys(words)
        .filter((key) => key !== 'meta')
        .sort(),
    ).toEqual(expected.sort());
  });

  it.each(CATALOGUES)('name the same things in $language as in English', ({ words }) => {
    const [english] = CATALOGUES;
    for (const [key, sentence] of Object.entries(english?.words ?? {}))
      if (key !== 'meta') expect([key, placeholders(words[key] ?? '')]).toEqual([key, placeholders(sentence)]);
  });

  it('give each verdict an exit code of its own', () => {
    expect(VERDICTS.map(exitCodeOf)).toEqual([0, 1, 2, 3]);
  });
});

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SIGNATURE_FAULTS } from './cms/check-cms.ts';
import { FAULTS } from './faults.ts';
import { FINDINGS, VERDICTS } from './report.ts';

const CATALOGUES = ['en', 'fr', 'ar'].map((language) => ({
  language,
  words: JSON.parse(readFileSync(resolve(import.meta.dirname, `../../messages/container/${language}.json`), 'utf8')) as Record<
    string,
    string
  >, // our own file
}));
const placeholders = (sentence: string): readonly string[] => [...new Set(sentence.match(/\{[a-zA-Z]+\}/g))].sort();

describe('the words on containers', () => {
  it.each(CATALOGUES)('say every fault, finding and verdict, and nothing else, in $language', ({ words }) => {
    const { meta: _, ...said } = words;
    const expected = [
      ...VERDICTS.map((verdict) => `container.verdict.${verdict}`),
      ...Object.keys(FINDINGS).map((code) => `container.finding.${code}`),
      ...SIGNATURE_FAULTS.map((fault) => `container.signature.${fault}`),
      ...FAULTS.map((fault) => `container.fault.${fault}`),
    ];
    expect(Object.keys(said).sort()).toEqual(expected.sort());
  });

  it.each(CATALOGUES)('name the same things in $language as in English', ({ words }) => {
    for (const [key, sentence] of Object.entries(CATALOGUES[0]?.words ?? {}))
      if (key !== 'meta') expect([key, placeholders(words[key] ?? '')]).toEqual([key, placeholders(sentence)]);
  });
});

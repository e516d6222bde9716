import type { Detector } from '../detector.ts';

/** Markings are written in capitals; the same letters in small ones are words. */
function isCapital(text: string): boolean {
  return text === text.toUpperCase();
}

/** Files of courts and police, and what must not leave a country. */
export const JUSTICE: readonly Detector[] = [
  {
    class: 'case-number',
    pattern: '\\d:\\d{2}-(?:cr|cv|mj|mc|md|sw|po|ap|bk)-\\d{3,6}(?:-[A-Z]{2,4}){0,2}',
    chance: 1e-6,
    needs: 'nothing',
  },
  {
    class: 'case-number',
    pattern: '(?:\\d{2,4}[ -]?)?(?:CR|CRIM|CV|CIV|FAM|JUV)[ -]\\d{2,4}[ -]\\d{3,7}|[CT]-\\d{1,4}/\\d{2}',
    chance: 0.001,
    needs: 'statistics',
  },
  { class: 'case-number', pattern: '[\\p{L}\\d][\\p{L}\\d ./:-]{2,30}', chance: 1, needs: 'context' },
  { class: 'prisoner-number', pattern: '[A-Z]{0,2}\\d{4,8}[A-Z]{0,2}|\\d{5}-\\d{3}', chance: 1, needs: 'context' },
  { class: 'fbi-number', pattern: '\\d{1,7}[A-Z]{1,2}\\d{0,2}|\\d{9}', chance: 1, needs: 'context' },
  { class: 'warrant-number', pattern: '[A-Z\\d][A-Z\\d -]{3,20}', chance: 1, needs: 'context' },
  { class: 'eccn', pattern: 'EAR99', valid: isCapital, chance: 1e-4, needs: 'nothing' },
  { class: 'eccn', pattern: '\\d[A-E]\\d{3}(?:\\.[a-z](?:\\.\\d{1,2})?(?:\\.[a-z])?)?', chance: 0.005, needs: 'statistics' },
  {
    class: 'usml-category',
    pattern: '(?:USML|22 CFR 121\\.1)[ ,:]*(?:cat(?:egory|\\.)?)?\\s*[IVX]{1,5}(?:\\([a-z]\\))?',
    chance: 1e-6,
    needs: 'nothing',
  },
  {
    class: 'usml-category',
    pattern: '(?:cat(?:egory|\\.)?\\s*)?[IVX]{1,5}(?:\\([a-z]\\)(?:\\(\\d+\\))?)?',
    chance: 1,
    needs: 'context',
  },
  {
    class: 'export-marking',
    pattern: 'NOFORN|FOUO|ITAR(?:[ -]CONTROLLED)?|CUI(?://[A-Z/ -]+)?|REL TO [A-Z]{3}(?:, ?[A-Z]{3,4})*|EXPORT[ -]CONTROLLED',
    valid: isCapital,
    chance: 1e-4,
    needs: 'nothing',
  },
  { class: 'distribution-statement', pattern: 'dist(?:ribution|\\.)? statement [A-FX]', chance: 1e-6, needs: 'nothing' },
  { class: 'distribution-statement', pattern: '[A-FX]', chance: 1, needs: 'context' },
];

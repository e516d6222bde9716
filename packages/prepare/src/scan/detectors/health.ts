import { digitsOf, luhn } from '../checksums.ts';
import type { Detector } from '../detector.ts';

/** Codes and numbers of care, and what is read out of cells. */
export const HEALTH: readonly Detector[] = [
  { class: 'icd-10', pattern: '[A-TV-Z]\\d[0-9AB]\\.[0-9A-Z]{1,4}', chance: 0.005, needs: 'statistics' },
  { class: 'icd-10', pattern: '[A-TV-Z]\\d[0-9AB][0-9A-Z]{0,4}', chance: 0.5, needs: 'context' },
  { class: 'ndc', pattern: '\\d{4}-\\d{4}-\\d{2}|\\d{5}-(?:\\d{3}-\\d{2}|\\d{4}-\\d{1,2})', chance: 0.01, needs: 'statistics' },
  { class: 'ndc', pattern: '\\d{10,11}', chance: 1, needs: 'context' },
  {
    class: 'loinc',
    pattern: '\\d{1,5}-\\d',
    valid: (text) => luhn(digitsOf(text)),
    validator: 'luhn',
    chance: 0.1,
    needs: 'statistics',
    edge: '\\p{L}\\p{N}-',
  },
  { class: 'cpt-hcpcs', pattern: '\\d{5}|\\d{4}[FTU]|[A-V]\\d{4}', chance: 1, needs: 'context' },
  { class: 'medical-record-number', pattern: 'MRN[:#\\s-]*[A-Z]{0,3}\\d{5,12}', chance: 1e-6, needs: 'nothing' },
  { class: 'medical-record-number', pattern: '[A-Z]{0,4}[ -]?\\d{4,12}(?:-\\d{1,4})?', chance: 1, needs: 'context' },
  { class: 'health-plan-number', pattern: '[A-Z]{0,4}[ -]?\\d{5,14}[A-Z]{0,2}(?:-\\d{1,3})?', chance: 1, needs: 'context' },
  {
    class: 'blood-type',
    pattern: '(?:A|B|AB|O)(?: ?[+-]|[ -]?(?:pos|neg)(?:itive|ative)?)',
    chance: 0.01,
    needs: 'statistics',
    edge: '\\p{L}\\p{N}+',
  },
  { class: 'genomic-variant', pattern: 'rs\\d{3,10}', chance: 0.001, needs: 'nothing' },
  {
    class: 'genomic-variant',
    pattern:
      '(?:N[CGMPR]_\\d{4,}(?:\\.\\d+)?(?:\\([A-Z0-9-]+\\))?:)?(?:[cgmnr]\\.[-*]?\\d+(?:[+-]\\d+)?(?:_[-*]?\\d+(?:[+-]\\d+)?)?(?:[ACGTU]+>[ACGTU]+|del[ACGTU]*|dup[ACGTU]*|ins[ACGTU]+|delins[ACGTU]+)|p\\.\\(?[A-Z][a-z]{2}\\d+(?:[A-Z][a-z]{2}|=|\\*|fs|del|dup)[^\\s]*)',
    chance: 1e-6,
    needs: 'nothing',
  },
  {
    class: 'genomic-variant',
    pattern: 'chr(?:[1-9]|1\\d|2[0-2]|X|Y|MT?)[:-]g?\\.?\\d{2,10}(?:[:_-]?[ACGT]+[:>/-][ACGT]+)?',
    chance: 1e-5,
    needs: 'nothing',
  },
  { class: 'dna-sequence', pattern: '[ACGTN]{20,}', chance: 1e-6, needs: 'nothing' },
];

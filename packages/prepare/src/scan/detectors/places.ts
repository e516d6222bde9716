import type { Detector } from '../detector.ts';

/** Three decimals of a degree are about a hundred metres, two about a kilometre. */
const DEGREES = '[-+]?(?:180|1[0-7]\\d|\\d{1,2})\\.\\d{3,}';

/** Whether a pair can be latitude and longitude, in either order. */
function isPair(text: string): boolean {
  const [a = 999, b = 999] = (text.match(/[-+]?\d+\.\d+/g) ?? []).map(Number);
  return Math.abs(a) <= 180 && Math.abs(b) <= 180 && Math.min(Math.abs(a), Math.abs(b)) <= 90;
}

/** Where something was, to within a kilometre. */
export const PLACES: readonly Detector[] = [
  {
    class: 'coordinates',
    pattern: `(?:POINT ?)?\\(?${DEGREES}(?:, ?|; ?| )${DEGREES}\\)?`,
    valid: isPair,
    validator: 'range',
    chance: 0.01,
    needs: 'nothing',
    edge: '\\p{N}.',
  },
  {
    class: 'coordinates',
    pattern: '\\d{1,3}°\\s?\\d{1,2}[′\']\\s?\\d{1,2}(?:\\.\\d+)?[″"]\\s?[NSEWO]',
    chance: 1e-6,
    needs: 'nothing',
    edge: '\\p{N}',
  },
  { class: 'coordinates', pattern: '[-+]?(?:180|1[0-7]\\d|\\d{1,2})(?:[.,]\\d+)', chance: 1, needs: 'context' },
  { class: 'coordinates', pattern: '[0-9b-hjkmnp-z]{5,12}', chance: 1, needs: 'context' },
];

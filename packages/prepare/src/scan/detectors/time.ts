import { isDay } from '../checksums.ts';
import type { Detector } from '../detector.ts';

const MONTHS =
  'jan(?:uary|vier|uar|eiro)?|feb(?:ruary|ruar|brero|braio)?|f[ée]v(?:rier|ereiro)?|mar(?:ch|s|zo|ço)?|m[äa]rz|apr(?:il|ile)?|avr(?:il)?|abr(?:il)?|ma[iy]o?|maggio|june?|juin|juni|junio|giugno|july?|juillet|juli|julio|luglio|aug(?:ust)?|ao[uû]t|ago(?:sto)?|sep(?:t(?:ember|embre|iembre)?)?|set(?:tembre|embro)?|okt(?:ober)?|oct(?:ober|obre|ubre)?|ott(?:obre)?|outubro|nov(?:ember|embre|iembre|embro)?|de[cz](?:ember|embre|embro)?|d[ée]c(?:embre)?|dic(?:iembre|embre)?';

/** Whether the three numbers of a date in figures can be one in any order of day, month and year. */
function isDate(text: string): boolean {
  const [a = '', b = '', c = ''] = text.split(/[T ]/)[0]?.split(/\D+/) ?? [];
  if (a.length === 4) return isDay(b, c);
  if (a.length === 8) return isDay(a.slice(4, 6), a.slice(6));
  return c.length >= 2 && (isDay(b, a) || isDay(a, b));
}

const CLOCK = '(?:[T ]\\d{1,2}:\\d{2}(?::\\d{2}(?:[.,]\\d{1,9})?)?(?: ?(?:Z|[+-]\\d{2}(?::?\\d{2})?|[ap]m))?)?';

/** Dates in figures and words, in several orders and languages. */
export const TIME: readonly Detector[] = [
  {
    class: 'date',
    pattern: `(?:1[6-9]|20)\\d{2}([-/.])\\d{1,2}\\1\\d{1,2}${CLOCK}`,
    valid: isDate,
    chance: 0.02,
    needs: 'statistics',
  },
  {
    class: 'date',
    pattern: `\\d{1,2}([-/.])\\d{1,2}\\1(?:\\d{4}|\\d{2})${CLOCK}`,
    valid: isDate,
    chance: 0.03,
    needs: 'statistics',
    edge: '\\p{L}\\p{N}.-',
  },
  {
    class: 'date',
    pattern: `\\d{1,2}(?:st|nd|rd|th|er|\\.)?[ -](?:de )?(?:${MONTHS})\\.?,?[ -](?:de )?(?:\\d{4}|\\d{2})`,
    chance: 1e-4,
    needs: 'statistics',
  },
  { class: 'date', pattern: `(?:${MONTHS})\\.? \\d{1,2}(?:st|nd|rd|th)?,? \\d{4}`, chance: 1e-4, needs: 'statistics' },
  { class: 'date', pattern: '\\d{4}年\\d{1,2}月\\d{1,2}日', chance: 1e-4, needs: 'statistics', edge: '\\p{N}' },
  {
    class: 'date',
    pattern: '(?:19|20)\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])(?:\\d{6})?',
    valid: isDate,
    chance: 0.02,
    needs: 'statistics',
  },
  { class: 'birth-date', pattern: '(?:19|20)\\d{2}(?:-\\d{2})?', chance: 1, needs: 'context' },
];

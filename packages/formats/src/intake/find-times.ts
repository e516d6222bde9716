import { isDay, toInstant } from '@comity/core';
import type { Doubt, DraftValue } from './draft.ts';
import { firstMatches } from './matches.ts';

const ISO = /\b(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)(?:\s?(Z|UTC|[+-]\d{2}:?\d{2}))?)?(?![\d-])/g;
const WRITTEN = /\b(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:,?\s+(\d{1,2}:\d{2}(?::\d{2})?)(?:\s?(Z|UTC|[+-]\d{2}:?\d{2}))?)?(?!\d)/g;
const MOST = 301;

/**
 * Dates and times in running text. A time without a zone is not yet a time, and a date whose day and month could change places is not yet a date: both are flagged, and `reads` is given only where
 * nothing can be mistaken. A day alone has no zone either: where it is the end of a period, hours hang on it.
 */
export function findTimes(text: string): readonly DraftValue[] {
  const iso = firstMatches(text, ISO, MOST).map(isoValue);
  const written = firstMatches(text, WRITTEN, MOST).map(writtenValue);
  return [...iso, ...written];
}

function isoValue(match: RegExpExecArray): DraftValue {
  const [value, day = '', time, zone] = match;
  const at = readingOf(day, time, zone);
  return valueAt(match, { value, reads: at, doubts: zone === undefined ? ['zone-missing'] : [] });
}

function writtenValue(match: RegExpExecArray): DraftValue {
  const [value, first = '', separator, second = '', year = '', time, zone] = match;
  const [one, other] = [Number(first), Number(second)];
  // With points the day stands first, in every country that writes so; with strokes either may.
  const ambiguous = separator !== '.' && one <= 12 && other <= 12 && one !== other;
  const [day, month] = separator !== '.' && other > 12 ? [other, one] : [one, other];
  const iso = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  const doubts: readonly Doubt[] = [
    ...(ambiguous ? (['date-ambiguous'] as const) : []),
    ...(zone === undefined ? (['zone-missing'] as const) : []),
  ];
  return valueAt(match, { value, reads: ambiguous ? undefined : readingOf(iso, time, zone), doubts });
}

/** A day alone reads as the day; a time with a zone as an instant; a time without one as nothing. */
function readingOf(day: string, time: string | undefined, zone: string | undefined): string | undefined {
  if (!isDay(day)) return undefined;
  if (time === undefined) return day;
  if (zone === undefined) return undefined;
  const offset = zone === 'UTC' ? 'Z' : zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
  const at = Date.parse(`${day}T${time.padStart(5, '0').padEnd(5, '0')}${offset}`);
  return Number.isNaN(at) ? undefined : toInstant(at);
}

function valueAt(
  { index }: RegExpExecArray,
  { value, reads, doubts }: { readonly value: string; readonly reads: string | undefined; readonly doubts: readonly Doubt[] },
): DraftValue {
  return {
    ...{ field: 'time', value, by: 'machine', doubts },
    ...(reads === undefined ? {} : { reads }),
    place: { kind: 'text', from: index, to: index + value.length },
  };
}

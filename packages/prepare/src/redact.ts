import type { RedactKind } from './catalogue.ts';
import { isCard, isIban, isNationalId } from './redact-checks.ts';

/** A text without the pieces that were looked for, and how many there were. */
export interface Redacted {
  readonly text: string;
  readonly pieces: number;
}

interface Finder {
  readonly pattern: RegExp;
  /** What a pattern cannot tell: a checksum. Left out where the form says enough. */
  readonly holds?: (found: string) => boolean;
}

const BYTE = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';
/** Neither in the middle of a word or number, nor of a longer one. */
const APART = { before: '(?<![\\p{L}\\p{N}_])', after: '(?![\\p{L}\\p{N}_])' };
const apart = (pattern: string): RegExp => new RegExp(`${APART.before}(?:${pattern})${APART.after}`, 'giu');

const FINDERS: Readonly<Record<RedactKind, Finder>> = {
  // What ends a sentence ends an address too.
  url: { pattern: /(?<![\p{L}\p{N}_])(?:[a-z][a-z0-9+.-]{1,20}:\/\/|www\.)[^\s<>"'\])}]*[^\s<>"'\])}.,;:!?]/giu },
  email: {
    pattern:
      /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+'-]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+\p{L}{2,24}/giu,
  },
  iban: { pattern: apart('[a-z]{2}\\d{2}(?: ?[a-z0-9]{4}){2,7}(?: ?[a-z0-9]{1,4})?'), holds: isIban },
  card: { pattern: apart('\\d(?:[ -]?\\d){12,18}'), holds: isCard },
  'national-id': {
    pattern: apart('\\d{3}-\\d{2}-\\d{4}|[a-z]{2} ?\\d{2} ?\\d{2} ?\\d{2} ?[a-d]|[a-z0-9](?:[ .-]?[a-z0-9]){8,17}'),
    holds: isNationalId,
  },
  'ip-address': {
    pattern: new RegExp(
      `(?<![\\p{L}\\p{N}.:])(?:${BYTE}(?:\\.${BYTE}){3}|(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,6})?::(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,6})?)(?![\\p{L}\\p{N}:]|\\.\\d)`,
      'giu',
    ),
    holds: (found) => found !== '::',
  },
  phone: {
    pattern: /(?<![\p{L}\p{N}_+])(?:\+|00|\(?0)\d*(?:[ ()./-]{0,2}\d{1,5}){2,7}(?![\p{L}\p{N}_])/gu,
    holds: isPhone,
  },
  'long-number': { pattern: apart('\\d(?:[ .-]?\\d){6,30}'), holds: (found) => !isTime(found) },
};

/** ITU-T E.164: seven to fifteen digits. A date is no number to call. */
function isPhone(found: string): boolean {
  const digits = found.replace(/\D/gu, '').length;
  return digits >= 7 && digits <= 15 && !isTime(found);
}

/** A day, written in the ways in which days are. */
function isTime(found: string): boolean {
  return /^(?:\d{4}[-./](?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\d|3[01])|(?:0?[1-9]|[12]\d|3[01])[-./](?:0?[1-9]|[12]\d|3[01])[-./]\d{4})(?:[ .-]\d{1,2})?$/u.test(
    found,
  );
}

/** In the order in which kinds are looked for: an address in a link is a link, a card is not also a long number. */
const ORDER = Object.keys(FINDERS).filter((kind): kind is RedactKind => kind in FINDERS);

/** Replaces every piece of the given kinds in a text by its kind's name in brackets, and counts them; what is of no kind is not touched. */
export function redact(text: string, kinds: readonly RedactKind[]): Redacted {
  let pieces = 0;
  let left = text;
  for (const kind of ORDER) {
    if (!kinds.includes(kind)) continue;
    const { pattern, holds } = FINDERS[kind];
    left = left.replace(pattern, (found) => {
      if (holds?.(found) === false) return found;
      pieces++;
      return `[${kind}]`;
    });
  }
  return { text: left, pieces };
}

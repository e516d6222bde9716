import type { RedactKind } from './catalogue.ts';
import { isCard, isIban, isNationalId } from './redact-checks.ts';

/** A text without the pieces that were looked for, and how many there were. */
export interface Redacted {
  readonly text: string;
  readonly pieces: number;
}

interface Finder {
  readonly pattern: RegExp;
  /** What a pattern cannot tell: a checksum, over some of the words that it found, since it may have found one too many. Left out where the form says enough. */
  readonly holds?: (words: string) => boolean;
}

const BYTE = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';
const GROUPS = '[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,6}';
/** Neither in the middle of a word or number, nor of a longer one. */
const apart = (pattern: string): RegExp => new RegExp(`(?<![\\p{L}\\p{N}_])(?:${pattern})(?![\\p{L}\\p{N}_])`, 'giu');

const MONTH_OR_DAY = '(?:0?[1-9]|[12]\\d|3[01])';
/** A day in the ways in which days are written: no number to call, and none of an account. */
const DAY = `(?:\\d{4}[-./]${MONTH_OR_DAY}[-./]${MONTH_OR_DAY}|${MONTH_OR_DAY}[-./]${MONTH_OR_DAY}[-./]\\d{4})(?!\\d)`;

const PERSONS = [
  '\\d{3}-\\d{2}-\\d{4}',
  '[a-z]{2} ?\\d{2} ?\\d{2} ?\\d{2} ?[a-d]',
  '[12](?: ?\\d{2}){2} ?(?:\\d{2}|2[ab])(?: ?\\d{3}){2} ?\\d{2}',
  '[xyz\\d][ -]?\\d{7}[ -]?[a-z]',
  '[a-z]{3} ?[a-z]{3} ?\\d{2}[a-z]\\d{2} ?[a-z]\\d{3}[a-z]',
  '\\d{3}\\.?\\d{3}\\.?\\d{3}-?\\d{2}',
  '\\d{17}[\\dx]',
  '\\d{4}([ -]?)\\d{4}\\1\\d{4}',
];

const FINDERS: Readonly<Record<RedactKind, Finder>> = {
  // What ends a sentence does not belong to an address.
  url: { pattern: /(?<![\p{L}\p{N}_])(?:[a-z][a-z0-9+.-]{1,20}:\/\/|www\.)[^\s<>"'\])}]*[^\s<>"'\])}.,;:!?]/giu },
  email: {
    pattern:
      /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+'-]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+\p{L}{2,24}/giu,
  },
  iban: { pattern: apart('[a-z]{2}\\d{2}(?: ?[a-z0-9]{4}){2,7}(?: ?[a-z0-9]{1,4})?'), holds: isIban },
  card: {
    pattern: apart('\\d{13,19}|\\d{4}([ -])\\d{4}\\1\\d{4}\\1\\d{1,4}(?:\\1\\d{1,3})?|\\d{4}([ -])\\d{6}\\2\\d{4,5}'),
    holds: isCard,
  },
  'national-id': { pattern: apart(PERSONS.join('|')), holds: isNationalId },
  'ip-address': {
    pattern: new RegExp(
      `(?<![\\p{L}\\p{N}.:])(?:${BYTE}(?:\\.${BYTE}){3}|(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|(?:${GROUPS})?::(?:${GROUPS})?)(?![\\p{L}\\p{N}:]|\\.\\d)`,
      'giu',
    ),
    holds: (found) => found !== '::',
  },
  // ITU-T E.164: seven to fifteen digits.
  phone: {
    pattern: apart(`(?:\\+|00|\\(?0)(?:(?:[ ()./-]{1,3}(?!${DAY}))?\\d){6,15}`),
    holds: (found) => /^(?:\D*\d){7,15}\D*$/u.test(found),
  },
  'long-number': { pattern: apart(`\\d(?:(?:[ .-](?!${DAY}))?\\d){6,30}`) },
};

/** In the order in which kinds are looked for: an address in a link is a link, a card is not also a long number. */
const ORDER = Object.keys(FINDERS).filter((kind): kind is RedactKind => kind in FINDERS);

/** Replaces every piece of the given kinds in a text by its kind's name in brackets, and counts them; what is of no kind is not touched. */
export function redact(text: string, kinds: readonly RedactKind[]): Redacted {
  let pieces = 0;
  let left = text;
  for (const kind of ORDER) {
    if (!kinds.includes(kind)) continue;
    const { pattern, holds } = FINDERS[kind];
    const replace = (found: string): string => {
      const words = holds === undefined ? { before: '', after: '' } : wordsOf(found, holds);
      if (words === undefined) return found;
      pieces++;
      return `${words.before}[${kind}]${replaceRest(words.after)}`;
    };
    // What follows a piece may be another one, which the pattern took for its end.
    const replaceRest = (rest: string): string => (rest === '' ? '' : rest.replace(pattern, replace));
    const days = new RegExp(`(?<![\\p{L}\\p{N}_])${DAY}|${pattern.source}`, 'giu');
    left = left.replace(STEPS_OVER_DAYS.has(kind) ? days : pattern, (found) => (isDay(found) ? found : replace(found)));
  }
  return { text: left, pieces };
}

const STEPS_OVER_DAYS: ReadonlySet<RedactKind> = new Set(['phone', 'long-number']);
const WHOLE_DAY = new RegExp(`^${DAY}$`, 'u');

function isDay(found: string): boolean {
  return WHOLE_DAY.test(found);
}

/** The first and longest run of words for which a check holds, and what stands before and after it. */
function wordsOf(
  found: string,
  holds: (words: string) => boolean,
): { readonly before: string; readonly after: string } | undefined {
  const words = [...found.matchAll(/[^ -]+/gu)].map(({ index, 0: word }) => ({ start: index, end: index + word.length }));
  // Signs at the edges belong to the whole alone.
  if (holds(found)) return { before: '', after: '' };
  for (const { start } of words) {
    for (const { end } of [...words].reverse()) {
      if (end > start && holds(found.slice(start, end))) return { before: found.slice(0, start), after: found.slice(end) };
    }
  }
  return undefined;
}

/** Controls, private use, lone surrogates and direction marks. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\u2028\u2029]/u;
/** Persian and Urdu need the two joiners. */
const JOINERS = ['\u200C', '\u200D'];
/** Our own marks, which the fixed-width face of the compiler has. */
const MARKS = ['✓', '✕', '○'];

/**
 * A text as it can be printed without loss: what the fonts cannot set, and what would not be seen or would turn the order of what is
 * seen (Unicode Standard Annex 9, explicit directions), stands as `\u{4F60}`. So no order can look like another.
 */
export function printable(text: string, covered: ReadonlySet<number>): string {
  const spaced = text.normalize('NFC').replace(/[\t\r\n]/g, ' ');
  // A text that already reads like such a number is told apart by the number of its own backslash.
  return spaced
    .split(/\\(?=u\{)/)
    .map((part) => [...part].map((character) => (isPlain(character, covered) ? character : escaped(character))).join(''))
    .join(escaped('\\'));
}

function isPlain(character: string, covered: ReadonlySet<number>): boolean {
  if (JOINERS.includes(character) || MARKS.includes(character)) return true;
  return !INVISIBLE.test(character) && covered.has(character.codePointAt(0) ?? 0);
}

function escaped(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}}`;
}

/** Every text within a value made printable; keys and numbers stay. */
export function allPrintable(value: unknown, covered: ReadonlySet<number>): unknown {
  if (typeof value === 'string') return printable(value, covered);
  if (Array.isArray(value)) return value.map((member) => allPrintable(member, covered));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, allPrintable(member, covered)]));
}
